"""A worker is killed at random, again and again: each promise is kept, each effect comes once."""

import multiprocessing
import os
import random
import signal
import threading
import time
from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from careercenter import clock
from careercenter.accounts.models import RateBucket
from careercenter.database import Base, make_engine, upsert
from careercenter.tasks import Runner, Task, enqueue

TASKS = 120
KILLS = 12
spawn = multiprocessing.get_context("spawn")


def count(session: Session, subject: str, now: datetime) -> None:
    """The effect: a row for each subject, which counts how often it happened."""
    row = upsert(session, RateBucket).values(key=subject, window_start=EPOCH, count=1)
    session.execute(
        row.on_conflict_do_update(
            index_elements=[RateBucket.key, RateBucket.window_start],
            set_={"count": RateBucket.count + 1},
        )
    )
    time.sleep(random.random() / 200)


EPOCH = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


def work(url: str) -> None:
    Runner(sessionmaker(make_engine(url)), {"count": count}).run_forever(threading.Event())


def free_leases(sessions: sessionmaker[Session]) -> None:
    """As if the two minutes of a lease had passed since its worker died."""
    with sessions() as session:
        for task in session.scalars(select(Task).where(Task.done_at.is_(None))):
            task.lease_until = None
        session.commit()


@pytest.mark.slow
def test_a_worker_killed_at_random_loses_nothing_and_repeats_nothing(fresh_url):
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    with sessions() as session:
        for number in range(TASKS):
            enqueue(session, "count", number, clock.now())
        session.commit()
    for kill in range(KILLS + 1):
        worker = spawn.Process(target=work, args=(fresh_url,), daemon=True)
        worker.start()
        if kill < KILLS:
            time.sleep(0.9 + random.random() * 0.3)
            os.kill(worker.pid, signal.SIGKILL)
            worker.join()
            free_leases(sessions)
    with sessions() as session:
        deadline = time.monotonic() + 60
        while session.scalar(select(func.count()).where(Task.done_at.is_(None), Task.id > 0)):
            assert time.monotonic() < deadline, "the work was never finished"
            session.rollback()
            time.sleep(0.1)
        effects = session.scalars(select(RateBucket.count)).all()
    worker.kill()
    worker.join()
    engine.dispose()
    assert effects == [1] * TASKS
