"""Asking for an invoice, and deciding who may. Rows are locked by the caller, in the order that
``billing.queries`` states."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import User
from careercenter.billing import queries as billing
from careercenter.billing.gateway import APP
from careercenter.billing.models import Checkout, FulfilmentState, PaymentState
from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import check_may_pay, checkout_for
from careercenter.config import Settings
from careercenter.employers.models import Member
from careercenter.errors import Conflict, Invalid
from careercenter.invoicing import queries
from careercenter.invoicing.models import (
    LIVE,
    NET,
    TWICE,
    Address,
    Invoice,
    InvoiceState,
    InvoiceTerms,
    InvoiceWishes,
    Terms,
)

ISSUE = "issue_invoice"
NOTHING_DUE = "There is nothing to pay for this, so there is no invoice."
GIVEN = "What this invoice is for was given already. Ask us to take it back."


def request_invoice(
    session: Session,
    purchase: Purchase,
    member: Member,
    wishes: InvoiceWishes,
    settings: Settings,
    now: datetime,
) -> Invoice:
    """The invoice that is under way for it, or a new row that stands before any call; a task makes
    it at Stripe.

    The posting and the employer are locked. Raises what ``checkout_for`` does, and ``Invalid``
    where the employer may not pay on invoice.
    """
    check_may_pay(settings)
    known = _under_way(session, purchase, member.employer_id, now)
    if known is not None:
        return known
    checkout = checkout_for(session, purchase, member, now)
    if not checkout.due_cents:
        raise Invalid(NOTHING_DUE)
    trust = queries.trust_in(session, member.employer, checkout.due_cents, now)
    if trust.refusal:
        raise Invalid(trust.refusal)
    checkout.move_payment(PaymentState.AWAITING)
    checkout.move_payment(PaymentState.INVOICED)
    invoice = _place(session, checkout, wishes, trust.on_issue, settings, now)
    outbox.later(session, ISSUE, invoice.id, now, f"{ISSUE}:{invoice.public_id}")
    return invoice


def _under_way(
    session: Session, purchase: Purchase, employer_id: int, now: datetime
) -> Invoice | None:
    """What a second click finds."""
    begun = billing.newest_like(session, employer_id, purchase)
    invoice = queries.newest_of(session, begun.id) if begun else None
    if invoice is None or invoice.state not in LIVE:
        return None
    given = invoice.checkout.fulfilment_state is not FulfilmentState.NONE
    return None if given and now - invoice.created_at > TWICE else invoice


def _place(
    session: Session,
    checkout: Checkout,
    wishes: InvoiceWishes,
    on_issue: bool,
    settings: Settings,
    now: datetime,
) -> Invoice:
    public_id = secrets.token_hex(16)
    invoice = Invoice(
        public_id=public_id,
        checkout=checkout,
        state=InvoiceState.CREATING,
        on_issue=on_issue,
        params=_params(checkout, public_id, wishes, settings),
        email=wishes.email or checkout.placed_by.email,
        po_number=wishes.po_number,
        total_cents=checkout.due_cents,
        created_at=now,
        due_at=now + NET,
    )
    session.add(invoice)
    session.flush()
    return invoice


def _params(
    checkout: Checkout, public_id: str, wishes: InvoiceWishes, settings: Settings
) -> Mapping[str, Any]:
    """What Stripe is asked for. Kept, because a repeat must say the same word for word."""
    mark = {
        "app": APP,
        "env": settings.env,
        "livemode": "false" if settings.test_money else "true",
        "checkout": checkout.public_id,
        "invoice": public_id,
    }
    fields = [{"name": name, "value": value} for name, value in wishes.references]
    about = {
        "customer": checkout.employer.stripe_customer_id,
        "collection_method": "send_invoice",
        "days_until_due": NET.days,
        "auto_advance": False,  # letters about it are ours
        "currency": checkout.currency,
        "metadata": mark,
        **({"description": f"PO number {wishes.po_number}"} if wishes.po_number else {}),
        **({"custom_fields": fields} if fields else {}),
        **({"automatic_tax": {"enabled": True}} if settings.automatic_tax else {}),
    }
    customer = {"address": _address(wishes.address)} if wishes.address else {}
    return {"invoice": about, "items": _items(checkout), "customer": customer}


def _items(checkout: Checkout) -> list[dict[str, Any]]:
    items = [
        {
            "amount": line.unit_cents * line.quantity,
            "currency": checkout.currency,
            "description": line.description,
        }
        for line in checkout.lines
    ]
    if checkout.discount_cents:
        off = {"amount": -checkout.discount_cents, "currency": checkout.currency}
        items.append({**off, "description": "Coupon"})
    return items


def _address(address: Address) -> dict[str, str]:
    return {
        "line1": address.line,
        "city": address.city,
        "state": address.state,
        "postal_code": address.zip_code,
        "country": "US",
    }


def check_may_void(invoice: Invoice) -> None:
    """Whether its employer may take it back. Raises ``Conflict`` for what has ended, or was given
    already."""
    if invoice.state is not InvoiceState.OPEN:
        raise Conflict
    if invoice.checkout.fulfilment_state is not FulfilmentState.NONE:
        raise Conflict(GIVEN)


def send_again(session: Session, invoice: Invoice, now: datetime) -> None:
    """The letter with the invoice, once more. Raises ``Conflict`` for what is not open."""
    if invoice.state is not InvoiceState.OPEN:
        raise Conflict
    dedupe = f"invoice_issued:{invoice.public_id}:{now:%Y%m%d%H%M}"
    outbox.send_email(session, "invoice_issued", invoice.id, now, dedupe)


def decide_terms(
    session: Session, employer_id: int, terms: Terms, reason: str, staff: User, now: datetime
) -> None:
    """How this employer pays on invoice from now on."""
    session.add(
        InvoiceTerms(
            employer_id=employer_id, terms=terms, reason=reason, decided_by=staff, decided_at=now
        )
    )
    session.flush()
