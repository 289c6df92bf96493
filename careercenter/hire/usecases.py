"""One change of several postings at once."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter.employers import queries as employers
from careercenter.errors import Conflict, Forbidden, Invalid
from careercenter.hire.queries import locked_seen
from careercenter.lifecycle.usecases import close_posting, fill_posting, resume_posting
from careercenter.periods.queries import renewing
from careercenter.postings.models import Posting
from careercenter.postings.usecases import pause_posting
from careercenter.publishing.usecases import spend_credit

MOST = 100  # at once


class BulkAct(StrEnum):
    PAUSE = "pause"
    RESUME = "resume"
    FILL = "fill"
    CLOSE = "close"
    RENEW = "renew"  # a credit each


GIVES_OR_TAKES = frozenset({BulkAct.FILL, BulkAct.CLOSE, BulkAct.RENEW})  # credits


@dataclass(frozen=True, slots=True)
class Chosen:
    """A posting, as it was seen."""

    posting_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Bench:
    """The board's zone."""

    zone: ZoneInfo


def change_postings(
    session: Session,
    employer_id: int,
    act: BulkAct,
    chosen: Iterable[Chosen],
    bench: Bench,
    now: datetime,
) -> tuple[int, int]:
    """How many were changed, and how many could not be: they changed meanwhile, or are in a state
    that forbids it, or no credit is left.
    """
    change, seen = _change(session, act, bench, now), list(chosen)[:MOST]
    done, versions = 0, {one.posting_id: one.version for one in seen}
    locked = locked_seen(session, employer_id, versions)
    if act in GIVES_OR_TAKES:  # before the first of them takes the search clock
        employers.locked(session, employer_id)
    for posting in locked:
        with suppress(Conflict, Forbidden, Invalid), session.begin_nested():
            change(posting)
            session.flush()
            done += 1
    return done, len(seen) - done


def _change(
    session: Session, act: BulkAct, bench: Bench, now: datetime
) -> Callable[[Posting], object]:
    def renew(posting: Posting) -> None:
        if not renewing(session, posting, now):
            raise Conflict
        employer = employers.locked(session, posting.employer_id)
        spend_credit(session, employer, posting, now)

    return {
        BulkAct.PAUSE: lambda posting: pause_posting(session, posting, now),
        BulkAct.RESUME: lambda posting: resume_posting(session, posting, bench.zone, now),
        BulkAct.FILL: lambda posting: fill_posting(session, posting, now),
        BulkAct.CLOSE: lambda posting: close_posting(session, posting, now),
        BulkAct.RENEW: renew,
    }[act]
