"""A posting's life where it touches the days on the board. ``posting`` is locked."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing.usecases import OWES
from careercenter.credits.models import EntryReason
from careercenter.disputes.queries import pauses
from careercenter.errors import Conflict, Invalid
from careercenter.periods import usecases as periods
from careercenter.postings import usecases as postings
from careercenter.postings.models import CloseReason, Posting

FURTHEST = timedelta(days=90)  # ahead that one may schedule
CLOSED_BY_NOW = "Its closing date has passed. Change the closing date first, or list it anew."
IN_THE_PAST = "Choose an hour that is still to come."
TOO_FAR = f"Choose an hour within the next {FURTHEST.days} days."
DISPUTED = "Its payment is disputed, so it waits until the bank has decided."
AFTER_CLOSING = "Choose an hour before its closing date is over."


def resume_posting(session: Session, posting: Posting, zone: ZoneInfo, now: datetime) -> None:
    """The days that were left go on. Raises ``Conflict``, or ``Invalid`` where it is too late."""
    if posting.employer.owes_at is not None:
        raise Conflict(OWES)
    _check_undisputed(session, posting)
    expires_at = periods.go_on(session, posting, now, zone)
    posting.confirm(now)
    postings.resume_posting(session, posting, expires_at)
    if expires_at <= now:
        raise Invalid(CLOSED_BY_NOW)


def schedule_posting(
    session: Session, posting: Posting, at: datetime | None, zone: ZoneInfo, now: datetime
) -> None:
    """Let it go live at an instant; None: as soon as it may. Its days begin with it.

    Raises ``Conflict`` for what is live, ``Invalid`` for an hour that makes no sense.
    """
    _check_hour(posting, at, zone, now)
    if not posting.is_scheduled(now):
        posting.schedule(at)
        return
    begins_at = at or now
    posting.reschedule(begins_at, periods.move_start(session, posting, begins_at, zone), now)
    outbox.index_posting(session, posting)


def withdraw_posting(session: Session, posting: Posting, now: datetime) -> None:
    """Back from review as a draft; what was paid comes back as a credit."""
    posting.withdraw()
    periods.revoke_period(session, posting, now, EntryReason.WITHDRAWN)


def relist_posting(session: Session, posting: Posting, now: datetime) -> None:
    """What has ended becomes a draft again. A closing date that has passed is left out."""
    posting.relist(now)
    posting.auto_renews = False
    if posting.closes_on is not None and posting.closes_on < now.date():
        posting.closes_on = None
    outbox.index_posting(session, posting)


def duplicate_posting(session: Session, posting: Posting, now: datetime) -> Posting:
    """A draft that says the same, of the same employer."""
    details = posting.details
    if details.closes_on is not None and details.closes_on < now.date():
        details = replace(details, closes_on=None)
    return postings.draft_posting(session, posting.employer, details, now)


def close_posting(
    session: Session, posting: Posting, now: datetime, reason: CloseReason | None = None
) -> int:
    """Return how many unused days came back, in one credit."""
    _check_ends(session, posting)
    days = periods.end_days(session, posting, now)
    postings.close_posting(session, posting, now, reason)
    return days


def fill_posting(session: Session, posting: Posting, now: datetime) -> int:
    """Somebody was hired. Return how many unused days came back, in one credit."""
    _check_ends(session, posting)
    days = periods.end_days(session, posting, now)
    postings.fill_posting(session, posting, now)
    return days


def _check_ends(session: Session, posting: Posting) -> None:
    """Raises ``Conflict``: unused days come back only when the bank has decided."""
    posting.check_on_board()
    _check_undisputed(session, posting)


def _check_undisputed(session: Session, posting: Posting) -> None:
    if pauses(session, posting.id):
        raise Conflict(DISPUTED)


def _check_hour(posting: Posting, at: datetime | None, zone: ZoneInfo, now: datetime) -> None:
    if at is None:
        return
    if at <= now:
        raise Invalid(IN_THE_PAST, "goes_live_at")
    if at - now > FURTHEST:
        raise Invalid(TOO_FAR, "goes_live_at")
    if posting.closes_on is not None and at.astimezone(zone).date() > posting.closes_on:
        raise Invalid(AFTER_CLOSING, "goes_live_at")
