"""What goes back with the money. The rule, which the page about money tells in words:

All of the money takes all that is left of what it bought: days on the board end, unspent credits
go. Part of it takes nothing from a posting, and from a bundle as many unspent credits as it pays
for. What was paid more than once is given back first and takes nothing. What is used is used.

The checkout is locked by the caller.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing.models import Checkout, FulfilmentState
from careercenter.billing.queries import attempt_under_way
from careercenter.credits.models import EntryReason, Unspent
from careercenter.credits.queries import unspent
from careercenter.credits.usecases import give_credits, take_credits
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer
from careercenter.findings.usecases import record_finding
from careercenter.periods import usecases as periods
from careercenter.periods.models import ListingPeriod
from careercenter.plans.models import PlanKind
from careercenter.postings.models import Posting, PostingStatus
from careercenter.refunds import queries
from careercenter.refunds.models import UNDER_WAY, Refund, RefundReason

ON_BOARD = (PostingStatus.PUBLISHED, PostingStatus.PAUSED)


def take_back(session: Session, refund: Refund, zone: ZoneInfo, now: datetime) -> None:
    """``refund`` counts from now on."""
    checkout = refund.checkout
    employer = lock_goods(session, checkout)
    returned, bought = returned_cents(session, checkout)
    whole = returned >= bought
    left = unspent_of(session, checkout)
    owed = sum(it.left for it in left)
    if not whole:
        share = sum(line.credits for line in checkout.lines) * returned // bought
        owed = min(owed, max(0, share - _taken(session, checkout)))
    if owed:
        ref, about = f"refund:{refund.id}", checkout.id
        take_credits(
            session, employer, owed, EntryReason.REFUNDED, ref, now, checkout_id=about, among=left
        )
    refund.credits_taken = owed
    if whole and checkout.fulfilment_state is not FulfilmentState.REVOKED:
        refund.ended_listing = end_listing(session, checkout, zone, now)
        checkout.fulfilment_state = FulfilmentState.REVOKED
        _say_what_was_used(session, refund, now)
    session.flush()


def lock_goods(session: Session, checkout: Checkout) -> Employer:
    """Its days and the credits of its employer: nobody spends what is being taken back."""
    queries.periods_of(session, checkout)
    return employers.locked(session, checkout.employer_id)


def give_back(session: Session, refund: Refund, now: datetime) -> None:
    """``refund`` came to nothing: what went with it comes back, days on the board as a credit."""
    checkout = refund.checkout
    returned, bought = returned_cents(session, checkout)
    if returned >= bought:
        return  # another refund gave all of it back
    count = refund.credits_taken + refund.ended_listing
    if count:
        employer = employers.locked(session, checkout.employer_id)
        days, ref = checkout.lines[0].days, f"refund:{refund.id}:failed"
        reason = EntryReason.REFUNDED
        give_credits(session, employer, count, days, reason, ref, now, checkout_id=checkout.id)
    if checkout.fulfilment_state is FulfilmentState.REVOKED:
        given = checkout.fulfilled_at is not None
        checkout.fulfilment_state = FulfilmentState.FULFILLED if given else FulfilmentState.HELD
    refund.credits_taken, refund.ended_listing = 0, False


def returned_cents(session: Session, checkout: Checkout) -> tuple[int, int]:
    """Of the money that bought it: what went back, and all of it."""
    paid = [payment.amount_cents for payment in queries.payments_of(session, checkout.id)]
    kept = sum(paid) - queries.gone_cents(session, checkout.id)
    return max(0, paid[0] - kept), paid[0]


def unspent_of(session: Session, checkout: Checkout) -> Sequence[Unspent]:
    """The credits that it bought or became and that nobody has used."""
    mine = {entry.id for entry in queries.credits_given(session, checkout)}
    return [it for it in unspent(session, checkout.employer_id) if it.entry.id in mine]


def end_listing(session: Session, checkout: Checkout, zone: ZoneInfo, now: datetime) -> bool:
    """Its days are over: the posting leaves the board, unless it has days of another purchase.

    False: none were left.
    """
    posting = checkout.posting
    if posting is None:
        return False
    if checkout.kind is PlanKind.FEATURE:
        _end_featured(session, checkout, posting, now)
        return False
    days = _days_left(session, checkout, now)
    for period in days:
        period.revoked_at = now
    _leave_checkout(session, checkout, posting)
    if not days or posting.status not in (*ON_BOARD, PostingStatus.IN_REVIEW):
        return False
    if posting.status is PostingStatus.IN_REVIEW:
        posting.withdraw()
    else:
        _shorten(session, posting, zone, now)
    return True


def has_days(session: Session, checkout: Checkout, now: datetime) -> bool:
    """Whether days that it bought have not run out."""
    return bool(_days_left(session, checkout, now))


def _days_left(session: Session, checkout: Checkout, now: datetime) -> list[ListingPeriod]:
    """Days of a posting that is paused wait."""
    since = (checkout.posting and checkout.posting.paused_at) or now
    return [
        period
        for period in queries.periods_of(session, checkout)
        if period.revoked_at is None and (period.ends_at is None or period.ends_at > since)
    ]


def _end_featured(session: Session, checkout: Checkout, posting: Posting, now: datetime) -> None:
    """Its days in the featured place are over; those of other purchases move up."""
    for period in queries.featured_of(session, checkout):
        if period.starts_at is None:
            period.starts_at = period.ends_at = now  # it waits no more
        elif period.ends_at and posting.featured_until and period.ends_at > now:
            posting.featured_until -= period.ends_at - max(now, period.starts_at)
            period.ends_at = max(now, period.starts_at)
    outbox.index_posting(session, posting)


def _leave_checkout(session: Session, checkout: Checkout, posting: Posting) -> None:
    """A posting whose payment was held is a draft again."""
    held = checkout.fulfilment_state is FulfilmentState.HELD
    waits = held and posting.status is PostingStatus.CHECKOUT
    if waits and attempt_under_way(session, posting.id) is None:
        posting.leave_checkout()


def _shorten(session: Session, posting: Posting, zone: ZoneInfo, now: datetime) -> None:
    """Until the end of the days that are left, or off the board where there are none."""
    session.flush()
    last = periods.last_moment_left(session, posting, zone)
    if last is None or last <= (posting.paused_at or now):
        posting.close(now)
    else:
        posting.expires_at = last
    outbox.index_posting(session, posting)


def _taken(session: Session, checkout: Checkout) -> int:
    refunds = queries.refunds_of(session, checkout.id)
    return sum(refund.credits_taken for refund in refunds if refund.state in UNDER_WAY)


def _say_what_was_used(session: Session, refund: Refund, now: datetime) -> None:
    """Staff saw it before they decided; nobody did who gave it back in Stripe's Dashboard."""
    if refund.reason is not RefundReason.STRIPE:
        return
    checkout = refund.checkout
    used = sum(line.credits for line in checkout.lines) - _taken(session, checkout)
    if used > 0:
        note = f"Given back in Stripe, and {used} of its credits had been used."
        record_finding(session, "credits_spent", checkout.public_id, note, now)
