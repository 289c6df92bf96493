"""Making our rows agree with what Stripe says about a checkout, whoever asks and however often.

Rows are locked by the caller, in the order that ``billing.queries`` states.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing import queries
from careercenter.billing.gateway import PaymentsRefused
from careercenter.billing.models import (
    LIVE_ATTEMPT,
    AttemptState,
    Checkout,
    CheckoutLine,
    FulfilmentState,
    Payment,
    PaymentAttempt,
    PaymentState,
    RemoteSession,
)
from careercenter.coupons import usecases as coupons
from careercenter.credits.models import EntryReason
from careercenter.credits.usecases import give_credits
from careercenter.employers import queries as employers
from careercenter.featuring.usecases import add_featured
from careercenter.findings.usecases import record_finding
from careercenter.periods.usecases import add_period, add_renewal
from careercenter.plans.models import PlanKind
from careercenter.postings.models import PostingStatus
from careercenter.slots.usecases import Taken, begin_subscription

MISMATCH = "amount_mismatch"  # of a payment that is held until a person decides
NOT_GIVEN = frozenset({FulfilmentState.NONE, FulfilmentState.HELD})

log = structlog.get_logger()


def refuse_attempt(
    session: Session, checkout: Checkout, attempt_id: int, refused: PaymentsRefused
) -> None:
    """Stripe would not make the session, or knows none such; nobody can pay by this attempt."""
    attempt = next(attempt for attempt in checkout.attempts if attempt.id == attempt_id)
    if attempt.state is AttemptState.CREATING or (
        refused.missing and attempt.state in LIVE_ATTEMPT
    ):
        _end_attempt(session, checkout, attempt, AttemptState.FAILED)
    if refused.param == "customer":  # deleted at Stripe: the next attempt makes another
        checkout.employer.stripe_customer_id = None


def cancel_checkout(
    session: Session, checkout: Checkout, remote: RemoteSession | None, now: datetime
) -> None:
    """The employer leaves. ``remote``: how the session stands after Stripe was told to end it, or
    None if we know of none. Money that came first wins.
    """
    attempt = checkout.live_attempt()
    if attempt is None:
        return
    over = remote is None or remote.outcome == "expired"
    if over and checkout.payment_state is PaymentState.AWAITING:
        checkout.move_payment(PaymentState.CANCELED)
    follow_attempt(session, checkout, attempt.id, remote, now)


def follow_attempt(
    session: Session,
    checkout: Checkout,
    attempt_id: int,
    remote: RemoteSession | None,
    now: datetime,
) -> None:
    """Settle by what Stripe says. None: the attempt was never answered and is given up."""
    attempt = next(attempt for attempt in checkout.attempts if attempt.id == attempt_id)
    if remote is not None:
        attempt.note(remote)
        settle_checkout(session, checkout, remote, now)
    elif attempt.state is AttemptState.CREATING:
        _end_attempt(session, checkout, attempt, AttemptState.ABANDONED)


def settle_checkout(
    session: Session, checkout: Checkout, remote: RemoteSession, now: datetime
) -> None:
    """Make our rows agree with what Stripe says. Any number of times, in any order."""
    attempt = next((attempt for attempt in checkout.attempts if attempt.is_about(remote)), None)
    if attempt is not None:
        attempt.note(remote)
    if remote.outcome == "paid":
        _take_money(session, checkout, attempt, remote, now)
    elif attempt is not None and attempt.state in LIVE_ATTEMPT:
        _follow(session, checkout, attempt, remote.outcome, now)
    session.flush()


def _follow(
    session: Session, checkout: Checkout, attempt: PaymentAttempt, outcome: str, now: datetime
) -> None:
    """An attempt that brought no money, or none yet. Another may have paid the checkout."""
    paid = checkout.payment_state is PaymentState.PAID
    if outcome == "waiting":
        attempt.state = AttemptState.PROCESSING
        if not paid:
            checkout.move_payment(PaymentState.PROCESSING)
            _write(session, "payment_processing", checkout, now, attempt.n)
    elif outcome == "expired":
        _end_attempt(session, checkout, attempt, AttemptState.EXPIRED)
    elif outcome == "failed":
        _end_attempt(session, checkout, attempt, AttemptState.FAILED)
        if not paid:
            _write(session, "payment_failed", checkout, now, attempt.n)


def _end_attempt(
    session: Session, checkout: Checkout, attempt: PaymentAttempt, state: AttemptState
) -> None:
    attempt.state = state
    if checkout.discount_cents:
        coupons.release(session, checkout.id)
    if checkout.payment_state in (PaymentState.AWAITING, PaymentState.PROCESSING):
        expired = state is AttemptState.EXPIRED
        checkout.move_payment(PaymentState.EXPIRED if expired else PaymentState.FAILED)
    session.flush()
    held = checkout.fulfilment_state is FulfilmentState.HELD
    posting = checkout.posting
    if posting is None or posting.status is not PostingStatus.CHECKOUT or held:
        return
    if queries.attempt_under_way(session, posting.id) is None:
        posting.leave_checkout()


def _take_money(
    session: Session,
    checkout: Checkout,
    attempt: PaymentAttempt | None,
    remote: RemoteSession,
    now: datetime,
) -> None:
    if attempt is not None:
        attempt.state = AttemptState.COMPLETE
    again = checkout.payment_state is PaymentState.PAID
    fresh = _keep_payment(session, checkout, remote, now)
    if again and fresh:
        log.critical("billing.second_payment", checkout=checkout.public_id)
        note = f"{checkout.public_id} was paid twice. Refund this payment in Stripe."
        record_finding(session, "second_payment", remote.payment_intent_id or "", note, now)
    if again:
        return
    wrong = _mismatches(checkout, attempt, remote) + ([] if fresh else ["payment_intent"])
    checkout.move_payment(PaymentState.PAID)
    checkout.paid_at = now
    checkout.stripe_subscription_id = remote.subscription_id
    if wrong:
        if checkout.fulfilment_state is FulfilmentState.NONE:
            checkout.fulfilment_state = FulfilmentState.HELD
        log.critical("billing.amount_mismatch", checkout=checkout.public_id, wrong=wrong)
        note = f"{remote.id} differs from what was ordered: {', '.join(wrong)}."
        record_finding(session, MISMATCH, checkout.public_id, note, now)
    else:
        checkout.tax_cents, checkout.total_cents = remote.tax_cents, remote.total_cents
        fulfil(session, checkout, now)
    use_coupon(session, checkout, now)


def _keep_payment(
    session: Session, checkout: Checkout, remote: RemoteSession, now: datetime
) -> bool:
    """False where there is no payment, or it is known already."""
    if not remote.payment_intent_id:
        return False
    if session.get(Payment, remote.payment_intent_id) is not None:
        return False
    session.add(
        Payment(
            payment_intent_id=remote.payment_intent_id,
            checkout_id=checkout.id,
            charge_id=remote.charge_id,
            amount_cents=remote.total_cents,
            refunded_cents=0,
            currency=remote.currency,
            created_at=now,
        )
    )
    return True


def _mismatches(
    checkout: Checkout, attempt: PaymentAttempt | None, remote: RemoteSession
) -> list[str]:
    """In what the session that was paid is not the one that we asked for."""
    if attempt is None:
        return ["session"]
    mark = attempt.params["metadata"]
    wanted = {
        "client_reference_id": checkout.public_id,
        "metadata": mark,
        "livemode": mark["livemode"] == "true",
        "currency": checkout.currency,
        "subtotal_cents": checkout.subtotal_cents,
        "discount_cents": checkout.discount_cents,
        "tax_cents": remote.tax_cents if "automatic_tax" in attempt.params else 0,
        "total_cents": checkout.due_cents + remote.tax_cents,
        "quantities": tuple(line.quantity for line in checkout.lines),
    }
    return [name for name, value in wanted.items() if getattr(remote, name) != value]


def give_unpaid(session: Session, checkout: Checkout, now: datetime) -> None:
    """Nothing is due: given at once, without Stripe."""
    checkout.move_payment(PaymentState.NOTHING_DUE)
    checkout.paid_at = now
    fulfil(session, checkout, now)
    use_coupon(session, checkout, now)
    session.flush()


def use_coupon(session: Session, checkout: Checkout, now: datetime) -> None:
    if checkout.discount_cents and not coupons.use(session, checkout.id):
        note = "Paid after its coupon had been given back, and another has the last use of it."
        record_finding(session, "coupon_overrun", checkout.public_id, note, now)


def fulfil(session: Session, checkout: Checkout, now: datetime) -> None:
    """Give what was bought, once: days for the posting, credits, or a credit if it took none.

    Once there is money there is a receipt, whether it comes before the goods or after them.
    """
    if checkout.fulfilment_state in NOT_GIVEN:
        checkout.fulfilment_state = FulfilmentState.FULFILLED
        checkout.fulfilled_at = now
        for line in checkout.lines:
            _give(session, checkout, line, f"checkout:{checkout.id}:{line.n}", now)
    if checkout.payment_state is PaymentState.PAID:
        _write(session, "receipt", checkout, now, 0)


def _give(
    session: Session, checkout: Checkout, line: CheckoutLine, ref: str, now: datetime
) -> None:
    posting = checkout.posting
    if checkout.kind is PlanKind.SUBSCRIPTION:
        begin_subscription(session, _taken(checkout, line), ref, now)
    elif posting is None:
        _give_credits(session, checkout, line, line.credits, EntryReason.BOUGHT, ref, now)
    elif checkout.kind is PlanKind.FEATURE:
        add_featured(session, posting, ref, line.days, now)
    elif posting.status in (PostingStatus.DRAFT, PostingStatus.CHECKOUT):
        add_period(session, posting, ref, line.days, now, free=checkout.kind is PlanKind.FREE)
    elif checkout.renews and posting.is_live(now):
        add_renewal(session, posting, ref, line.days, now)
    else:
        _give_credits(session, checkout, line, 1, EntryReason.UNDELIVERABLE, ref, now)


def _taken(checkout: Checkout, line: CheckoutLine) -> Taken:
    return Taken(
        employer_id=checkout.employer_id,
        user_id=checkout.placed_by_id,
        stripe_id=checkout.stripe_subscription_id or "",
        plan=line.plan,
        slots=line.slots,
        days=line.days,
        months=line.months,
        price_cents=line.unit_cents,
    )


def _give_credits(
    session: Session,
    checkout: Checkout,
    line: CheckoutLine,
    count: int,
    reason: EntryReason,
    ref: str,
    now: datetime,
) -> None:
    last = line.credits_last_days
    give_credits(
        session,
        employers.locked(session, checkout.employer_id),
        count,
        line.days,
        reason,
        ref,
        now,
        posting_id=checkout.posting_id,
        checkout_id=checkout.id,
        expires_at=now + timedelta(days=last) if last else None,
    )


def _write(session: Session, letter: str, checkout: Checkout, now: datetime, n: int) -> None:
    dedupe = f"{letter}:{checkout.public_id}:{n}"
    outbox.send_email(session, letter, checkout.id, now, dedupe)
