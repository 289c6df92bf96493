from datetime import UTC, datetime
from typing import Any

import pytest
import stripe

from tests.stripesim import subscriptions
from tests.stripesim.running import Running

MONTH = 31 * 24 * 3600
THREE: Any = {"currency": "usd", "unit_amount": 49900, "recurring": {"interval": "month"}}


@pytest.fixture
def product(api: stripe.StripeClient) -> str:
    return api.v1.products.create({"id": "slots", "name": "Slots"}).id


@pytest.fixture
def taken(sim: Running, api: stripe.StripeClient, product: str) -> stripe.Subscription:
    """A subscription that somebody took on the payment page."""
    customer = api.v1.customers.create({"email": "ap@mercy.example"}).id
    line = {"quantity": 1, "price_data": {**THREE, "product": product}}
    wanted: Any = {
        "mode": "subscription",
        "customer": customer,
        "line_items": [line],
        "success_url": "http://shop.test/",
        "subscription_data": {"metadata": {"employer": "7"}},
    }
    session = api.v1.checkout.sessions.create(wanted)
    sim.pay(session.id)
    after = api.v1.checkout.sessions.retrieve(session.id)
    assert (after.payment_status, after.payment_intent) == ("paid", None)
    return api.v1.subscriptions.retrieve(str(after.subscription))


def again(api: stripe.StripeClient, taken: stripe.Subscription) -> stripe.Subscription:
    return api.v1.subscriptions.retrieve(taken.id, {"expand": ["latest_invoice"]})


def item(subscription: stripe.Subscription) -> stripe.SubscriptionItem:
    return subscription["items"].data[0]


def test_it_begins_paid_and_active(api: stripe.StripeClient, taken: stripe.Subscription) -> None:
    assert (taken.status, taken.metadata["employer"]) == ("active", "7")
    assert item(taken).price.unit_amount == 49900
    (invoice,) = api.v1.invoices.list().data
    assert (invoice.billing_reason, invoice.status) == ("subscription_create", "paid")


def test_it_renews_when_the_clock_says_so(
    sim: Running, api: stripe.StripeClient, taken: stripe.Subscription
) -> None:
    sim.config(offset=MONTH)
    after = again(api, taken)
    assert item(after).current_period_start == item(taken).current_period_end
    assert [row.status for row in api.v1.invoices.list().data] == ["paid", "paid"]


def test_a_card_that_fails_makes_it_past_due_and_in_the_end_ends_it(
    sim: Running, api: stripe.StripeClient, taken: stripe.Subscription
) -> None:
    portal(sim, api, taken, "bad")
    sim.config(offset=MONTH)
    assert again(api, taken).status == "past_due"
    sim.config(offset=MONTH + 20 * 24 * 3600)
    after = again(api, taken)
    assert after.status == "canceled"
    assert after.cancellation_details is not None
    assert after.cancellation_details.reason == "payment_failed"


def test_a_good_card_makes_it_active_again(
    sim: Running, api: stripe.StripeClient, taken: stripe.Subscription
) -> None:
    portal(sim, api, taken, "bad")
    sim.config(offset=MONTH)
    portal(sim, api, taken, "good")
    assert again(api, taken).status == "active"


def test_more_is_charged_at_once_for_what_is_left_of_the_period(
    api: stripe.StripeClient, taken: stripe.Subscription, product: str
) -> None:
    ten: Any = {**THREE, "unit_amount": 139000, "product": product}
    changed: Any = {"items": [{"id": item(taken).id, "price_data": ten}]}
    api.v1.subscriptions.update(taken.id, {**changed, "proration_behavior": "always_invoice"})
    after = again(api, taken)
    assert item(after).price.unit_amount == 139000
    assert isinstance(after.latest_invoice, stripe.Invoice)
    assert after.latest_invoice.amount_paid == 139000 - 49900


def test_a_card_that_fails_stops_the_change_where_that_was_asked(
    sim: Running, api: stripe.StripeClient, taken: stripe.Subscription
) -> None:
    portal(sim, api, taken, "bad")
    changed: Any = {"items": [{"id": item(taken).id, "quantity": 2}]}
    strict: Any = {
        "proration_behavior": "always_invoice",
        "payment_behavior": "error_if_incomplete",
    }
    with pytest.raises(stripe.CardError):
        api.v1.subscriptions.update(taken.id, {**changed, **strict})
    assert item(again(api, taken)).quantity == 1


def test_it_can_be_left_at_the_end_of_the_period_and_kept_after_all(
    sim: Running, api: stripe.StripeClient, taken: stripe.Subscription
) -> None:
    api.v1.subscriptions.update(taken.id, {"cancel_at_period_end": True})
    assert again(api, taken).cancel_at == item(taken).current_period_end
    portal(sim, api, taken, "stay")
    assert again(api, taken).cancel_at is None
    portal(sim, api, taken, "leave")
    sim.config(offset=MONTH)
    assert again(api, taken).status == "canceled"
    assert api.v1.subscriptions.list().data == []
    assert len(api.v1.subscriptions.list({"status": "all"}).data) == 1


def test_a_period_ends_on_the_day_of_the_month_on_which_it_began() -> None:
    def at(*day: int) -> int:
        return int(datetime(*day, tzinfo=UTC).timestamp())  # type: ignore[misc, arg-type]

    monthly = {"interval": "month", "interval_count": 1}
    assert subscriptions.after(at(2027, 1, 31), monthly, at(2027, 1, 31)) == at(2027, 2, 28)
    assert subscriptions.after(at(2027, 2, 28), monthly, at(2027, 1, 31)) == at(2027, 3, 31)
    yearly = {"interval": "year", "interval_count": 1}
    assert subscriptions.after(at(2028, 2, 29), yearly, at(2028, 2, 29)) == at(2029, 2, 28)


def portal(sim: Running, api: stripe.StripeClient, taken: stripe.Subscription, action: str) -> None:
    """Press a button of the customer's own pages."""
    back: Any = {"customer": str(taken.customer), "return_url": "http://shop.test/hire/billing"}
    visit = api.v1.billing_portal.sessions.create(back)
    path = visit.url.removeprefix(sim.url)
    assert "Payment method" in sim.send("GET", path).text
    pressed = sim.send("POST", path, f"action={action}&subscription={taken.id}")
    assert pressed.status == 303
    assert sim.send("POST", path, "action=return").location == "http://shop.test/hire/billing"


def test_a_price_must_fit_the_mode(api: stripe.StripeClient) -> None:
    line = {"quantity": 1, "price_data": {**THREE, "product_data": {"name": "Slots"}}}
    wrong: Any = {"mode": "payment", "line_items": [line], "success_url": "http://shop.test/"}
    with pytest.raises(stripe.InvalidRequestError, match="recurring"):
        api.v1.checkout.sessions.create(wrong)
