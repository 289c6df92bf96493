import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening
from tests.stripesim_tests.receiver import Receiver


def test_a_lying_stripe_shows_another_amount(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.pay(session.id)
    sim.control("tamper", session=session.id, amount_total=1, currency="eur")
    lie = api.v1.checkout.sessions.retrieve(session.id)
    assert (lie.amount_total, lie.currency, lie.payment_status) == (1, "eur", "paid")


def test_a_lying_stripe_sends_events_from_live_mode(
    sim: Running, opened: Opening, receiver: Receiver
) -> None:
    session = opened()
    sim.config(paused=True)
    sim.tamper(session.id, livemode=True)
    sim.pay(session.id)
    sim.flush()
    assert {event.livemode for event in receiver.events()} == {True}


def test_any_object_can_lie_but_only_in_its_own_words(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.pay(opened().id)
    charge = api.v1.charges.list().data[0]
    sim.tamper(charge.id, amount_refunded=500)
    assert api.v1.charges.retrieve(charge.id).amount_refunded == 500
    with pytest.raises(ValueError, match="charge has no colour"):
        sim.tamper(charge.id, colour="red")


def test_an_event_can_be_sent_about_anything(
    sim: Running, api: stripe.StripeClient, opened: Opening, receiver: Receiver
) -> None:
    sim.pay(opened().id)
    refund = api.v1.refunds.create({"charge": api.v1.charges.list().data[0].id})
    sim.flush()
    sim.tamper(refund.id, status="failed")
    sim.config(paused=True)
    sim.control("emit", type="refund.failed", object=refund.id)
    sim.flush()
    last = receiver.events()[-1]
    assert (last.type, last.data.object["status"]) == ("refund.failed", "failed")


def test_the_journal_keeps_what_was_asked_and_how_it_was_answered(
    sim: Running, opened: Opening
) -> None:
    session = opened(client_reference_id="co_7", options={"idempotency_key": "co:7:1"})
    with pytest.raises(stripe.InvalidRequestError):
        opened(client_reference="typo")
    good, bad = sim.requests("POST /v1/checkout/sessions")
    assert (good["status"], good["idempotency_key"]) == (200, "co:7:1")
    assert good["params"]["client_reference_id"] == "co_7"
    assert (bad["status"], bad["method"]) == (400, "POST")
    assert sim.requests(f"GET /v1/checkout/sessions/{session.id}") == []


def test_a_reset_forgets_everything(
    sim: Running, api: stripe.StripeClient, opened: Opening, receiver: Receiver
) -> None:
    sim.pay(opened().id)
    sim.fault("*", "500")
    sim.config(offset=99)
    assert sim.control("reset") == {}
    assert api.v1.checkout.sessions.list().data == []
    assert api.v1.webhook_endpoints.list().data == []
    assert (sim.log(), sim.config()["offset"]) == ([], 0)


def test_a_reset_keeps_the_endpoint_it_was_started_with(opened: Opening) -> None:
    with Running(webhook=("http://127.0.0.1:9/", "whsec_test")) as sim:
        sim.control("reset")
        hooks = sim.client().v1.webhook_endpoints.list().data
        assert [hook.url for hook in hooks] == ["http://127.0.0.1:9/"]


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        ("config", {"order": "random"}, "order is"),
        ("config", {"paused": "yes"}, "paused must be"),
        ("config", {"dup": -1}, "dup must be"),
        ("config", {"speed": 1}, "speed"),
        ("hook", {"url": "http://127.0.0.1:9/"}, "secret is missing"),
        ("hook", {"url": "ftp://x", "secret": "whsec_test"}, "Not a valid URL"),
        ("settle", {"session": "cs_test_none"}, "missing or unknown"),
        ("tamper", {"object": "ch_none"}, "no such object"),
        ("nonsense", {}, "no POST /_sim/nonsense here"),
    ],
)
def test_a_control_that_makes_no_sense_is_refused(
    sim: Running, name: str, given: dict[str, object], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        sim.control(name, **given)
