"""Beginning a purchase, using a credit, and keeping what Stripe sends.

Rows are locked by the caller, in the order that ``billing.queries`` states.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing import queries
from careercenter.billing.gateway import OFF, RemoteEvent
from careercenter.billing.models import (
    SETTLED,
    AttemptState,
    Checkout,
    EventState,
    PaymentAttempt,
    PaymentState,
    StripeEvent,
)
from careercenter.billing.placing import Purchase, add_attempt, place_checkout
from careercenter.billing.settling import MISMATCH, give_unpaid
from careercenter.config import Settings
from careercenter.copies.usecases import refuse_repost
from careercenter.coupons import usecases as coupons
from careercenter.coupons.models import Coupon
from careercenter.database import insert_once
from careercenter.employers import queries as employers
from careercenter.employers.models import Member
from careercenter.errors import Conflict, Forbidden, Invalid, Unavailable
from careercenter.findings.models import Finding
from careercenter.findings.usecases import resolve_finding
from careercenter.plans.models import OF_LIVE_POSTINGS, PlanKind
from careercenter.postings.models import Posting, PostingStatus

UNFINISHED = "unfinished_checkout"  # a task, once for each posting
REMINDED_AFTER = timedelta(hours=4)
ON_HOLD = "Your account is on hold. Contact support."
OWES = "An invoice of yours is long overdue. Pay it first."
NOT_SOLD = "That product isn't available."
IN_DOUBT = "A payment for this posting is being checked. Wait for the answer before using a credit."
STILL_HELD = "This payment is held. Release or revoke its purchase under /staff/checkouts first."
UNDER_WAY = "A payment for this posting is under way. Finish it or cancel it first."


def start_checkout(
    session: Session, purchase: Purchase, member: Member, settings: Settings, now: datetime
) -> Checkout:
    """The checkout to go on with. Its live attempt is the one under way, or a new row that stands
    before any call.

    Raises ``Forbidden``, ``Unavailable``, ``AlreadyPaid``, ``Invalid`` for what is not sold, and
    ``Conflict`` where there is nothing to pay.
    """
    check_may_act(member)
    checkout = _begun_before(session, purchase, member.employer_id, now)
    under_way = checkout.live_attempt() if checkout else None
    if checkout and under_way is not None and under_way.usable(now):
        return checkout
    if checkout and under_way is not None:
        _abandon(session, checkout, under_way)
    if not purchase.code:
        check_may_pay(settings)
    if checkout is None or not _can_go_on(checkout, purchase):
        checkout = _place(session, purchase, member, now)
    if purchase.kind is PlanKind.POSTING:
        open_posting(purchase.posting)
    if checkout.due_cents == 0:
        give_unpaid(session, checkout, now)
        return checkout
    check_may_pay(settings)
    checkout.move_payment(PaymentState.AWAITING)
    add_attempt(session, checkout, settings, now)
    if purchase.kind is PlanKind.POSTING and purchase.posting is not None:
        held = purchase.posting.id
        outbox.later(session, UNFINISHED, held, now + REMINDED_AFTER, f"{UNFINISHED}:{held}")
    return checkout


def checkout_for(session: Session, purchase: Purchase, member: Member, now: datetime) -> Checkout:
    """The checkout to pay otherwise than on a payment page, none of which may be open.

    Raises what ``start_checkout`` does.
    """
    check_may_act(member)
    checkout = _begun_before(session, purchase, member.employer_id, now)
    if checkout is not None and checkout.live_attempt() is not None:
        raise Conflict(UNDER_WAY)
    if checkout is None or not _can_go_on(checkout, purchase):
        checkout = _place(session, purchase, member, now)
    if purchase.kind is PlanKind.POSTING:
        open_posting(purchase.posting)
    return checkout


def _begun_before(
    session: Session, purchase: Purchase, employer_id: int, now: datetime
) -> Checkout | None:
    """The last checkout for the same. Raises ``AlreadyPaid``, and ``Repost`` for a copy.

    From here on the employer is locked, and of two who begin the same at once the slower goes on
    with what the other one began.
    """
    checkout = queries.newest_like(session, employer_id, purchase)
    if checkout is not None and queries.pays_for(checkout, purchase):
        raise AlreadyPaid(checkout.public_id)
    if purchase.kind is PlanKind.POSTING and purchase.posting is not None:
        refuse_repost(session, purchase.posting, now)
    employers.locked(session, employer_id)
    if purchase.posting is not None:  # its lock was enough
        return checkout
    newest = queries.newest_begun(session, employer_id, purchase)
    live = newest.live_attempt() if newest else None
    if newest is not checkout and not (live and live.usable(now)):
        raise Conflict
    waits = newest is not None and newest.payment_state is PaymentState.PROCESSING
    return None if waits else newest  # credits may be bought again while a bank takes its time


class AlreadyPaid(Conflict):
    """The posting has been paid for, or its payment is on its way."""

    def __init__(self, public_id: str) -> None:
        super().__init__()
        self.public_id = public_id


def check_may_pay(settings: Settings) -> None:
    if not settings.stripe_secret_key:
        raise Unavailable(OFF, 3600)


def check_may_act(member: Member) -> None:
    """Whether they may have anything of the board's at all, paid for or not."""
    if not member.user.confirmed:
        raise Forbidden("Verify your email first.")
    if member.employer.suspended_at is not None:
        raise Forbidden(ON_HOLD)
    if member.employer.owes_at is not None:
        raise Forbidden(OWES)


def open_posting(posting: Posting | None) -> None:
    """Its purchase begins, or goes on."""
    if posting is not None and posting.status is not PostingStatus.CHECKOUT:
        posting.open_checkout()


def _place(session: Session, purchase: Purchase, member: Member, now: datetime) -> Checkout:
    plan, posting = purchase.plan, purchase.posting
    if not plan.on_sale or plan.kind is PlanKind.FREE:
        raise Invalid(NOT_SOLD)
    if purchase.kind in OF_LIVE_POSTINGS and not (posting and posting.is_live(now)):
        raise Conflict
    employer_id = member.employer_id
    coupon = _coupon_for(session, purchase, employer_id, now)
    discount = coupon.discount_on(plan.price_cents) if coupon else 0
    checkout = place_checkout(session, purchase, member, discount, now)
    if coupon is not None:
        coupons.reserve(session, coupon, employer_id, checkout.id)
    return checkout


def discount_on(session: Session, purchase: Purchase, employer_id: int, now: datetime) -> int:
    """Cents that its code takes off now. Raises ``Invalid`` for a wrong one."""
    coupon = _coupon_for(session, purchase, employer_id, now)
    return coupon.discount_on(purchase.plan.price_cents) if coupon else 0


def _coupon_for(
    session: Session, purchase: Purchase, employer_id: int, now: datetime
) -> Coupon | None:
    if not purchase.code:
        return None
    plan = purchase.plan
    coupon = coupons.find_coupon(
        session, purchase.code, plan.slug, plan.price_cents, employer_id, now
    )
    if coupon.first_only and queries.has_bought(session, employer_id):
        raise Invalid(coupons.NOT_VALID, "code")
    return coupon


def _can_go_on(checkout: Checkout, purchase: Purchase) -> bool:
    """Whether another attempt can pay it, at the price of today."""
    line = checkout.lines[0]
    ended = checkout.payment_state in SETTLED | {PaymentState.INVOICED}
    unpaid = not ended and not checkout.discount_cents
    same = (line.plan, line.edition) == (purchase.plan.slug, purchase.plan.edition)
    return unpaid and same and purchase.plan.on_sale and not purchase.code


def _abandon(session: Session, checkout: Checkout, attempt: PaymentAttempt) -> None:
    """Give up a call that was never answered. A page that is open must be ended first."""
    if attempt.state is not AttemptState.CREATING:
        raise Conflict(UNDER_WAY)
    attempt.state = AttemptState.ABANDONED
    checkout.move_payment(PaymentState.EXPIRED)
    coupons.release(session, checkout.id)
    session.flush()  # only one attempt may be live


def receive_event(
    session: Session, event: RemoteEvent, settings: Settings, now: datetime, via: str = "webhook"
) -> None:
    """Keep a message and promise to act on it. One that is known changes nothing."""
    ours = event.livemode is not settings.test_money
    values = {
        "id": event.id,
        "type": event.type,
        "object_id": event.object_id,
        "livemode": event.livemode,
        "state": EventState.NEW if ours else EventState.IGNORED,
        "via": via,
        "received_at": now,
    }
    if insert_once(session, StripeEvent, values) and ours:
        outbox.later(session, "stripe_event", event.id, now, f"stripe_event:{event.id}")


def resolve(session: Session, finding: Finding, now: datetime) -> None:
    """A person has dealt with it. Raises ``Invalid`` for money that still waits for a decision."""
    if finding.kind == MISMATCH and queries.is_held(session, finding.object_id):
        raise Invalid(STILL_HELD)
    resolve_finding(finding, now)
