"""What live postings ask an hour: quartiles, from five postings on, kept for an hour each.

They stand beside a posting's own volume. Counting them anew for every visitor would cost more than
the rest of the page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import quantiles
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.postings.models import Posting, PostingParticulars, PostingTerm, TermKind
from careercenter.taxonomy.production import RECORDS, hourly_units, number
from careercenter.taxonomy.vocabularies import ROLES

FEWEST = 5  # postings, before anything is said of them
KEPT_FOR = timedelta(hours=1)
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle half of what is asked: records an hour."""

    low: Decimal
    median: Decimal
    high: Decimal
    postings: int


class Volumes:
    """By coding type and family of roles. Threads share it."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], tuple[datetime, Middle | None]] = {}
        self._lock = Lock()

    def middle(self, session: Session, coding_type: str, role: str, now: datetime) -> Middle | None:
        """None of fewer than five postings."""
        key = (coding_type, ROLES[role].family if role in ROLES else role)
        with self._lock:
            kept = self._kept.get(key)
        if kept and now - KEPT_FOR < kept[0] <= now:
            return kept[1]
        found = middle_of(_hourly(session, *key, now))
        with self._lock:
            self._kept[key] = now, found
        return found

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()


def middle_of(an_hour: list[Decimal]) -> Middle | None:
    if len(an_hour) < FEWEST:
        return None
    low, median, high = quantiles(an_hour, n=4, method="inclusive")
    return Middle(low, median, high, len(an_hour))


def describe_middle(middle: Middle) -> str:
    """ "Of 12 live postings like it the middle half asks for 14–18 records an hour." """
    ends = dict.fromkeys((number(middle.low), number(middle.high)))
    return (
        f"Of {middle.postings:,} live postings for such work the middle half asks for"
        f" {'–'.join(ends)}{NBSP}records an hour."
    )


def _hourly(session: Session, coding_type: str, family: str, now: datetime) -> list[Decimal]:
    roles = [slug for slug, role in ROLES.items() if role.family == family]
    rows = session.execute(
        select(PostingParticulars.units, PostingParticulars.per)
        .join(Posting, Posting.id == PostingParticulars.posting_id)
        .join(PostingTerm, PostingTerm.posting_id == Posting.id)
        .where(
            Posting.live(now),
            Posting.role.in_(roles),
            PostingTerm.kind == TermKind.CODING_TYPE,
            PostingTerm.slug == coding_type,
            PostingTerm.position == 0,
            PostingParticulars.piece.in_(RECORDS),
        )
    )
    return [hourly_units(units, per) for units, per in rows if units is not None and per]
