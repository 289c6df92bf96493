"""Beginning a purchase, using a credit, and keeping what Stripe sends.

Rows are locked by the caller, in the order that ``billing.queries`` states.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing import period_queries, queries
from careercenter.billing.credits import change_credits
from careercenter.billing.gateway import APP, OFF, RemoteEvent
from careercenter.billing.models import (
    AttemptState,
    Checkout,
    CheckoutLine,
    EntryReason,
    EventState,
    Finding,
    FulfilmentState,
    PaymentAttempt,
    PaymentState,
    StripeEvent,
)
from careercenter.billing.periods import add_period, add_renewal
from careercenter.config import Settings
from careercenter.database import insert_once, upsert
from careercenter.employers.models import Employer, Member
from careercenter.errors import Conflict, Forbidden, Invalid, Unavailable
from careercenter.postings.models import Posting, PostingStatus

PLAN = "single-posting"
SESSION_LIFE = timedelta(minutes=60)
ON_HOLD = "Your account is on hold. Contact support."
NO_CREDITS = "You have no posting credits left."
IN_DOUBT = "A payment for this posting is being checked. Wait for the answer before using a credit."
UNDER_WAY = "A payment for this posting is under way. Finish it or cancel it first."


def start_checkout(
    session: Session, posting: Posting, member: Member, settings: Settings, now: datetime
) -> PaymentAttempt:
    """The attempt to go on with: the one under way, or a new row that stands before any call.

    Raises ``Forbidden``, ``Unavailable``, ``AlreadyPaid``, and ``Conflict`` where there is nothing
    to pay.
    """
    check_may_buy(member, settings)
    checkout = queries.newest_checkout(session, posting.id)
    renews = period_queries.renewing(session, posting, now)
    if checkout is not None and queries.pays_for(checkout, posting, renews):
        raise AlreadyPaid(checkout.public_id)
    under_way = checkout.live_attempt() if checkout else None
    if under_way is not None and under_way.usable(now):
        return under_way
    if under_way is not None:
        _abandon(session, under_way)
    if checkout is None or checkout.renews is not renews or not _can_go_on(checkout, settings):
        checkout = _place_checkout(session, posting, member, settings, now, renews)
    checkout.move_payment(PaymentState.AWAITING)
    if posting.status is not PostingStatus.CHECKOUT and not renews:
        posting.open_checkout()
    return _add_attempt(session, checkout, settings, now)


class AlreadyPaid(Conflict):
    """The posting has been paid for, or its payment is on its way."""

    def __init__(self, public_id: str) -> None:
        super().__init__()
        self.public_id = public_id


def check_may_buy(member: Member, settings: Settings) -> None:
    if not member.user.confirmed:
        raise Forbidden("Verify your email first.")
    if member.employer.suspended_at is not None:
        raise Forbidden(ON_HOLD)
    if not settings.stripe_secret_key:
        raise Unavailable(OFF, 3600)


def _can_go_on(checkout: Checkout, settings: Settings) -> bool:
    """Whether another attempt can pay it, at the price of today."""
    unpaid = checkout.payment_state is not PaymentState.PAID
    return unpaid and checkout.total_cents == settings.posting_price_cents


def _abandon(session: Session, attempt: PaymentAttempt) -> None:
    """Give up a call that was never answered. A page that is open must be ended first."""
    if attempt.state is not AttemptState.CREATING:
        raise Conflict(UNDER_WAY)
    attempt.state = AttemptState.ABANDONED
    session.flush()  # only one attempt may be live


def _place_checkout(
    session: Session,
    posting: Posting,
    member: Member,
    settings: Settings,
    now: datetime,
    renews: bool,
) -> Checkout:
    price, days = settings.posting_price_cents, settings.posting_days
    line = CheckoutLine(
        n=1,
        plan=PLAN,
        description=f"{'Renewal' if renews else 'Job posting'}, {days} days",
        unit_cents=price,
        quantity=1,
        days=days,
    )
    checkout = Checkout(
        public_id=secrets.token_hex(16),
        employer=member.employer,
        posting=posting,
        placed_by=member.user,
        renews=renews,
        currency="usd",
        subtotal_cents=price,
        discount_cents=0,
        tax_cents=0,
        total_cents=price,
        payment_state=PaymentState.AWAITING,
        fulfilment_state=FulfilmentState.NONE,
        created_at=now,
        lines=[line],
        attempts=[],
    )
    session.add(checkout)
    session.flush()
    return checkout


def _add_attempt(
    session: Session, checkout: Checkout, settings: Settings, now: datetime
) -> PaymentAttempt:
    n = 1 + max((attempt.n for attempt in checkout.attempts), default=0)
    attempt = PaymentAttempt(
        n=n,
        idempotency_key=f"co:{checkout.public_id}:{n}",
        params=_purchase_params(checkout, n, settings, now),
        state=AttemptState.CREATING,
        url="",
        expires_at=now + SESSION_LIFE,
        created_at=now,
    )
    checkout.attempts.append(attempt)
    session.flush()
    return attempt


def _purchase_params(
    checkout: Checkout, n: int, settings: Settings, now: datetime
) -> Mapping[str, Any]:
    """What Stripe is asked for. Kept, because a repeat must say the same word for word."""
    mark = {
        "app": APP,
        "env": settings.env,
        "livemode": "false" if settings.test_money else "true",
        "checkout": checkout.public_id,
        "attempt": str(n),
    }
    customer = checkout.employer.stripe_customer_id
    page = f"{settings.base_url}/hire/checkouts/{checkout.public_id}"
    return {
        "mode": "payment",
        "client_reference_id": checkout.public_id,
        "metadata": mark,
        "payment_intent_data": {"metadata": mark},
        "line_items": [_priced(line, checkout.currency) for line in checkout.lines],
        "expires_at": int((now + SESSION_LIFE).timestamp()),
        "success_url": f"{page}?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": f"{settings.base_url}/hire/postings/{checkout.posting_id}/checkout",
        **({"customer": customer} if customer else {"customer_email": checkout.placed_by.email}),
    }


def _priced(line: CheckoutLine, currency: str) -> dict[str, Any]:
    product = {"name": line.description}
    price = {"currency": currency, "unit_amount": line.unit_cents, "product_data": product}
    return {"quantity": line.quantity, "price_data": price}


def spend_credit(
    session: Session, employer: Employer, posting: Posting, now: datetime, days: int = 30
) -> None:
    """Submit a posting, or renew it, without paying. Raises ``Invalid`` without a credit."""
    if employer.suspended_at is not None:
        raise Forbidden(ON_HOLD)
    if queries.attempt_under_way(session, posting.id) is not None:
        raise Conflict(UNDER_WAY)
    if queries.money_undecided(session, posting.id):  # it may still bring days of its own
        raise Conflict(IN_DOUBT)
    if employer.credit_balance < 1:
        raise Invalid(NO_CREDITS)
    renews = period_queries.renewing(session, posting, now)
    if posting.status not in (PostingStatus.DRAFT, PostingStatus.CHECKOUT) and not renews:
        posting.open_checkout()
    ref = f"spend:posting:{posting.id}:{1 + queries.count_spent(session, posting.id)}"
    change_credits(session, employer, -1, EntryReason.SPENT, ref, now, posting_id=posting.id)
    add = add_renewal if renews else add_period
    add(session, posting, ref, days, now)


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


def record_finding(session: Session, kind: str, object_id: str, note: str, now: datetime) -> None:
    """Something a person must look at. Seen again, it is open again."""
    seen = {"note": note, "last_seen_at": now, "resolved_at": None}
    row = upsert(session, Finding).values(kind=kind, object_id=object_id, first_seen_at=now, **seen)
    session.execute(
        row.on_conflict_do_update(index_elements=[Finding.kind, Finding.object_id], set_=seen)
    )
