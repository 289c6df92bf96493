"""Giving money back, and deciding on what is held. The checkout is locked by the caller."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import User
from careercenter.billing.models import Checkout, DisputeState, FulfilmentState, Payment
from careercenter.billing.settling import MISMATCH, fulfil
from careercenter.employers import queries as employers
from careercenter.errors import Conflict, Forbidden, Invalid
from careercenter.findings.usecases import close_finding, record_finding
from careercenter.refunds import goods, queries
from careercenter.refunds.models import (
    AT_STRIPE,
    FROM_STRIPE,
    MOVES,
    Refund,
    RefundReason,
    RefundState,
    RemoteRefund,
)

SAME_PERSON = "A second person must approve this refund."
DISPUTED = "This payment is disputed: its money is with the bank. Answer the dispute instead."


@dataclass(frozen=True, slots=True)
class Wish:
    """Money that somebody wants to go back. ``person``: None, where a rule of the board says so.

    ``limit_cents``: of one payment, above which a second person is waited for; None: never.
    """

    cents: int
    reason: RefundReason
    person: User | None = None
    note: str = ""
    limit_cents: int | None = None


def request_refund(
    session: Session,
    checkout: Checkout,
    payment: Payment,
    wish: Wish,
    zone: ZoneInfo,
    now: datetime,
) -> Refund:
    """Promise it, and take back what goes with it. Raises ``Invalid`` for more than is left."""
    if checkout.dispute_state in (DisputeState.OPEN, DisputeState.LOST):
        raise Invalid(DISPUTED, "amount")
    left = queries.left_of(session, payment)
    if not 0 < wish.cents <= left:
        raise Invalid(f"You can refund at most ${left / 100:,.2f}.", "amount")
    in_all = payment.amount_cents - left + wish.cents
    waits = wish.limit_cents is not None and in_all > wish.limit_cents
    refund = Refund(
        checkout=checkout,
        payment_intent_id=payment.payment_intent_id,
        amount_cents=wish.cents,
        reason=wish.reason,
        note=wish.note[:200],
        state=RefundState.WAITING if waits else RefundState.REQUESTED,
        requested_by_id=wish.person.id if wish.person else None,
        created_at=now,
    )
    session.add(refund)
    session.flush()
    if not waits:
        _promise(session, refund, zone, now)
    return refund


def approve_refund(
    session: Session, refund: Refund, person: User, zone: ZoneInfo, now: datetime
) -> None:
    """The second person. ``refund`` is locked."""
    if refund.requested_by_id == person.id:
        raise Forbidden(SAME_PERSON)
    refund.move_to(RefundState.REQUESTED, now)
    refund.decided_by_id = person.id
    payment = queries.payment_of(session, refund.checkout_id, refund.payment_intent_id)
    if queries.left_of(session, payment) < 0:  # something went back meanwhile
        raise Conflict
    _promise(session, refund, zone, now)


def decline_refund(refund: Refund, person: User, now: datetime) -> None:
    """By anybody who might have approved it, or by whoever asked. ``refund`` is locked."""
    if refund.state is not RefundState.WAITING:
        raise Conflict
    refund.move_to(RefundState.DECLINED, now)
    refund.decided_by_id = person.id


def choice(session: Session, checkout: Checkout) -> Payment | None:
    """The payment that became a credit which nobody has used, if nothing went back of it."""
    left = goods.unspent_of(session, checkout)
    unused = any(it.entry.reason in queries.BECAME_CREDIT for it in left)
    undisputed = checkout.dispute_state in (DisputeState.NONE, DisputeState.WON)
    if not (unused and undisputed) or queries.gone_cents(session, checkout.id):
        return None
    paid = queries.payments_of(session, checkout.id)
    return paid[0] if len(paid) == 1 else None


def choose_money(
    session: Session, checkout: Checkout, person: User, zone: ZoneInfo, now: datetime
) -> None:
    """The money instead of the credit. A second click changes nothing.

    Raises ``Conflict`` where there is no such choice, or where the credit was used.
    """
    employers.locked(session, checkout.employer_id)  # nobody uses the credit meanwhile
    payment = choice(session, checkout)
    if payment is not None:
        wish = Wish(payment.amount_cents, RefundReason.INSTEAD, person)
        request_refund(session, checkout, payment, wish, zone, now)
    elif not queries.chose_money(session, checkout.id):
        raise Conflict


def refund_duplicates(session: Session, checkout: Checkout, zone: ZoneInfo, now: datetime) -> None:
    """Whoever paid one purchase more than once gets the later payments back.

    What could not be given back is left to a person.
    """
    refunds = queries.refunds_of(session, checkout.id)
    failed = {it.payment_intent_id for it in refunds if it.state is RefundState.FAILED}
    first, *later = queries.payments_of(session, checkout.id)
    paid = first.amount_cents + sum(payment.amount_cents for payment in later)
    excess = paid - queries.gone_cents(session, checkout.id) - first.amount_cents
    for payment in reversed(later):
        cents = min(queries.left_of(session, payment), excess)
        if cents > 0 and payment.payment_intent_id not in failed:
            wish = Wish(cents, RefundReason.DUPLICATE)
            request_refund(session, checkout, payment, wish, zone, now)
            excess -= cents


def note_refund(
    session: Session,
    checkout: Checkout,
    payment: Payment,
    remote: RemoteRefund,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Make our row agree with Stripe's, whoever made the refund. Any number of times."""
    refund = queries.known(session, checkout.id, remote.id, remote.refund_id)
    state = FROM_STRIPE.get(remote.status, RefundState.PENDING)
    if refund is None and state is RefundState.FAILED:
        return
    if refund is None:
        refund = _learn(session, checkout, payment, remote, zone, now)
    refund.stripe_refund_id = remote.id
    if state not in MOVES[refund.state]:
        return  # it is there, or beyond
    first = refund.state is RefundState.REQUESTED
    refund.move_to(state, now)
    if state is RefundState.FAILED:
        _note_failure(session, refund, "Stripe could not give it back.", now)
    elif first:
        outbox.send_email(session, "refunded", refund.id, now, f"refunded:{refund.id}")


def fail_refund(session: Session, refund: Refund, now: datetime) -> None:
    """Stripe would not make it. ``refund`` is locked; one that was made stays."""
    if refund.state is RefundState.REQUESTED:
        refund.move_to(RefundState.FAILED, now)
        _note_failure(session, refund, "Stripe refused it. Look at its payment there.", now)


def count_refunded(session: Session, checkout_id: int) -> None:
    """What went back of each payment, as Stripe counts it."""
    refunds = queries.refunds_of(session, checkout_id)
    for payment in queries.payments_of(session, checkout_id):
        payment.refunded_cents = sum(
            refund.amount_cents
            for refund in refunds
            if refund.payment_intent_id == payment.payment_intent_id and refund.state in AT_STRIPE
        )


def release_held(session: Session, checkout: Checkout, now: datetime) -> None:
    """A person looked at a payment that is not what was ordered: give what was bought."""
    _check_held(checkout)
    fulfil(session, checkout, now)
    close_finding(session, MISMATCH, checkout.public_id, now)


def revoke_held(
    session: Session, checkout: Checkout, person: User, zone: ZoneInfo, now: datetime
) -> None:
    """A person looked: give all of the money back, and nothing else."""
    _check_held(checkout)
    for payment in queries.payments_of(session, checkout.id):
        left = queries.left_of(session, payment)
        if left > 0:
            wish = Wish(left, RefundReason.HELD, person)
            request_refund(session, checkout, payment, wish, zone, now)
    if checkout.fulfilment_state is FulfilmentState.HELD:  # it had no payment of its own
        goods.end_listing(session, checkout, zone, now)
        checkout.fulfilment_state = FulfilmentState.REVOKED
    close_finding(session, MISMATCH, checkout.public_id, now)


def _check_held(checkout: Checkout) -> None:
    held = checkout.fulfilment_state is FulfilmentState.HELD
    if not held or checkout.dispute_state is DisputeState.OPEN:
        raise Conflict


def _learn(
    session: Session,
    checkout: Checkout,
    payment: Payment,
    remote: RemoteRefund,
    zone: ZoneInfo,
    now: datetime,
) -> Refund:
    """It was made in Stripe's Dashboard."""
    refund = Refund(
        checkout=checkout,
        payment_intent_id=payment.payment_intent_id,
        amount_cents=remote.amount_cents,
        reason=RefundReason.STRIPE,
        note="",
        state=RefundState.REQUESTED,
        stripe_refund_id=remote.id,
        created_at=now,
    )
    session.add(refund)
    session.flush()
    goods.take_back(session, refund, zone, now)
    return refund


def _promise(session: Session, refund: Refund, zone: ZoneInfo, now: datetime) -> None:
    goods.take_back(session, refund, zone, now)
    outbox.later(session, "send_refund", refund.id, now, f"send_refund:{refund.id}")


def _note_failure(session: Session, refund: Refund, note: str, now: datetime) -> None:
    session.flush()
    goods.give_back(session, refund, now)
    record_finding(session, "refund_failed", refund.checkout.public_id, note, now)
