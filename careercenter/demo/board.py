"""Which postings the demo board has, and what became of each. Nothing here touches a database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from careercenter.clock import end_of_day
from careercenter.demo.organizations import Organization, organizations
from careercenter.demo.postings import DEMO_POOLS, Opening, generate
from careercenter.postings.models import PostingStatus

FORTNIGHT = timedelta(days=14)  # after which an employer is asked whether it still hires
DAYS = 30  # on the board, for one payment or credit
IN_REVIEW = 12  # so many wait for a moderator
FEWEST_LISTINGS = 20
S = PostingStatus


@dataclass(frozen=True, slots=True)
class Fate:
    status: PostingStatus
    over: bool = False  # its time on the board has passed


EXPIRED = Fate(S.PUBLISHED, over=True)
# Beside the live ones; of the demo employer in this order.
DEMO_FATES = (
    Fate(S.PUBLISHED),
    Fate(S.PUBLISHED),
    Fate(S.PUBLISHED),
    Fate(S.PAUSED),
    Fate(S.DRAFT),
    Fate(S.IN_REVIEW),
    Fate(S.REJECTED),
    Fate(S.FILLED),
    EXPIRED,
    Fate(S.DRAFT),
)
SHARES = {  # of the live ones
    Fate(S.PAUSED): 0.01,
    Fate(S.FILLED): 0.02,
    Fate(S.CLOSED): 0.015,
    Fate(S.REMOVED): 0.003,
    Fate(S.REJECTED): 0.008,
    Fate(S.DRAFT): 0.02,
    EXPIRED: 0.04,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A posting with the times of its life. ``credit``: submitted by a credit, not by a payment."""

    opening: Opening
    status: PostingStatus
    over: bool
    created_at: datetime
    submitted_at: datetime | None = None
    published_at: datetime | None = None
    confirmed_at: datetime | None = None
    paused_at: datetime | None = None
    ended_at: datetime | None = None
    expires_at: datetime | None = None
    credit: bool = False

    @property
    def employer(self) -> int:
        return self.opening.employer

    def last_moment(self, now: datetime) -> datetime:
        """Until when one could apply."""
        times = (self.ended_at, self.expires_at, now)
        return min(time for time in times if time is not None)


@dataclass(frozen=True, slots=True)
class Board:
    employers: Sequence[Organization]
    postings: Sequence[Planned]


def plan_board(listings: int, seed: int, now: datetime, zone: ZoneInfo) -> Board:
    """A board with ``listings`` live postings, and others in every other state."""
    fates = list(_fates(listings))
    employers = organizations(max(30, len(fates) // 8), seed)
    openings = generate(len(fates), seed, now.astimezone(zone).date(), employers)
    rng = Random(f"board:{seed}")  # noqa: S311 -- invented data
    return Board(
        employers,
        [_plan(rng, *pair, now, zone) for pair in zip(openings, fates, strict=True)],
    )


def _fates(listings: int) -> Iterator[Fate]:
    yield from DEMO_FATES
    live = DEMO_FATES.count(Fate(S.PUBLISHED))
    yield from [Fate(S.PUBLISHED)] * (listings - live)
    yield from [Fate(S.IN_REVIEW)] * (IN_REVIEW - DEMO_FATES.count(Fate(S.IN_REVIEW)))
    for fate, share in SHARES.items():
        yield from [fate] * max(2, round(listings * share))


def _plan(rng: Random, opening: Opening, fate: Fate, now: datetime, zone: ZoneInfo) -> Planned:
    """Give the posting the times that its fate implies."""
    credit = rng.random() < 0.15
    waited = timedelta(minutes=rng.randint(30, 1200))
    written = timedelta(minutes=rng.randint(20, 4000))
    planned = Planned(opening, fate.status, fate.over, now - opening.age - written)
    if fate.status is S.DRAFT:
        return planned
    submitted_at = now - opening.age
    if fate.status in (S.IN_REVIEW, S.REJECTED):
        if fate.status is S.IN_REVIEW:
            submitted_at = now - waited
        created_at = submitted_at - written
        return replace(planned, created_at=created_at, submitted_at=submitted_at, credit=credit)
    return _published(replace(planned, credit=credit), waited, written, now, zone)


def _published(
    planned: Planned, waited: timedelta, written: timedelta, now: datetime, zone: ZoneInfo
) -> Planned:
    opening = planned.opening
    age = opening.age + timedelta(days=31) if planned.over else opening.age
    published_at = now - age
    submitted_at = published_at - waited
    if planned.over:
        details = replace(opening.details, closes_on=None)
        planned = replace(planned, opening=replace(opening, details=details))
    ends = planned.status in (S.FILLED, S.CLOSED, S.REMOVED)
    return replace(
        planned,
        created_at=submitted_at - written,
        submitted_at=submitted_at,
        published_at=published_at,
        confirmed_at=published_at + age // FORTNIGHT * FORTNIGHT,
        paused_at=published_at + age * 0.7 if planned.status is S.PAUSED else None,
        ended_at=published_at + age * 0.7 if ends else None,
        expires_at=expiry(published_at, planned.opening, zone),
    )


def expiry(published_at: datetime, opening: Opening, zone: ZoneInfo) -> datetime:
    """The end of the days that were bought, or of the closing date, whichever is first."""
    last = (published_at + timedelta(days=DAYS)).astimezone(zone).date()
    return end_of_day(min(last, opening.details.closes_on or last), zone)


assert len(DEMO_FATES) == len(DEMO_POOLS)  # noqa: S101 -- two tables that belong together
