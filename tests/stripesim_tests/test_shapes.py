"""The simulator invents no key and leaves out none that the SDK says is always there."""

from typing import Any, get_args

import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening

KINDS: dict[str, type] = {
    "charge": stripe.Charge,
    "checkout.session": stripe.checkout.Session,
    "customer": stripe.Customer,
    "event": stripe.Event,
    "item": stripe.LineItem,
    "payment_intent": stripe.PaymentIntent,
    "price": stripe.Price,
    "product": stripe.Product,
    "refund": stripe.Refund,
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
    api.v1.refunds.create({"charge": api.v1.charges.list().data[-1].id})
    v1 = api.v1
    lists: list[Any] = [
        v1.charges.list(),
        v1.checkout.sessions.list({"expand": ["data.line_items"]}),
        v1.checkout.sessions.line_items.list(paid.id),
        v1.customers.list(),
        v1.events.list({"limit": 100}),
        v1.payment_intents.list(),
        v1.prices.list(),
        v1.products.list(),
        v1.refunds.list(),
        v1.webhook_endpoints.list(),
    ]
    shown = [row.to_dict() for listed in lists for row in listed.data]
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
