"""Finding days on the board; locked, where they are to be changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from careercenter.periods.models import ListingPeriod
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
    begun = (ListingPeriod.posting_id == posting_id, ListingPeriod.ends_at.is_not(None))
    latest = select(ListingPeriod).where(*begun).order_by(ListingPeriod.ends_at.desc())
    return session.scalars(_lock(latest.limit(1))).first()


def periods_after(session: Session, posting_id: int, since: datetime) -> Sequence[ListingPeriod]:
    """Those that end after an instant, in the order in which they end."""
    later = (ListingPeriod.posting_id == posting_id, ListingPeriod.ends_at > since)
    ordered = select(ListingPeriod).where(*later).order_by(ListingPeriod.ends_at)
    return session.scalars(_lock(ordered)).all()


def _waiting(posting_id: int) -> Select[ListingPeriod]:
    return select(ListingPeriod).where(
        ListingPeriod.posting_id == posting_id,
        ListingPeriod.starts_at.is_(None),
        ListingPeriod.revoked_at.is_(None),
    )


def _lock(query: Select[ListingPeriod]) -> Select[ListingPeriod]:
    return query.with_for_update().execution_options(populate_existing=True)
