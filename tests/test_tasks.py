"""The task table: leases, retries, and effects that happen once."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from careercenter.accounts.models import RateBucket
from careercenter.database import Base, make_engine
from careercenter.tasks import (
    LEASE,
    MOST_ATTEMPTS,
    LeaseLost,
    Recurring,
    Runner,
    Task,
    enqueue,
    forget_done_tasks,
)


@pytest.fixture
def own_engine(tmp_path) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path / 'tasks.db'}")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(own_engine) -> sessionmaker[Session]:
    return sessionmaker(own_engine)


def promise(sessions, now, kind="note", **more) -> None:
    with sessions() as session:
        enqueue(session, kind, "7", now, **more)
        session.commit()


def only_task(sessions) -> Task:
    with sessions() as session:
        return session.scalars(select(Task)).one()


def test_a_promise_is_kept_once(sessions, now):
    seen = []
    promise(sessions, now)
    runner = Runner(sessions, {"note": lambda session, subject, at: seen.append(subject)})
    assert (runner.run_all(now), runner.run_all(now), seen) == (1, 0, ["7"])


def test_a_promise_of_the_future_waits(sessions, now):
    promise(sessions, now + timedelta(minutes=1))
    assert Runner(sessions, {}).run_all(now) == 0


def test_the_same_promise_twice_is_one(sessions, now):
    promise(sessions, now, dedupe="once")
    promise(sessions, now, dedupe="once")
    assert only_task(sessions).dedupe == "once"


def test_what_a_failing_handler_changed_is_undone(sessions, now):
    def fail(session, subject, at):
        session.add(RateBucket(key="x", window_start=at, count=1))
        session.flush()
        raise ValueError("no")

    promise(sessions, now)
    Runner(sessions, {"note": fail}).run_one(now)
    with sessions() as session:
        assert session.scalar(select(RateBucket)) is None
    task = only_task(sessions)
    assert (task.last_error, task.run_at > now, task.lease_until) == ("ValueError: no", True, None)


def test_a_poison_task_dies_after_twelve_tries_and_blocks_nobody(sessions, now):
    def fail(session, subject, at):
        raise ValueError("always")

    promise(sessions, now, "poison")
    promise(sessions, now, "note")
    runner = Runner(sessions, {"poison": fail, "note": lambda *_: None})
    assert runner.run_all(now) == 2
    for days in range(1, MOST_ATTEMPTS + 5):
        runner.run_all(now + timedelta(days=days))
    with sessions() as session:
        poison, note = session.scalars(select(Task).order_by(Task.id))
        assert (poison.attempts, poison.dead_at is not None) == (MOST_ATTEMPTS, True)
        assert note.done_at is not None


def test_a_leased_task_is_left_alone_until_its_lease_ends(sessions, now):
    promise(sessions, now)
    runner = Runner(sessions, {"note": lambda *_: None})
    assert runner._take(now) is not None
    assert runner.run_all(now) == 0
    assert runner.run_all(now + LEASE) == 1


def test_a_worker_that_lost_its_lease_leaves_no_effect(sessions, now):
    promise(sessions, now)
    lease = Runner(sessions, {})._take(now)
    Runner(sessions, {"note": lambda *_: None}).run_all(now + LEASE * 2)
    with sessions() as session:
        session.add(RateBucket(key="slow", window_start=now, count=1))
        with pytest.raises(LeaseLost):
            lease.settle(session, done_at=now)
    with sessions() as session:
        assert session.scalar(select(RateBucket)) is None


def test_the_clock_asks_for_each_slot_once(sessions, now):
    runner = Runner(sessions, {}, [Recurring("tidy", timedelta(hours=1))])
    for minutes in (0, 0, 70):
        runner.keep_schedule(now + timedelta(minutes=minutes))
    with sessions() as session:
        assert len(session.scalars(select(Task)).all()) == 2


def test_a_task_that_kills_its_worker_dies_after_twelve_tries(sessions, now):
    promise(sessions, now)
    runner = Runner(sessions, {})
    taken = [runner._take(now + LEASE * n) for n in range(MOST_ATTEMPTS + 3)]
    assert sum(lease is not None for lease in taken) == MOST_ATTEMPTS
    assert only_task(sessions).dead_at is not None


def test_letters_wait_for_everything_else(sessions, now):
    seen = []
    promise(sessions, now, "mail:receipt")
    promise(sessions, now, "stripe_event")
    kinds = ("mail:receipt", "stripe_event")
    handlers = {kind: lambda *_, kind=kind: seen.append(kind) for kind in kinds}
    Runner(sessions, handlers).run_all(now)
    assert seen == ["stripe_event", "mail:receipt"]


def test_what_was_done_a_month_ago_is_forgotten(sessions, now):
    promise(sessions, now)
    Runner(sessions, {"note": lambda *_: None}).run_all(now)
    with sessions() as session:
        forget_done_tasks(session, "", now + timedelta(days=31))
        assert session.scalar(select(Task)) is None
