"""Finding days on the board; locked, where they are to be changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from careercenter.periods.models import LEAST_UNUSED, ListingPeriod
from careercenter.postings.models import Posting, PostingStatus


def renewing(session: Session, posting: Posting, now: datetime) -> bool:
    """Whether what is bought for the posting now prolongs its stay: once in its last days."""
    return posting.may_renew(now) and not session.scalar(select(_waiting(posting.id).exists()))


def open_free_posting(session: Session, employer_id: int, but: int, now: datetime) -> bool:
    """Whether a posting of the employer's, other than this, is on the board free of charge or on
    its way there.
    """
    waits = Posting.status.in_((PostingStatus.IN_REVIEW, PostingStatus.PAUSED))
    free = (
        select(ListingPeriod.id)
        .join(Posting, Posting.id == ListingPeriod.posting_id)
        .where(
            ListingPeriod.free,
            ListingPeriod.revoked_at.is_(None),
            or_(ListingPeriod.ends_at.is_(None), ListingPeriod.ends_at > now),
            Posting.employer_id == employer_id,
            Posting.id != but,
            or_(waits, Posting.upcoming(now)),
        )
    )
    return session.scalar(free.limit(1)) is not None


def period_to_start(session: Session, posting_id: int) -> ListingPeriod | None:
    """The oldest days that were bought for this posting and not begun."""
    oldest_first = _waiting(posting_id).order_by(ListingPeriod.id)
    return session.scalars(_lock(oldest_first.limit(1))).first()


def last_begun(session: Session, posting_id: int) -> ListingPeriod | None:
    """The days that end last, of those that have dates."""
    mine = (ListingPeriod.posting_id == posting_id, ListingPeriod.revoked_at.is_(None))
    begun = select(ListingPeriod).where(*mine, ListingPeriod.ends_at.is_not(None))
    latest = begun.order_by(ListingPeriod.ends_at.desc())
    return session.scalars(_lock(latest.limit(1))).first()


def periods_after(session: Session, posting_id: int, since: datetime) -> Sequence[ListingPeriod]:
    """Those that end after an instant, in the order in which they end."""
    mine = (ListingPeriod.posting_id == posting_id, ListingPeriod.revoked_at.is_(None))
    later = select(ListingPeriod).where(*mine, ListingPeriod.ends_at > since)
    ordered = later.order_by(ListingPeriod.ends_at)
    return session.scalars(_lock(ordered)).all()


def count_periods(session: Session, posting_id: int) -> int:
    """How often days were bought for this posting."""
    of_it = select(func.count()).where(ListingPeriod.posting_id == posting_id)
    return session.scalar(of_it) or 0


def unused_days(session: Session, posting: Posting, now: datetime) -> int:
    """Whole days that would come back if it ended now; see ``UNUSED_RULE``."""
    since = stands_since(posting, now)
    left = session.scalars(select(ListingPeriod).where(*_left(posting.id, since)))
    days = whole_days((period for period in left if period.returns), since)
    return days if days >= LEAST_UNUSED else 0


def periods_left(session: Session, posting: Posting, now: datetime) -> Sequence[ListingPeriod]:
    """Those with days left, locked, in the order in which they end."""
    left = _left(posting.id, stands_since(posting, now))
    return session.scalars(_lock(select(ListingPeriod).where(*left).order_by("ends_at"))).all()


def stands_since(posting: Posting, now: datetime) -> datetime:
    """When its days stopped running: now, or when it was paused."""
    paused = posting.status is PostingStatus.PAUSED
    return posting.paused_at if paused and posting.paused_at else now


def whole_days(periods: Iterable[ListingPeriod], since: datetime) -> int:
    left = [
        period.ends_at - max(period.starts_at, since)
        for period in periods
        if period.starts_at and period.ends_at
    ]
    return sum(left, timedelta()) // timedelta(days=1)


def _left(posting_id: int, since: datetime) -> tuple[ColumnElement[bool], ...]:
    mine = ListingPeriod.posting_id == posting_id
    return (mine, ListingPeriod.revoked_at.is_(None), ListingPeriod.ends_at > since)


def _waiting(posting_id: int) -> Select[ListingPeriod]:
    return select(ListingPeriod).where(
        ListingPeriod.posting_id == posting_id,
        ListingPeriod.starts_at.is_(None),
        ListingPeriod.revoked_at.is_(None),
    )


def _lock(query: Select[ListingPeriod]) -> Select[ListingPeriod]:
    return query.with_for_update().execution_options(populate_existing=True)
