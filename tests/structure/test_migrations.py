"""Migrations: from nothing, from every revision, with data in place, and equal to the models."""

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from careercenter.billing.contradictions import contradictions
from careercenter.credits.models import LedgerEntry
from careercenter.credits.queries import unspent
from careercenter.database import REVISION, Base, make_engine
from careercenter.employers.models import Delivery
from careercenter.migrating import MIGRATIONS, migrate_database
from careercenter.postings.models import Conditions, Posting
from tests.factories import make_application, make_posting

FIRST_EMPLOYER = """INSERT INTO employer
(id, slug, name, kind, about, website, city, state, credit_balance, created_at, version)
VALUES (1, 'ames', 'Ames', 'asc', '', '', '', '', 0, '2026-11-01', 1)"""
FIRST_POSTING = """INSERT INTO posting (id, employer_id, title, role, apprentice, setting, city,
state, zip, employment, pay_unit, pay_low_cents, pay_high_cents, hourly_low_cents,
hourly_high_cents, description, status, created_at, search_seq, version)
VALUES (1, 1, 'Coder', 'coder', 'no', 'remote-us', '', '', '', 'full-time-w2', 'hour', 2000, 3000,
2000, 3000, 'x', 'draft', '2026-11-01', 0, 1)"""


@pytest.fixture
def config(fresh_url) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = fresh_url
    return config


def test_a_migrated_database_is_what_the_models_say(config):
    command.upgrade(config, "head")
    command.check(config)


def test_every_revision_goes_down_and_up_again(config):
    command.upgrade(config, "head")
    command.downgrade(config, "base")
    command.upgrade(config, "head")
    command.check(config)


def test_there_is_one_head_and_the_code_asks_for_it(config):
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_migrating_a_filled_database_keeps_every_row(config, fresh_url):
    migrate_database(fresh_url)
    engine = make_engine(fresh_url)
    with Session(engine) as session:
        make_application(session, make_posting(session))
        session.commit()
    before = row_counts(engine)
    migrate_database(fresh_url)
    assert row_counts(engine) == before
    engine.dispose()


def test_postings_of_the_first_version_say_nothing_of_what_came_later(config, fresh_url):
    command.upgrade(config, "0001")
    engine = make_engine(fresh_url)
    with engine.begin() as connection:
        connection.execute(text(FIRST_EMPLOYER))
        connection.execute(text(FIRST_POSTING))
    command.upgrade(config, "head")
    with Session(engine) as session:
        posting = session.scalars(select(Posting)).one()
        assert posting.conditions == Conditions()
        assert posting.employer.direct
        assert posting.employer.delivery is Delivery.UNDISCLOSED
    engine.dispose()


CAME_AND_WENT = [(3, "bought"), (2, "gift"), (-1, "spent"), (-4, "merged")]
ENTRY = """INSERT INTO ledger_entry (employer_id, delta, reason, ref, note, created_at)
VALUES (1, :delta, :reason, :reason, '', '2026-11-01')"""


def test_credits_that_went_are_told_by_which_they_had_come(config, fresh_url):
    command.upgrade(config, "0001")
    engine = make_engine(fresh_url)
    with engine.begin() as connection:
        connection.execute(text(FIRST_EMPLOYER))
    command.upgrade(config, "0020")
    with engine.begin() as connection:
        for delta, reason in CAME_AND_WENT:
            connection.execute(text(ENTRY), {"delta": delta, "reason": reason})
    command.upgrade(config, "head")
    with Session(engine) as session:
        entries = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id)).all()
        found = [(entry.delta, entry.days, entry.taken_from_id) for entry in entries]
        came, gift = entries[0].id, entries[1].id
        assert found == [
            (3, 30, None), (2, 30, None), (-1, None, came), (-2, None, came), (-2, None, gift)
        ]  # fmt: skip
        assert unspent(session, 1) == contradictions(session) == []
    engine.dispose()


def row_counts(engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
