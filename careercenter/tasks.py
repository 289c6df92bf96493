"""Background work as rows: promised in the transaction that causes it, done at least once.

A task says what to do and to what (``subject``, an id); the handler reads the truth when it runs.
A worker leases a task, runs its handler, and marks it done in the transaction of the handler's own
changes, so that a worker killed at any point leaves either everything or nothing of them.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Index, String, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from careercenter import clock
from careercenter.database import Base, insert_once

Handler = Callable[[Session, str, datetime], None]

LEASE = timedelta(minutes=2)
FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)
MOST_ATTEMPTS = 12
KEPT = timedelta(days=30)
IDLE_SECONDS = 0.5

log = structlog.get_logger()


class Task(Base):
    __tablename__ = "task"
    __table_args__ = (Index("ix_task_due", "done_at", "dead_at", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    dedupe: Mapped[str | None] = mapped_column(String(120), unique=True)
    run_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(500), default="")


@dataclass(frozen=True, slots=True)
class Recurring:
    """Work that the clock asks for. Each slot of ``every`` is enqueued once, whoever enqueues."""

    kind: str
    every: timedelta

    def dedupe(self, now: datetime) -> str:
        return f"{self.kind}@{int(now.timestamp() // self.every.total_seconds())}"


def enqueue(
    session: Session, kind: str, subject: object, at: datetime, dedupe: str | None = None
) -> bool:
    """Promise a task in this transaction. False: one with the same ``dedupe`` exists already."""
    values = {"kind": kind, "subject": str(subject), "run_at": at, "dedupe": dedupe}
    return insert_once(session, Task, {**values, "attempts": 0, "last_error": ""})


class Runner:
    """Takes due tasks, oldest first. Any number of runners may work on one database.

    Letters come last: a mail server that is away, twenty seconds a letter, must not delay money.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        handlers: Mapping[str, Handler],
        schedule: Sequence[Recurring] = (),
    ) -> None:
        self._sessions = sessions
        self._handlers = handlers
        self._schedule = schedule

    def run_forever(self, stop: threading.Event) -> None:
        """Work until told to stop. A database that is away is waited for."""
        while not stop.is_set():
            try:
                self.keep_schedule(clock.now())
                busy = self.run_one(clock.now())
            except Exception as error:  # whatever it was, the worker must live
                log.error("worker.failed", error=type(error).__name__)
                busy = False
            if not busy:
                stop.wait(IDLE_SECONDS)

    def keep_schedule(self, now: datetime) -> None:
        with self._sessions() as session:
            known = select(Task.dedupe).where(
                Task.dedupe.in_([recurring.dedupe(now) for recurring in self._schedule])
            )
            kept = set(session.scalars(known))
            for recurring in self._schedule:
                if recurring.dedupe(now) not in kept:
                    enqueue(session, recurring.kind, "", now, recurring.dedupe(now))
            session.commit()

    def run_one(self, now: datetime) -> bool:
        """Run the task that has been due longest. False: none is due."""
        lease = self._take(now)
        if lease is None:
            return False
        try:
            self._run(lease, now)
        except Exception as error:  # a handler may fail in any way; the task is tried again
            log.warning("task.failed", kind=lease.kind, id=lease.id, error=type(error).__name__)
            self._put_back(lease, error, now)
        return True

    def run_all(self, now: datetime) -> int:
        """Run until nothing is due; return how many ran."""
        count = 0
        while self.run_one(now):
            count += 1
        return count

    def _take(self, now: datetime) -> "Lease | None":
        free = or_(Task.lease_until.is_(None), Task.lease_until <= now)
        due = (
            select(Task)
            .where(Task.done_at.is_(None), Task.dead_at.is_(None), Task.run_at <= now, free)
            .order_by(Task.kind.startswith("mail:"), Task.run_at, Task.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._sessions() as session:
            task = session.scalars(due).one_or_none()
            if task is None:
                return None
            if task.attempts >= MOST_ATTEMPTS:  # each time it took its worker with it
                task.dead_at, task.last_error = now, "The worker died of it."
                session.commit()
                return self._take(now)
            task.attempts += 1
            task.lease_until = now + LEASE
            lease = Lease(task.id, task.kind, task.subject, task.attempts)
            session.commit()
            return lease

    def _run(self, lease: "Lease", now: datetime) -> None:
        with self._sessions() as session:
            self._handlers[lease.kind](session, lease.subject, now)
            lease.settle(session, done_at=clock.now(), last_error="")
            session.commit()

    def _put_back(self, lease: "Lease", error: Exception, now: datetime) -> None:
        delay = min(FIRST_DELAY * 2 ** (lease.attempts - 1), LONGEST_DELAY)
        dead = lease.attempts >= MOST_ATTEMPTS
        with self._sessions() as session, suppress(LeaseLost):  # then another worker has it
            lease.settle(
                session,
                run_at=now + delay,
                dead_at=now if dead else None,
                last_error=f"{type(error).__name__}: {error}"[:500],
            )
            session.commit()


def forget_done_tasks(session: Session, _: str, now: datetime) -> None:
    """A daily task: what was done a month ago."""
    session.execute(delete(Task).where(Task.done_at < now - KEPT))


class LeaseLost(Exception):
    """Another worker took the task meanwhile; what this one did is undone."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A task in the hands of one worker. ``attempts`` tells this hand from a later one."""

    id: int
    kind: str
    subject: str
    attempts: int

    def settle(self, session: Session, **values: object) -> None:
        mine = (Task.id == self.id, Task.attempts == self.attempts, Task.done_at.is_(None))
        change = update(Task).where(*mine).values(lease_until=None, **values)
        if not session.execute(change).rowcount:  # type: ignore[attr-defined]
            raise LeaseLost
