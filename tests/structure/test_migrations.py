"""Migrations: from nothing, from every revision, with data in place, and equal to the models."""

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careercenter.database import MIGRATIONS, Base, make_engine, migrate_database
from tests.factories import make_application, make_posting


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


def test_there_is_one_head(config):
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


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


def row_counts(engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
