from typing import Any

import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening, purchase

DAY = 24 * 3600
HOME: Any = {"country": "US", "state": "IA", "postal_code": "50309", "line1": "1 Locust Street"}


@pytest.fixture
def draft(api: stripe.StripeClient) -> Any:
    """`draft(**params)` makes one over $199.00 that is to be sent."""

    def make(**more: Any) -> stripe.Invoice:
        made = api.v1.customers.create({"email": "ap@mercy.example", "name": "Mercy"})
        sent: Any = {"collection_method": "send_invoice", "days_until_due": 30}
        invoice = api.v1.invoices.create({"customer": made.id, **sent, **more})
        item: Any = {"invoice": invoice.id, "amount": 19900, "description": "Posting"}
        api.v1.invoice_items.create({"customer": made.id, **item})
        return api.v1.invoices.retrieve(invoice.id)

    return make


def kinds(api: stripe.StripeClient) -> list[str]:
    return [event.type for event in reversed(api.v1.events.list({"limit": 100}).data)]


def test_an_invoice_is_drafted_sent_and_paid_on_its_page(
    sim: Running, api: stripe.StripeClient, draft: Any
) -> None:
    fields = [{"name": "PO number", "value": "4500-17"}]
    invoice = draft(custom_fields=fields)
    assert (invoice.status, invoice.amount_due, invoice.number) == ("draft", 19900, None)
    sent = api.v1.invoices.send_invoice(invoice.id)
    assert sent.status == "open"
    assert (sent.due_date or 0) - sent.created in range(30 * DAY - 3, 30 * DAY + 3)
    page = sim.send("GET", f"/i/{invoice.id}")
    assert "4500-17" in page.text
    assert "$199.00" in page.text
    assert sim.pay_invoice(invoice.id).status == 303
    paid = api.v1.invoices.retrieve(invoice.id, {"expand": ["payments"]})
    assert (paid.status, paid.amount_paid, paid.amount_remaining) == ("paid", 19900, 0)
    assert paid.payments is not None
    assert paid.payments.data[0].payment.payment_intent is not None
    assert kinds(api)[-2:] == ["invoice.paid", "invoice.payment_succeeded"]


def test_an_invoice_can_be_opened_as_pdf(
    sim: Running, api: stripe.StripeClient, draft: Any
) -> None:
    sent = api.v1.invoices.finalize_invoice(draft().id)
    assert sent.invoice_pdf == f"{sent.hosted_invoice_url}/pdf"
    printed = sim.send("GET", f"/i/{sent.id}/pdf")
    assert printed.text.startswith("%PDF-1.4")
    assert f"Invoice {sent.number}" in printed.text


def test_a_declined_card_leaves_it_open(sim: Running, api: stripe.StripeClient, draft: Any) -> None:
    sent = api.v1.invoices.send_invoice(draft().id)
    assert "declined" in sim.pay_invoice(sent.id, "decline").text
    assert api.v1.invoices.retrieve(sent.id).status == "open"
    assert kinds(api)[-1] == "invoice.payment_failed"


@pytest.mark.parametrize(("ok", "status"), [(True, "paid"), (False, "open")])
def test_a_bank_debit_is_answered_later(
    sim: Running, api: stripe.StripeClient, draft: Any, ok: bool, status: str
) -> None:
    sent = api.v1.invoices.send_invoice(draft().id)
    sim.pay_invoice(sent.id, "debit")
    assert api.v1.invoices.retrieve(sent.id).status == "open"
    sim.settle_invoice(sent.id, ok)
    assert api.v1.invoices.retrieve(sent.id).status == status


def test_an_invoice_is_overdue_once_its_day_has_come(
    sim: Running, api: stripe.StripeClient, draft: Any
) -> None:
    api.v1.invoices.send_invoice(draft().id)
    sim.config(offset=31 * DAY)
    sim.config(offset=32 * DAY)
    assert kinds(api).count("invoice.overdue") == 1


def test_what_is_void_cannot_be_paid(sim: Running, api: stripe.StripeClient, draft: Any) -> None:
    sent = api.v1.invoices.send_invoice(draft().id)
    assert api.v1.invoices.void_invoice(sent.id).status == "void"
    sim.pay_invoice(sent.id)
    assert api.v1.invoices.retrieve(sent.id).status == "void"
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.invoices.void_invoice(sent.id)


def test_a_cheque_is_money_too(api: stripe.StripeClient, draft: Any) -> None:
    sent = api.v1.invoices.send_invoice(draft().id)
    paid = api.v1.invoices.pay(sent.id, {"paid_out_of_band": True})
    assert (paid.status, paid.amount_paid_off_stripe) == ("paid", 19900)


def test_tax_needs_the_customers_address(api: stripe.StripeClient, draft: Any) -> None:
    invoice = draft(automatic_tax={"enabled": True})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.invoices.finalize_invoice(invoice.id)
    assert refused.value.code == "customer_tax_location_invalid"


@pytest.mark.parametrize(
    "more",
    [
        {"days_until_due": None},
        {"custom_fields": [{"name": "a", "value": "b"}] * 5},
        {"custom_fields": [{"name": "a" * 41, "value": "b"}]},
    ],
)
def test_terms_that_stripe_would_not_take_are_refused(draft: Any, more: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        draft(**more)


def test_a_purchase_can_ask_for_an_invoice_that_is_paid_already(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened(invoice_creation={"enabled": True})
    sim.pay(session.id)
    after = api.v1.checkout.sessions.retrieve(session.id, {"expand": ["invoice"]})
    assert isinstance(after.invoice, stripe.Invoice)
    assert (after.invoice.status, after.invoice.amount_paid) == ("paid", 19900)


def test_tax_is_added_once_the_payer_has_said_where_they_are(
    sim: Running, api: stripe.StripeClient
) -> None:
    customer = api.v1.customers.create({"email": "ap@mercy.example"}).id
    taxed: Any = {"automatic_tax": {"enabled": True}, "customer": customer}
    with pytest.raises(stripe.InvalidRequestError, match="valid address"):
        api.v1.checkout.sessions.create(purchase(**taxed))
    kept: Any = {**taxed, "customer_update": {"address": "auto", "name": "auto"}}
    session = api.v1.checkout.sessions.create(purchase(**kept))
    assert session.automatic_tax.status == "requires_location_inputs"
    assert session.amount_total == 19900
    sim.pay(session.id)
    after = api.v1.checkout.sessions.retrieve(session.id)
    assert after.total_details is not None
    assert (after.total_details.amount_tax, after.amount_total) == (1642, 21542)
    assert api.v1.customers.retrieve(customer).address is not None
