"""An employer's record, counted from what happened on the board. Nobody rates anybody.

The page ``pages/records.html`` says the same in words; both change together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from careercenter.applications.models import ApplicationStatus
from careercenter.postings.models import PostingStatus

LEAST = 5  # events behind a figure before it is shown
YEAR = timedelta(days=365)  # how far back is counted
GRACE = timedelta(days=14)  # in which nobody need have answered
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """One application."""

    submitted_at: datetime
    first_answered_at: datetime | None
    status: ApplicationStatus


@dataclass(frozen=True, slots=True)
class Posted:
    """One posting that was on the board."""

    status: PostingStatus
    published_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None
    pays: bool  # whether it says what is paid
    reposts: int  # runs on the board after the first

    def over_since(self, now: datetime) -> datetime | None:
        """When it was filled, closed, or ran out; None for what a moderator removed."""
        if self.status in (PostingStatus.FILLED, PostingStatus.CLOSED):
            return self.ended_at
        ran_out = self.status is PostingStatus.PUBLISHED and self.expires_at
        return ran_out if ran_out and ran_out <= now else None


@dataclass(frozen=True, slots=True)
class Figure:
    value: float  # a share from 0 to 1, or days
    n: int  # events it is counted from


@dataclass(frozen=True, slots=True)
class Record:
    """Each figure is None below five events."""

    answered: Figure | None = None  # share of applications
    days: Figure | None = None  # median, to the first answer
    filled: Figure | None = None  # share of postings that are over
    paid: Figure | None = None  # share of postings that say what is paid
    reposted: Figure | None = None  # share of postings that came back

    @property
    def told(self) -> bool:
        return any((self.answered, self.days, self.filled, self.paid, self.reposted))


def record_from(sent: Iterable[Sent], posted: Sequence[Posted], now: datetime) -> Record:
    """``sent`` and ``posted`` are one employer's, as far back as a year."""
    due = [one for one in sent if _was_due(one, now)]
    waits = [
        (one.first_answered_at - one.submitted_at) / DAY
        for one in due
        if one.first_answered_at is not None
    ]
    over = [one for one in posted if _is_recent(one.over_since(now), now)]
    recent = [one for one in posted if now - one.published_at <= YEAR]
    return Record(
        answered=_share(one.first_answered_at is not None for one in due),
        days=Figure(median(waits), len(waits)) if len(waits) >= LEAST else None,
        filled=_share(one.status is PostingStatus.FILLED for one in over),
        paid=_share(one.pays for one in recent),
        reposted=_share(one.reposts > 0 for one in recent),
    )


def _was_due(one: Sent, now: datetime) -> bool:
    """What the candidate took back before an answer is nobody's fault."""
    withdrawn = one.status is ApplicationStatus.WITHDRAWN and one.first_answered_at is None
    return GRACE <= now - one.submitted_at <= YEAR and not withdrawn


def _is_recent(at: datetime | None, now: datetime) -> bool:
    return at is not None and now - at <= YEAR


def _share(answers: Iterable[bool]) -> Figure | None:
    known = list(answers)
    return Figure(sum(known) / len(known), len(known)) if len(known) >= LEAST else None
