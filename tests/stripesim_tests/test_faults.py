import time

import pytest
import stripe
from stripe import RequestsClient

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening, purchase
from tests.stripesim_tests.receiver import eventually

CREATE = "POST /v1/checkout/sessions"


def test_a_server_error_befalls_as_many_requests_as_told(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.fault(CREATE, "500", times=2)
    for _ in range(2):
        with pytest.raises(stripe.APIError) as failed:
            opened()
        assert failed.value.http_status == 500
    assert opened().status == "open"
    assert len(api.v1.checkout.sessions.list().data) == 1


def test_too_many_requests_are_told_as_such(sim: Running, opened: Opening) -> None:
    sim.fault(CREATE, "429")
    with pytest.raises(stripe.RateLimitError) as failed:
        opened()
    assert failed.value.http_status == 429


def test_a_fault_befalls_only_what_it_matches(sim: Running, api: stripe.StripeClient) -> None:
    sim.fault("GET /v1/customers/*", "500", times=9)
    customer = api.v1.customers.create()
    assert len(api.v1.customers.list().data) == 1
    with pytest.raises(stripe.APIError):
        api.v1.customers.retrieve(customer.id)


def test_an_answer_can_be_lost_after_the_deed(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.fault(CREATE, "drop_after")
    with pytest.raises(stripe.APIConnectionError):
        opened()
    assert len(api.v1.checkout.sessions.list().data) == 1


def test_a_request_that_times_out_is_carried_out_all_the_same(sim: Running) -> None:
    sim.fault(CREATE, "timeout", seconds=0.4)
    hasty = stripe.StripeClient(
        "sk_test_1",
        base_addresses={"api": sim.url},
        http_client=RequestsClient(timeout=0.1),
        max_network_retries=0,
    )
    with pytest.raises(stripe.APIConnectionError):
        hasty.v1.checkout.sessions.create(purchase())
    eventually(lambda: sim.client().v1.checkout.sessions.list().data)


def test_faults_are_shown_and_taken_back(sim: Running, opened: Opening) -> None:
    sim.fault(CREATE, "500", times=3)
    with pytest.raises(stripe.APIError):
        opened()
    shown = sim.send("GET", "/_sim/faults").text
    assert '"times":2' in shown.replace(" ", "")
    sim.send("DELETE", "/_sim/faults")
    assert opened().status == "open"


def test_the_journal_names_the_fault_that_struck(sim: Running, opened: Opening) -> None:
    sim.fault(CREATE, "500")
    with pytest.raises(stripe.APIError):
        opened()
    entry = sim.requests(CREATE)[0]
    assert (entry["status"], entry["fault"]) == (500, "500")


@pytest.mark.parametrize(
    "wrong", [{"mode": "fire"}, {"mode": "500", "times": "2"}, {"mode": "500", "size": 1}]
)
def test_a_fault_that_makes_no_sense_is_refused(sim: Running, wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"mode is|times is|size"):
        sim.control("faults", match=CREATE, **wrong)


def test_a_request_held_up_does_not_hold_up_the_end() -> None:
    with Running() as sim:
        sim.fault(CREATE, "timeout")
        hasty = stripe.StripeClient(
            "sk_test_1",
            base_addresses={"api": sim.url},
            http_client=RequestsClient(timeout=0.1),
            max_network_retries=0,
        )
        with pytest.raises(stripe.APIConnectionError):
            hasty.v1.checkout.sessions.create(purchase())
        began = time.monotonic()
    assert time.monotonic() - began < 2
