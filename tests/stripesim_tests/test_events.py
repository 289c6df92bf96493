import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening


def types(api: stripe.StripeClient) -> list[str]:
    """Of all events so far, oldest first."""
    return [str(event.type) for event in api.v1.events.list({"limit": 100}).data][::-1]


def test_a_payment_is_told_in_four_events(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.pay(opened().id)
    assert types(api) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_a_declined_card_is_told_and_completes_nothing(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.decline(opened().id)
    assert types(api) == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
    ]


def test_a_bank_debit_is_told_when_begun_and_when_settled(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.bank_debit(session.id)
    sim.settle(session.id)
    assert types(api)[1:] == [
        "charge.pending",
        "payment_intent.processing",
        "checkout.session.completed",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.async_payment_succeeded",
    ]


def test_a_refund_is_told_twice_with_the_request_that_made_it(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.pay(opened().id)
    charge = api.v1.charges.list().data[0]
    api.v1.refunds.create({"charge": charge.id}, {"idempotency_key": "refund:1"})
    events = api.v1.events.list({"types": ["refund.created", "charge.refunded"]}).data
    assert [event.type for event in events] == ["charge.refunded", "refund.created"]
    assert events[0].request is not None
    assert events[0].request.idempotency_key == "refund:1"


def test_an_event_shows_the_object_as_it_was_then(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.bank_debit(session.id)
    sim.settle(session.id)
    completed = api.v1.events.list({"type": "checkout.session.completed"}).data[0]
    assert completed.data.object["payment_status"] == "unpaid"
    assert (completed.livemode, completed.api_version) == (False, stripe.api_version)


def test_one_event_is_fetched_by_its_id(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.pay(opened().id)
    latest = api.v1.events.list({"limit": 1}).data[0]
    assert api.v1.events.retrieve(latest.id).type == "checkout.session.completed"


def test_events_are_listed_by_type_and_time_and_paged(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.pay(opened().id)
    sim.config(offset=3600)
    sim.pay(opened().id)
    listed = api.v1.events.list
    late = listed({"limit": 1}).data[0].created
    assert len(listed({"created": {"gte": late}}).data) == 4
    assert len(listed({"types": ["charge.succeeded"], "created": {"lt": late}}).data) == 1
    assert len(listed({"type": "payment_intent.*"}).data) == 4
    assert len(list(listed({"limit": 3}).auto_paging_iter())) == 8


def test_events_are_listed_by_one_type_or_by_several(api: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="type, types"):
        api.v1.events.list({"type": "charge.failed", "types": ["charge.failed"]})
