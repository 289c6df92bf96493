"""Days on the board: bought, begun by approval, prolonged, and moved by what pauses them.

A period lasts its days to the second, pauses apart; its posting is shown until the end of the day
in which it ends. Rows are locked by the caller, in the order that ``billing.queries`` states.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.clock import end_of_day
from careercenter.credits.models import EntryReason
from careercenter.credits.usecases import give_credits
from careercenter.employers import queries as employers
from careercenter.errors import Conflict
from careercenter.periods import queries
from careercenter.periods.models import LEAST_UNUSED, ListingPeriod
from careercenter.postings.models import Posting, PostingStatus

ON_BOARD = (PostingStatus.PUBLISHED, PostingStatus.PAUSED)


def add_period(
    session: Session,
    posting: Posting,
    ref: str,
    days: int,
    now: datetime,
    *,
    free: bool = False,
    subscription_id: int | None = None,
) -> None:
    """Days on the board for a posting that goes to a moderator now; approval starts them."""
    posting.submit(now)
    outbox.later(session, "sign_posting", posting.id, now)
    session.add(
        ListingPeriod(
            posting_id=posting.id,
            source_ref=ref,
            days=days,
            free=free,
            subscription_id=subscription_id,
            created_at=now,
        )
    )


def add_renewal(
    session: Session,
    posting: Posting,
    ref: str,
    days: int,
    now: datetime,
    *,
    subscription_id: int | None = None,
) -> None:
    """More days for a posting that is on the board; a task puts them behind those it has."""
    session.add(
        ListingPeriod(
            posting_id=posting.id,
            source_ref=ref,
            days=days,
            subscription_id=subscription_id,
            created_at=now,
        )
    )
    session.flush()
    outbox.later(session, "prolong_posting", posting.id, now)


def start_period(
    session: Session, posting: Posting, begins_at: datetime, zone: ZoneInfo
) -> datetime:
    """Approval: begin the days that were bought; return when the posting leaves the board.

    Raises ``Conflict`` if nothing was bought.
    """
    period = queries.period_to_start(session, posting.id)
    if period is None:
        raise Conflict("This posting has not been paid for.")
    return leaves_at(_begin(period, begins_at), posting, zone)


def prolong(session: Session, posting: Posting, now: datetime, zone: ZoneInfo) -> bool:
    """Put days that were bought for a renewal behind those that it has, and show it for longer.

    If it has left the board meanwhile, they become a credit. False: there are none.
    """
    period = queries.period_to_start(session, posting.id)
    if period is None or posting.status is PostingStatus.IN_REVIEW:
        return False
    if posting.status not in ON_BOARD:
        revoke_period(session, posting, now, EntryReason.UNDELIVERABLE)
        return True
    last = queries.last_begun(session, posting.id)
    follows = last.ends_at if last and last.ends_at else now
    posting.expires_at = leaves_at(_begin(period, max(follows, now)), posting, zone)
    outbox.index_posting(session, posting)
    return True


def move_start(session: Session, posting: Posting, begins_at: datetime, zone: ZoneInfo) -> datetime:
    """Begin approved days at another hour; return when the posting leaves the board then."""
    period = queries.last_begun(session, posting.id)
    if period is None:
        raise Conflict
    return leaves_at(_begin(period, begins_at), posting, zone)


def go_on(session: Session, posting: Posting, now: datetime, zone: ZoneInfo) -> datetime:
    """After a pause: what is left moves by its length; return when the posting leaves the board."""
    since = posting.paused_at or now
    ends_at = posting.expires_at or now
    for period in queries.periods_after(session, posting.id, since):
        if period.starts_at and period.ends_at:
            if period.starts_at > since:
                period.starts_at += now - since
            period.ends_at += now - since
            ends_at = period.ends_at
    return leaves_at(ends_at, posting, zone)


def last_moment(session: Session, posting: Posting, now: datetime, zone: ZoneInfo) -> datetime:
    """When a posting leaves the board by the days that it has and its closing date."""
    last = queries.last_begun(session, posting.id)
    ends_at = last.ends_at if last else None
    return leaves_at(ends_at or posting.expires_at or now, posting, zone)


def last_moment_left(session: Session, posting: Posting, zone: ZoneInfo) -> datetime | None:
    """The same by the days that it has begun alone; None: it has none any more."""
    last = queries.last_begun(session, posting.id)
    return leaves_at(last.ends_at, posting, zone) if last and last.ends_at else None


def revoke_period(
    session: Session,
    posting: Posting,
    now: datetime,
    reason: EntryReason = EntryReason.REJECTED,
) -> None:
    """The days that were bought and not begun come back to the employer as a credit, unless they
    were free.
    """
    period = queries.period_to_start(session, posting.id)
    if period is None:
        return
    period.revoked_at = now
    if not period.returns:
        return
    employer = employers.locked(session, posting.employer_id)
    ref = f"{reason.value}:period:{period.id}"
    give_credits(session, employer, 1, period.days, reason, ref, now, posting_id=posting.id)


def end_days(session: Session, posting: Posting, now: datetime) -> int:
    """The posting is about to end for good: its days end, and those that are unused come back as
    one credit, by ``UNUSED_RULE``. Return how many came back; a second time none are left.
    """
    since = queries.stands_since(posting, now)
    periods = queries.periods_left(session, posting, now)
    days = queries.whole_days((period for period in periods if period.returns), since)
    for period in periods:
        period.ends_at = max(period.starts_at or since, since)
    if days < LEAST_UNUSED:
        return 0
    ref = f"unused:period:{periods[-1].id}"
    employer = employers.locked(session, posting.employer_id)
    give_credits(session, employer, 1, days, EntryReason.UNUSED, ref, now, posting_id=posting.id)
    return days


def leaves_at(days_end_at: datetime, posting: Posting, zone: ZoneInfo) -> datetime:
    """The end of the board's day in which the days or the closing date end, whichever is first."""
    ends_at = end_of_day(days_end_at.astimezone(zone).date(), zone)
    return min(ends_at, end_of_day(posting.closes_on, zone)) if posting.closes_on else ends_at


def _begin(period: ListingPeriod, at: datetime) -> datetime:
    """When it ends then."""
    period.starts_at, period.ends_at = at, at + timedelta(days=period.days)
    return period.ends_at
