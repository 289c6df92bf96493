import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening, purchase


def test_a_session_opens_with_its_own_page_and_the_price_it_was_given(
    sim: Running, opened: Opening
) -> None:
    session = opened(client_reference_id="co_7", metadata={"checkout": "7"})
    assert session.id.startswith("cs_test_")
    assert session.url == f"{sim.url}/c/pay/{session.id}"
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert (session.amount_subtotal, session.amount_total, session.currency) == (
        (19900, 19900, "usd")
    )
    assert (session.client_reference_id, session.livemode) == ("co_7", False)


def test_a_session_lives_a_day_unless_told_otherwise(opened: Opening) -> None:
    session = opened()
    assert session.expires_at - session.created == 24 * 3600
    hour = session.created + 3600
    assert opened(expires_at=hour).expires_at == hour


@pytest.mark.parametrize("minutes", [29, 24 * 60 + 1])
def test_a_session_lives_between_half_an_hour_and_a_day(opened: Opening, minutes: int) -> None:
    created = opened().created
    with pytest.raises(stripe.InvalidRequestError, match="between 30 minutes and 24 hours"):
        opened(expires_at=created + minutes * 60)


def test_line_items_are_fetched_or_expanded_down_to_the_product(
    api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened(expand=["line_items.data.price.product"])
    assert session.line_items is not None
    price = session.line_items.data[0].price
    assert price is not None
    assert (price.unit_amount, price.active) == (19900, False)
    assert isinstance(price.product, stripe.Product)
    assert price.product.name == "Single posting, 30 days"
    fetched = api.v1.checkout.sessions.line_items.list(session.id).data
    assert [(line.description, line.quantity, line.amount_total) for line in fetched] == [
        ("Single posting, 30 days", 1, 19900)
    ]


def test_a_session_shows_its_line_items_only_when_asked(
    api: stripe.StripeClient, opened: Opening
) -> None:
    assert "line_items" not in api.v1.checkout.sessions.retrieve(opened().id)


def test_a_paid_session_expands_to_its_intent_and_charge(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.pay(session.id)
    paid = api.v1.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge", "customer"]}
    )
    assert isinstance(paid.payment_intent, stripe.PaymentIntent)
    assert isinstance(paid.payment_intent.latest_charge, stripe.Charge)
    assert paid.customer is None


def test_what_cannot_be_expanded_is_refused(api: stripe.StripeClient, opened: Opening) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        api.v1.checkout.sessions.retrieve(opened().id, {"expand": ["currency"]})


def test_several_lines_add_up(api: stripe.StripeClient) -> None:
    params = purchase(19900)
    params["line_items"] += purchase(4900)["line_items"] * 2
    params["line_items"][0]["quantity"] = 3
    session = api.v1.checkout.sessions.create(params)
    assert session.amount_total == 3 * 19900 + 2 * 4900


def test_lines_of_two_currencies_are_refused(api: stripe.StripeClient) -> None:
    params = purchase()
    params["line_items"] += purchase()["line_items"]
    params["line_items"][1]["price_data"]["currency"] = "eur"
    with pytest.raises(stripe.InvalidRequestError, match="same currency"):
        api.v1.checkout.sessions.create(params)


def test_less_than_fifty_cents_is_refused_and_nothing_is_free(opened: Opening) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        opened(49)
    assert refused.value.code == "amount_too_small"
    assert opened(0).payment_status == "no_payment_required"


def test_sessions_are_listed_newest_first_a_page_at_a_time(
    api: stripe.StripeClient, opened: Opening
) -> None:
    ids = [opened().id for _ in range(5)]
    first = api.v1.checkout.sessions.list({"limit": 2})
    assert [session.id for session in first.data] == [ids[4], ids[3]]
    assert first.has_more
    following = api.v1.checkout.sessions.list({"limit": 2, "starting_after": ids[3]})
    assert [session.id for session in following.data] == [ids[2], ids[1]]
    before = api.v1.checkout.sessions.list({"limit": 2, "ending_before": ids[1]})
    assert [session.id for session in before.data] == [ids[3], ids[2]]
    every = api.v1.checkout.sessions.list({"limit": 2}).auto_paging_iter()
    assert [session.id for session in every] == ids[::-1]


def test_sessions_are_listed_by_time_status_and_customer(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    customer = api.v1.customers.create({"email": "pay@mercy.example"})
    old = opened(customer=customer.id)
    sim.config(offset=3600)
    new = opened()
    listed = api.v1.checkout.sessions.list
    assert [s.id for s in listed({"created": {"gte": new.created}}).data] == [new.id]
    assert [s.id for s in listed({"created": {"lt": new.created}}).data] == [old.id]
    assert [s.id for s in listed({"customer": customer.id}).data] == [old.id]
    sim.pay(new.id)
    assert [s.id for s in listed({"status": "complete"}).data] == [new.id]
    assert [s.id for s in listed({"customer_details": {"email": "buyer@example.com"}}).data] == [
        new.id
    ]


def test_a_page_holds_at_most_a_hundred(api: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="between 1 and 100"):
        api.v1.checkout.sessions.list({"limit": 101})


def test_an_expired_session_has_no_page_and_cannot_expire_twice(
    api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    expired = api.v1.checkout.sessions.expire(session.id)
    assert (expired.status, expired.url) == ("expired", None)
    with pytest.raises(stripe.InvalidRequestError, match="status of expired"):
        api.v1.checkout.sessions.expire(session.id)


def test_a_session_expires_when_its_time_has_come(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.config(offset=24 * 3600 + 1)
    assert api.v1.checkout.sessions.retrieve(session.id).status == "expired"
    events = api.v1.events.list({"type": "checkout.session.expired"}).data
    assert [event.data.object["id"] for event in events] == [session.id]


def test_expiry_cancels_the_intent_of_a_declined_attempt(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.decline(session.id)
    api.v1.checkout.sessions.expire(session.id)
    intent = api.v1.payment_intents.list().data[0]
    assert (intent.status, intent.cancellation_reason) == ("canceled", "expired")


def test_addresses_that_are_no_web_addresses_are_refused(opened: Opening) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        opened(success_url="javascript:alert(1)")
    assert (refused.value.code, refused.value.param) == ("url_invalid", "success_url")


def test_a_session_for_a_customer_who_is_not_there_is_refused(opened: Opening) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="No such customer") as refused:
        opened(customer="cus_gone")
    assert (refused.value.http_status, refused.value.param) == (400, "customer")


def test_a_session_takes_a_customer_or_an_email_but_not_both(
    api: stripe.StripeClient, opened: Opening
) -> None:
    customer = api.v1.customers.create()
    with pytest.raises(stripe.InvalidRequestError, match="only specify one"):
        opened(customer=customer.id, customer_email="a@example.com")


def test_what_an_inline_price_made_is_listed(api: stripe.StripeClient, opened: Opening) -> None:
    opened()
    product = api.v1.products.list().data[0]
    price = api.v1.prices.list({"product": product.id}).data[0]
    assert (product.name, price.unit_amount) == ("Single posting, 30 days", 19900)
    assert api.v1.prices.retrieve(price.id).product == product.id
