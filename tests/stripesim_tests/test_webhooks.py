import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening
from tests.stripesim_tests.receiver import SECRET, Receiver, eventually

PAID = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def test_events_arrive_signed_and_in_turn(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    session = opened()
    sim.pay(session.id)
    eventually(lambda: len(receiver.bodies) == 4)
    assert receiver.types == PAID
    assert receiver.events()[-1].data.object["id"] == session.id


def test_a_signature_fits_only_its_own_secret_and_body(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    sim.pay(opened().id)
    sim.flush()
    body, signature = receiver.bodies[0], receiver.signatures[0]
    for wrong in ((body + b" ", SECRET), (body, "whsec_other")):
        with pytest.raises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(wrong[0], signature, wrong[1])


def test_a_refused_event_is_tried_again_until_it_is_taken(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    sim.config(backoff=0.01)
    receiver.answers = [500, 302, 503]
    sim.pay(opened().id)
    eventually(lambda: len(receiver.bodies) == 7)
    assert sorted(set(receiver.types)) == sorted(PAID)
    assert sorted(entry["status"] for entry in sim.log()) == [200, 200, 200, 200, 302, 500, 503]


def test_an_endpoint_that_never_answers_is_given_up(sim: Running, opened: Opening) -> None:
    sim.hook("http://127.0.0.1:9/", SECRET)
    sim.config(backoff=0.0, attempts=3)
    sim.pay(opened().id)
    eventually(lambda: len(sim.log()) == 4 * 3)
    assert {entry["status"] for entry in sim.log()} == {0}
    assert "ConnectionRefusedError" in sim.log()[0]["error"]
    assert sim.flush() == {"delivered": 0, "failed": 0, "pending": 0}


def test_nothing_arrives_while_paused_except_by_a_flush(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    sim.config(paused=True)
    sim.pay(opened().id)
    assert receiver.bodies == []
    assert sim.flush() == {"delivered": 4, "failed": 0, "pending": 0}
    assert receiver.types == PAID


def test_the_end_of_a_pause_lets_everything_through(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    sim.config(paused=True)
    sim.pay(opened().id)
    sim.config(paused=False)
    eventually(lambda: len(receiver.bodies) == 4)


def test_events_arrive_as_often_as_told(sim: Running, opened: Opening, receiver: Receiver) -> None:
    sim.config(paused=True, dup=3)
    sim.pay(opened().id)
    assert sim.flush()["delivered"] == 12
    assert len({event.id for event in receiver.events()}) == 4


def test_the_newest_event_arrives_first_where_told(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    sim.config(paused=True, order="lifo")
    sim.pay(opened().id)
    sim.flush()
    assert receiver.types == PAID[::-1]


def test_waiting_events_can_be_lost_and_sent_again(
    sim: Running, api: stripe.StripeClient, opened: Opening, receiver: Receiver
) -> None:
    sim.config(paused=True)
    sim.pay(opened().id)
    assert sim.control("drop") == {"dropped": 4}
    assert sim.flush()["delivered"] == 0
    event = api.v1.events.list({"type": "checkout.session.completed"}).data[0]
    assert sim.control("resend", event=event.id) == {"queued": 1}
    assert sim.control("resend") == {"queued": 4}
    sim.flush()
    assert receiver.types == [event.type, *PAID]


def test_no_event_leaves_while_told_to_drop_them(
    sim: Running, api: stripe.StripeClient, opened: Opening, receiver: Receiver
) -> None:
    sim.config(drop=True)
    sim.pay(opened().id)
    assert sim.flush()["delivered"] == 0
    assert len(api.v1.events.list().data) == 4


def test_a_delay_holds_events_back_for_so_long(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    sim.config(delay=0.3)
    sim.pay(opened().id)
    assert receiver.bodies == []
    eventually(lambda: len(receiver.bodies) == 4)


def test_an_endpoint_hears_only_what_it_asked_for(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    sim.hook(receiver.url, SECRET, "checkout.session.completed", "charge.refunded")
    sim.config(paused=True)
    sim.pay(opened().id)
    sim.flush()
    assert receiver.types == ["checkout.session.completed"]


def test_endpoints_are_managed_through_the_api(
    sim: Running, api: stripe.StripeClient, receiver: Receiver
) -> None:
    sim.config(paused=True)
    made = api.v1.webhook_endpoints.create(
        {"url": receiver.url + "?two", "enabled_events": ["customer.created"]}
    )
    assert str(made.secret).startswith("whsec_")
    assert "secret" not in api.v1.webhook_endpoints.retrieve(made.id)
    api.v1.webhook_endpoints.update(made.id, {"disabled": True})
    api.v1.customers.create()
    assert sim.flush()["delivered"] == 1
    api.v1.webhook_endpoints.delete(made.id)
    assert len(api.v1.webhook_endpoints.list().data) == 1


def test_an_event_counts_the_endpoints_that_still_wait_for_it(
    sim: Running, api: stripe.StripeClient, opened: Opening, receiver: Receiver
) -> None:
    sim.config(paused=True)
    sim.pay(opened().id)
    waiting = api.v1.events.list({"delivery_success": False}).data
    assert [event.pending_webhooks for event in waiting] == [1, 1, 1, 1]
    sim.flush()
    assert api.v1.events.list({"delivery_success": False}).data == []
    assert len(api.v1.events.list({"delivery_success": True}).data) == 4


def test_an_expiry_is_told_without_anybody_asking(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    opened()
    sim.simulator.memory.config = type(sim.simulator.memory.config)(offset=24 * 3600 + 1)
    eventually(lambda: receiver.types == ["checkout.session.expired"])
