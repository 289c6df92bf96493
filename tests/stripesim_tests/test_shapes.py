"""The simulator invents no key and leaves out none that the SDK says is always there."""

from typing import Any, get_args

import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening

KINDS: dict[str, type] = {
    "billing_portal.session": stripe.billing_portal.Session,
    "charge": stripe.Charge,
    "checkout.session": stripe.checkout.Session,
    "coupon": stripe.Coupon,
    "customer": stripe.Customer,
    "dispute": stripe.Dispute,
    "event": stripe.Event,
    "invoice": stripe.Invoice,
    "invoice_payment": stripe.InvoicePayment,
    "invoiceitem": stripe.InvoiceItem,
    "item": stripe.LineItem,
    "line_item": stripe.InvoiceLineItem,
    "payment_intent": stripe.PaymentIntent,
    "plan": stripe.Plan,
    "price": stripe.Price,
    "product": stripe.Product,
    "radar.early_fraud_warning": stripe.radar.EarlyFraudWarning,
    "refund": stripe.Refund,
    "subscription": stripe.Subscription,
    "subscription_item": stripe.SubscriptionItem,
    "tax_id": stripe.TaxId,
    "webhook_endpoint": stripe.WebhookEndpoint,
}


@pytest.fixture
def everything(sim: Running, api: stripe.StripeClient, opened: Opening) -> list[dict[str, Any]]:
    """Each object the API shows after payments, refusals, debits, expiries and refunds."""
    customer = api.v1.customers.create({"email": "pay@mercy.example"})
    sim.hook("http://127.0.0.1:9/", "whsec_test")
    paid, waiting, failed, declined = (opened(customer=customer.id) for _ in range(4))
    sim.pay(paid.id)
    sim.bank_debit(waiting.id)
    sim.bank_debit(failed.id)
    sim.settle(failed.id, ok=False)
    sim.decline(declined.id)
    api.v1.checkout.sessions.expire(declined.id)
    charge = api.v1.charges.list().data[-1]
    api.v1.refunds.create({"charge": charge.id, "amount": 100})
    sim.warn(charge.payment_intent)
    sim.dispute(charge.payment_intent)
    bill(api, customer.id)
    subscribe(sim, api)
    return look_around(api, paid.id, customer.id)


def bill(api: stripe.StripeClient, customer: str) -> None:
    half: Any = {"percent_off": 50, "duration": "once"}
    api.v1.coupons.create(half)
    draft: Any = {"customer": customer, "collection_method": "send_invoice", "days_until_due": 30}
    invoice = api.v1.invoices.create(draft).id
    api.v1.invoice_items.create({"customer": customer, "invoice": invoice, "amount": 19900})
    api.v1.invoices.send_invoice(invoice)
    api.v1.invoices.pay(invoice)
    api.v1.customers.tax_ids.create(customer, {"type": "us_ein", "value": "12-3456789"})


def subscribe(sim: Running, api: stripe.StripeClient) -> None:
    monthly: Any = {"interval": "month"}
    price: Any = {"currency": "usd", "unit_amount": 49900, "recurring": monthly}
    line = {"quantity": 1, "price_data": {**price, "product_data": {"name": "Three slots"}}}
    taken: Any = {"mode": "subscription", "line_items": [line], "success_url": "http://shop.test/"}
    sim.pay(api.v1.checkout.sessions.create(taken).id)
    sim.config(offset=32 * 24 * 3600)


def look_around(api: stripe.StripeClient, session: str, customer: str) -> list[dict[str, Any]]:
    v1 = api.v1
    lists: list[Any] = [
        v1.charges.list(),
        v1.checkout.sessions.list({"expand": ["data.line_items"]}),
        v1.checkout.sessions.line_items.list(session),
        v1.coupons.list(),
        v1.customers.list(),
        v1.customers.tax_ids.list(customer),
        v1.disputes.list(),
        v1.events.list({"limit": 100}),
        v1.invoice_items.list(),
        v1.invoice_payments.list(),
        v1.invoices.list(),
        v1.payment_intents.list(),
        v1.prices.list(),
        v1.products.list(),
        v1.radar.early_fraud_warnings.list(),
        v1.refunds.list(),
        v1.subscriptions.list(),
        v1.webhook_endpoints.list(),
    ]
    shown = [row.to_dict() for listed in lists for row in listed.data]
    shown.append(v1.billing_portal.sessions.create({"customer": customer}).to_dict())
    for invoice in [row for row in shown if row["object"] == "invoice"]:
        shown += invoice["lines"]["data"]
    for subscription in [row for row in shown if row["object"] == "subscription"]:
        shown += subscription["items"]["data"]
    shown += [row["plan"] for row in shown if row["object"] == "subscription_item"]
    return shown + [row["data"]["object"] for row in shown if row["object"] == "event"]


def test_all_kinds_of_objects_are_looked_at(everything: list[dict[str, Any]]) -> None:
    assert {row["object"] for row in everything} == set(KINDS)


def test_no_object_has_a_key_the_library_does_not_know(everything: list[dict[str, Any]]) -> None:
    for row in everything:
        assert unknown(row, KINDS[row["object"]]) == []


def test_no_object_lacks_a_key_the_library_takes_for_granted(
    everything: list[dict[str, Any]],
) -> None:
    for row in everything:
        annotations = KINDS[row["object"]].__annotations__
        always = {name for name, hint in annotations.items() if type(None) not in get_args(hint)}
        assert always - row.keys() - {"OBJECT_NAME"} == set(), row["object"]


def test_every_event_is_of_a_type_the_library_knows(everything: list[dict[str, Any]]) -> None:
    known = get_args(stripe.Event.__annotations__["type"])
    for row in everything:
        assert row["object"] != "event" or row["type"] in known


def test_every_state_is_one_the_library_knows(everything: list[dict[str, Any]]) -> None:
    for row in everything:
        for name, hint in KINDS[row["object"]].__annotations__.items():
            words = [word for part in get_args(hint) for word in get_args(part)]
            if words and all(isinstance(word, str) for word in words) and row.get(name):
                assert row[name] in words, (row["object"], name)


def unknown(row: dict[str, Any], kind: type) -> list[str]:
    """Names in the row, or in the objects within it, that are not among the class's annotations."""
    found = [name for name in row if name not in kind.__annotations__]
    inner: dict[str, type] = getattr(kind, "_inner_class_types", {})
    for name in inner.keys() & row.keys():
        if isinstance(row[name], dict):
            found += [f"{name}.{below}" for below in unknown(row[name], inner[name])]
    return found
