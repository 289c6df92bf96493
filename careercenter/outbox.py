"""Promises made in the transaction that causes them: to index, to mail, to do later."""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Mapped, Session, mapped_column

from careercenter.database import Base, upsert
from careercenter.tasks import enqueue


class SearchClock(Base):
    """One row. Its lock is held until commit, so feed numbers become visible in order."""

    __tablename__ = "search_clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int]


class Indexed(Protocol):
    @property
    def search_seq(self) -> int: ...

    @search_seq.setter
    def search_seq(self, seq: int) -> None: ...


def index_posting(session: Session, *postings: Indexed) -> None:
    """Tell the change feed that what visitors can find of these has changed.

    Call it last in the transaction: from here on every other change of the feed waits.
    """
    seq = next_in_feed(session)
    for posting in postings:
        posting.search_seq = seq


def next_in_feed(session: Session) -> int:
    """The number for what changes in one statement, under the same rule as ``index_posting``."""
    row = upsert(session, SearchClock).values(id=1, seq=1)
    bumped = row.on_conflict_do_update(
        index_elements=[SearchClock.id], set_={"seq": SearchClock.seq + 1}
    )
    with session.no_autoflush:
        return int(session.execute(bumped.returning(SearchClock.seq)).scalar_one())


def send_email(
    session: Session, letter: str, about: object, now: datetime, dedupe: str | None = None
) -> None:
    """Promise a letter. ``letter`` names its builder, ``about`` the row it will read when sent."""
    enqueue(session, f"mail:{letter}", about, now, dedupe)


def later(
    session: Session, kind: str, about: object, at: datetime, dedupe: str | None = None
) -> None:
    """Promise a task."""
    enqueue(session, kind, about, at, dedupe)
