"""Beginning a purchase, credits, and the days on the board that either brings.

Rows are locked by the caller, in the order that ``billing.queries`` states.
"""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from slugify import slugify
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing import queries
from careercenter.billing.gateway import APP, OFF, RemoteEvent
from careercenter.billing.models import (
    AttemptState,
    Checkout,
    CheckoutLine,
    EntryReason,
    EventState,
    Finding,
    FulfilmentState,
    LedgerEntry,
    ListingPeriod,
    PaymentAttempt,
    PaymentState,
    StripeEvent,
)
from careercenter.config import Settings
from careercenter.database import insert_once, upsert
from careercenter.employers import queries as employers
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
    if checkout is not None and queries.pays_for(checkout, posting):
        raise AlreadyPaid(checkout.public_id)
    under_way = checkout.live_attempt() if checkout else None
    if under_way is not None and under_way.usable(now):
        return under_way
    if under_way is not None:
        _abandon(session, under_way)
    if checkout is None or not _can_go_on(checkout, settings):
        checkout = _place_checkout(session, posting, member, settings, now)
    checkout.move_payment(PaymentState.AWAITING)
    if posting.status is not PostingStatus.CHECKOUT:
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
    session: Session, posting: Posting, member: Member, settings: Settings, now: datetime
) -> Checkout:
    price, days = settings.posting_price_cents, settings.posting_days
    line = CheckoutLine(
        n=1,
        plan=PLAN,
        description=f"Job posting, {days} days",
        unit_cents=price,
        quantity=1,
        days=days,
    )
    checkout = Checkout(
        public_id=secrets.token_hex(16),
        employer=member.employer,
        posting=posting,
        placed_by=member.user,
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


def add_period(session: Session, posting: Posting, ref: str, days: int, now: datetime) -> None:
    """Days on the board for a posting that goes to a moderator now; approval starts them."""
    posting.submit(now)
    session.add(ListingPeriod(posting_id=posting.id, source_ref=ref, days=days, created_at=now))


def start_period(session: Session, posting: Posting, now: datetime, zone: ZoneInfo) -> datetime:
    """Approval: begin the days that were bought; return when the posting leaves the board.

    That is the end of the days or of the closing date in the board's ``zone``, whichever is first.
    Raises ``Conflict`` if nothing was bought.
    """
    period = queries.period_to_start(session, posting.id)
    if period is None:
        raise Conflict("This posting has not been paid for.")
    period.starts_at, period.ends_at = now, now + timedelta(days=period.days)
    if posting.closes_on is None:
        return period.ends_at
    day_after = posting.closes_on + timedelta(days=1)
    midnight = datetime.combine(day_after, time(), zone).astimezone(UTC)
    return min(period.ends_at, midnight)


def revoke_period(session: Session, posting: Posting, now: datetime) -> None:
    """Rejection: the days that were bought come back to the employer as a credit."""
    period = queries.period_to_start(session, posting.id)
    if period is None:
        return
    period.revoked_at = now
    employer = employers.locked(session, posting.employer_id)
    ref = f"rejected:period:{period.id}"
    change_credits(session, employer, 1, EntryReason.REJECTED, ref, now, posting_id=posting.id)


def spend_credit(
    session: Session, employer: Employer, posting: Posting, now: datetime, days: int = 30
) -> None:
    """Submit a posting without paying. Raises ``Invalid`` when there is no credit left."""
    if employer.suspended_at is not None:
        raise Forbidden(ON_HOLD)
    if queries.attempt_under_way(session, posting.id) is not None:
        raise Conflict(UNDER_WAY)
    if queries.money_undecided(session, posting.id):  # it may still bring days of its own
        raise Conflict(IN_DOUBT)
    if employer.credit_balance < 1:
        raise Invalid(NO_CREDITS)
    if posting.status not in (PostingStatus.DRAFT, PostingStatus.CHECKOUT):
        posting.open_checkout()
    ref = f"spend:posting:{posting.id}:{1 + queries.count_spent(session, posting.id)}"
    change_credits(session, employer, -1, EntryReason.SPENT, ref, now, posting_id=posting.id)
    add_period(session, posting, ref, days, now)


def gift_credits(
    session: Session, employer: Employer, count: int, reason: str, now: datetime
) -> None:
    """Credits from the board. ``employer`` is locked. The reason is kept in the entry's ``ref``."""
    why = slugify(reason, max_length=40) or "gift"
    ref = f"gift:{employer.id}:{now:%Y%m%dT%H%M%S}:{why}"
    change_credits(session, employer, count, EntryReason.GIFT, ref, now)


def change_credits(
    session: Session,
    employer: Employer,
    delta: int,
    reason: EntryReason,
    ref: str,
    now: datetime,
    *,
    posting_id: int | None = None,
    checkout_id: int | None = None,
) -> None:
    """The balance and the ledger, together. ``employer`` is locked."""
    employer.credit_balance += delta
    session.add(
        LedgerEntry(
            employer_id=employer.id,
            delta=delta,
            reason=reason,
            ref=ref,
            posting_id=posting_id,
            checkout_id=checkout_id,
            created_at=now,
        )
    )
    session.flush()


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
