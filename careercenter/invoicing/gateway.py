"""Stripe's invoices. Only this module knows their names there."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn, Protocol

import stripe

from careercenter.billing.gateway import OFF, step
from careercenter.billing.remote import PaymentsRefused, answering, make_client
from careercenter.config import Settings
from careercenter.errors import Unavailable
from careercenter.invoicing.models import RemoteInvoice

EXPAND: Any = {"expand": ["payments"]}


class Invoices(Protocol):
    """All wait on the network: never inside a transaction.

    They raise ``PaymentsDown`` and ``PaymentsRefused``.
    """

    def issue(self, params: Mapping[str, Any], key: str) -> RemoteInvoice:
        """Make it and make it final. ``params``: those of the ``invoice``, of its ``items`` and of
        the ``customer``, who may have none. Twice with one key and params: the same invoice.
        """

    def retrieve(self, invoice_id: str) -> RemoteInvoice: ...

    def find(self, customer_id: str, public_id: str) -> RemoteInvoice | None:
        """The customer's invoice that has our id on it, if it was made final."""

    def void(self, invoice_id: str) -> RemoteInvoice:
        """Take it back, if it is open still; tell how it stands."""

    def write_off(self, invoice_id: str) -> RemoteInvoice:
        """Give it up as uncollectible, if it is open still; tell how it stands."""

    def note_paid(self, invoice_id: str) -> RemoteInvoice:
        """It was paid by check or transfer, if it is open still; tell how it stands."""


def make_invoices(settings: Settings) -> Invoices:
    return StripeInvoices(settings) if settings.stripe_secret_key else Off()


class StripeInvoices:
    def __init__(self, settings: Settings) -> None:
        self._client = make_client(settings)

    def issue(self, params: Mapping[str, Any], key: str) -> RemoteInvoice:
        about: Any = dict(params["invoice"])
        customer_id, known = about["customer"], params["customer"]
        with answering("issue_invoice"):
            if known:
                self._client.v1.customers.update(customer_id, dict(known))  # type: ignore[arg-type]
            draft = self._client.v1.invoices.create(about, {"idempotency_key": f"{key}:draft"})
            for number, given in enumerate(params["items"], 1):
                item: Any = {**given, "customer": customer_id, "invoice": draft.id}
                own: Any = {"idempotency_key": f"{key}:item:{number}"}
                self._client.v1.invoice_items.create(item, own)
            step("in-stripe")
            final: Any = {"idempotency_key": f"{key}:final"}
            self._client.v1.invoices.finalize_invoice(draft.id, {"auto_advance": False}, final)
        return self.retrieve(draft.id)

    def retrieve(self, invoice_id: str) -> RemoteInvoice:
        with answering("retrieve_invoice"):
            return _invoice(self._client.v1.invoices.retrieve(invoice_id, EXPAND))

    def find(self, customer_id: str, public_id: str) -> RemoteInvoice | None:
        with answering("list_invoices"):
            first = self._client.v1.invoices.list({"customer": customer_id, "limit": 100})
            made = [row for row in first.auto_paging_iter() if row.status != "draft"]
        ids = [row.id for row in made if _mark(row).get("invoice") == public_id]
        return self.retrieve(ids[0]) if ids else None

    def void(self, invoice_id: str) -> RemoteInvoice:
        try:
            with answering("void_invoice"):
                self._client.v1.invoices.void_invoice(invoice_id)
        except PaymentsRefused:
            pass  # it had ended already; how is what we ask next
        return self.retrieve(invoice_id)

    def write_off(self, invoice_id: str) -> RemoteInvoice:
        try:
            with answering("write_off_invoice"):
                self._client.v1.invoices.mark_uncollectible(invoice_id)
        except PaymentsRefused:
            pass
        return self.retrieve(invoice_id)

    def note_paid(self, invoice_id: str) -> RemoteInvoice:
        try:
            with answering("pay_invoice"):
                self._client.v1.invoices.pay(invoice_id, {"paid_out_of_band": True})
        except PaymentsRefused:
            pass
        return self.retrieve(invoice_id)


class Off:
    """A board where nobody can pay."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise Unavailable(OFF, 3600)

    issue = retrieve = find = void = write_off = note_paid = _refuse


def _invoice(invoice: stripe.Invoice) -> RemoteInvoice:
    due = invoice.due_date
    return RemoteInvoice(
        id=invoice.id,
        status=invoice.status or "",
        number=invoice.number or "",
        url=invoice.hosted_invoice_url or "",
        pdf_url=invoice.invoice_pdf or "",
        metadata=_mark(invoice),
        livemode=invoice.livemode,
        currency=invoice.currency,
        tax_cents=sum(tax.amount for tax in invoice.total_taxes or ()),
        total_cents=invoice.total,
        due_at=datetime.fromtimestamp(due, UTC) if due else None,
        payment_intent_id=_intent(invoice),
    )


def _mark(invoice: stripe.Invoice) -> dict[str, str]:
    return dict(invoice.metadata.to_dict() if invoice.metadata else {})


def _intent(invoice: stripe.Invoice) -> str | None:
    rows = invoice.payments.data if invoice.payments else []
    paid = [row.payment.payment_intent for row in rows if row.status == "paid"]
    intent = next((each for each in paid if each), None)
    return intent if isinstance(intent, str) or intent is None else intent.id
