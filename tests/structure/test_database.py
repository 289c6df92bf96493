"""What both databases promise: no lost update, readers that never wait, GETs that cannot write."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select, text, update
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from careercenter.accounts.models import RateBucket
from careercenter.database import Base, insert_once, make_engine, readonly
from careercenter.findings.models import Finding

THEN = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def filled(fresh_url) -> Engine:
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(RateBucket(key="n", window_start=THEN, count=0))
        session.commit()
    yield engine
    engine.dispose()


def add_one(engine: Engine) -> None:
    with Session(engine) as session:
        row = session.scalars(select(RateBucket).with_for_update()).one()
        row.count += 1
        session.commit()


def test_of_concurrent_changes_none_is_lost(filled):
    threads = [
        threading.Thread(target=lambda: [add_one(filled) for _ in range(25)]) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(filled) as session:
        assert session.scalars(select(RateBucket.count)).one() == 100


def test_a_reader_is_not_kept_waiting_by_a_writer(filled):
    with Session(filled) as writer, Session(readonly(filled)) as reader:
        writer.execute(update(RateBucket).values(count=5))
        assert reader.scalars(select(RateBucket.count)).one() == 0
        writer.rollback()


def test_a_read_only_transaction_cannot_write(filled):
    with Session(readonly(filled)) as session, pytest.raises(DBAPIError):
        session.execute(update(RateBucket).values(count=5))
    with Session(filled) as session:  # the connection is not spoiled for the next
        session.execute(update(RateBucket).values(count=5))
        session.commit()


def test_times_are_aware_and_in_utc_on_the_way_out(filled):
    with Session(filled) as session:
        found = session.scalars(select(RateBucket.window_start)).one()
    assert (found, found.tzinfo) == (THEN, UTC)


def test_a_time_without_a_zone_is_refused(filled):
    with Session(filled) as session:
        session.add(RateBucket(key="x", window_start=datetime(2026, 1, 1), count=1))  # noqa: DTZ001
        with pytest.raises(StatementError, match="without a zone"):
            session.flush()


def test_foreign_keys_are_enforced(filled):
    with Session(filled) as session, pytest.raises(DBAPIError):
        session.execute(text("INSERT INTO candidate (user_id) VALUES (999)"))


def test_insert_once_tells_whether_the_row_went_in(session, now):
    row = {"kind": "x", "object_id": "1", "note": "", "first_seen_at": now, "last_seen_at": now}
    assert insert_once(session, Finding, row)
    assert not insert_once(session, Finding, row)
