"""Stripe's customer portal and what it keeps there. Only this module knows their names."""

from typing import Any, NoReturn, Protocol

import stripe

from careercenter.billing.gateway import OFF
from careercenter.billing.remote import answering, make_client
from careercenter.config import Settings
from careercenter.errors import Unavailable
from careercenter.portal.models import BillingDetails

PAPERS: Any = {"expand": ["invoice", "payment_intent.latest_charge"]}


class Portal(Protocol):
    """All wait on the network: never inside a transaction.

    They raise ``PaymentsDown`` and ``PaymentsRefused``.
    """

    def open(self, customer_id: str, return_url: str) -> str:
        """The address of the customer's own pages, good for one visit."""

    def details(self, customer_id: str) -> BillingDetails:
        """Gives up after five seconds, for a person is waiting."""

    def receipt(self, session_id: str) -> str:
        """The address of the receipt for a Checkout session; empty if there is none."""


def make_portal(settings: Settings) -> Portal:
    return StripePortal(settings) if settings.stripe_secret_key else Off()


class StripePortal:
    def __init__(self, settings: Settings) -> None:
        self._patient = make_client(settings)
        self._hurried = make_client(settings, (2, 3), 0)

    def open(self, customer_id: str, return_url: str) -> str:
        with answering("open_portal"):
            asked: Any = {"customer": customer_id, "return_url": return_url}
            return self._patient.v1.billing_portal.sessions.create(asked).url

    def details(self, customer_id: str) -> BillingDetails:
        with answering("retrieve_customer"):
            customer = self._hurried.v1.customers.retrieve(customer_id)
            if getattr(customer, "deleted", False):
                return BillingDetails()
            ids = self._hurried.v1.customers.tax_ids.list(customer_id)
        return BillingDetails(
            name=customer.name or "",
            email=customer.email or "",
            address=_lines(customer.address) if customer.address else (),
            tax_ids=tuple(row.value for row in ids.data),
        )

    def receipt(self, session_id: str) -> str:
        with answering("retrieve_receipt"):
            paid = self._patient.v1.checkout.sessions.retrieve(session_id, PAPERS)
        invoice, intent = paid.invoice, paid.payment_intent
        if isinstance(invoice, stripe.Invoice) and invoice.invoice_pdf:
            return invoice.invoice_pdf
        charge = intent.latest_charge if isinstance(intent, stripe.PaymentIntent) else None
        return (charge.receipt_url or "") if isinstance(charge, stripe.Charge) else ""


class Off:
    """A board where nobody can pay."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise Unavailable(OFF, 3600)

    open = details = receipt = _refuse


def _lines(address: stripe.Customer.Address) -> tuple[str, ...]:
    known = address.to_dict()
    place = " ".join(known[part] for part in ("state", "postal_code") if known.get(part))
    town = ", ".join(part for part in (known.get("city"), place) if part)
    lines = (known.get("line1"), known.get("line2"), town, known.get("country"))
    return tuple(line for line in lines if line)
