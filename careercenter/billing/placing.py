"""A checkout's rows, and what Stripe is asked for to pay it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from careercenter.billing.gateway import APP
from careercenter.billing.models import (
    AttemptState,
    Checkout,
    CheckoutLine,
    FulfilmentState,
    PaymentAttempt,
    PaymentState,
)
from careercenter.config import Settings
from careercenter.employers.models import Member
from careercenter.plans.models import Plan, PlanKind
from careercenter.postings.models import Posting

SLOTS = "Live postings at a time"  # whatever plan: it is changed and the product stays
SESSION_LIFE = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Purchase:
    """What somebody wants: a plan, and the posting it is for, if it is for one.

    ``kind`` differs from the plan's where a posting's plan prolongs the stay of a live one.
    """

    plan: Plan
    posting: Posting | None
    kind: PlanKind
    code: str = ""  # of a coupon, in its normal form

    @property
    def description(self) -> str:
        if self.kind is PlanKind.EXTENSION and self.plan.kind is PlanKind.POSTING:
            return f"Renewal, {self.plan.days} days"
        return self.plan.description


def place_checkout(
    session: Session, purchase: Purchase, member: Member, discount_cents: int, now: datetime
) -> Checkout:
    """Its rows, at the price of today."""
    plan = purchase.plan
    line = CheckoutLine(
        n=1,
        plan=plan.slug,
        edition=plan.edition,
        description=purchase.description,
        unit_cents=plan.price_cents,
        quantity=1,
        days=plan.days,
        credits=plan.credits,
        credits_last_days=plan.credits_last_days,
        slots=plan.slots,
        months=plan.months,
    )
    checkout = Checkout(
        public_id=secrets.token_hex(16),
        employer=member.employer,
        posting=purchase.posting,
        placed_by=member.user,
        kind=purchase.kind,
        currency="usd",
        subtotal_cents=plan.price_cents,
        discount_cents=discount_cents,
        tax_cents=0,
        total_cents=plan.price_cents - discount_cents,
        payment_state=PaymentState.AWAITING,
        fulfilment_state=FulfilmentState.NONE,
        created_at=now,
        lines=[line],
        attempts=[],
    )
    session.add(checkout)
    session.flush()
    return checkout


def add_attempt(
    session: Session, checkout: Checkout, settings: Settings, now: datetime
) -> PaymentAttempt:
    n = 1 + max((attempt.n for attempt in checkout.attempts), default=0)
    attempt = PaymentAttempt(
        n=n,
        idempotency_key=f"co:{checkout.public_id}:{n}",
        params=_session_params(checkout, n, settings, now),
        state=AttemptState.CREATING,
        url="",
        expires_at=now + SESSION_LIFE,
        created_at=now,
    )
    checkout.attempts.append(attempt)
    session.flush()
    return attempt


def _session_params(
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
        **_mode(checkout, mark),
        "client_reference_id": checkout.public_id,
        "metadata": mark,
        "line_items": [_priced(line, checkout.currency) for line in checkout.lines],
        "expires_at": int((now + SESSION_LIFE).timestamp()),
        "success_url": f"{page}?session_id={{CHECKOUT_SESSION_ID}}",
        "cancel_url": _way_back(checkout, settings) or page,
        **_discounts(checkout),
        **(_taxed(customer) if settings.automatic_tax else {}),
        **({"customer": customer} if customer else {"customer_email": checkout.placed_by.email}),
    }


def _mode(checkout: Checkout, mark: Mapping[str, str]) -> dict[str, Any]:
    """Paid once, or each period; what Stripe makes of it bears our mark."""
    if checkout.kind is not PlanKind.SUBSCRIPTION:
        receipt = {"enabled": True, "invoice_data": {"metadata": mark}}
        paid_once = {"mode": "payment", "payment_intent_data": {"metadata": mark}}
        return {**paid_once, "invoice_creation": receipt}
    line = checkout.lines[0]
    terms = {"plan": line.plan, "edition": str(line.edition), "slots": str(line.slots)}
    return {"mode": "subscription", "subscription_data": {"metadata": {**mark, **terms}}}


def _taxed(customer: str | None) -> dict[str, Any]:
    """Stripe asks where the payer is and for a tax id, works out the tax, and keeps all three."""
    return {
        "automatic_tax": {"enabled": True},
        "billing_address_collection": "required",
        "tax_id_collection": {"enabled": True},
        **({"customer_update": {"address": "auto", "name": "auto"}} if customer else {}),
    }


def _priced(line: CheckoutLine, currency: str) -> dict[str, Any]:
    product = {"name": SLOTS if line.months else line.description}
    price = {"currency": currency, "unit_amount": line.unit_cents, "product_data": product}
    if line.months:
        price["recurring"] = {"interval": "year" if line.months == 12 else "month"}
    return {"quantity": line.quantity, "price_data": price}


def _discounts(checkout: Checkout) -> dict[str, Any]:
    """Ours, as a coupon at Stripe that is made for this checkout alone."""
    if not checkout.discount_cents:
        return {}
    return {"discounts": [{"coupon": f"off-{checkout.public_id}"}]}


def _way_back(checkout: Checkout, settings: Settings) -> str:
    if checkout.kind is not PlanKind.POSTING:
        return ""
    return f"{settings.base_url}/hire/postings/{checkout.posting_id}/checkout"
