import threading
from http.client import HTTPConnection
from typing import Any

import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening, purchase
from tests.stripesim_tests.receiver import eventually

KEY: Any = {"idempotency_key": "co:7:1"}


def post(sim: Running, path: str, body: str, key: str) -> tuple[bytes, str | None]:
    """The raw answer and its Idempotent-Replayed header."""
    connection = HTTPConnection(sim.url.removeprefix("http://"))
    headers = {
        "Authorization": "Bearer sk_test_1",
        "Idempotency-Key": key,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", path, body, headers)
    with connection.getresponse() as response:
        answer = response.read(), response.getheader("Idempotent-Replayed")
    connection.close()
    return answer


def test_the_same_key_gives_the_same_session(opened: Opening) -> None:
    assert opened(options=KEY).id == opened(options=KEY).id


def test_a_repeated_answer_is_the_same_to_the_byte_even_after_changes(
    sim: Running, api: stripe.StripeClient
) -> None:
    first, fresh = post(sim, "/v1/customers", "name=Mercy", "cus:7")
    api.v1.customers.update(api.v1.customers.list().data[0].id, {"name": "Mercy West"})
    second, replayed = post(sim, "/v1/customers", "name=Mercy", "cus:7")
    assert second == first
    assert (fresh, replayed) == (None, "true")


def test_a_key_with_other_parameters_is_refused(opened: Opening) -> None:
    opened(options=KEY)
    with pytest.raises(stripe.IdempotencyError) as refused:
        opened(4900, options=KEY)
    assert refused.value.http_status == 400
    assert "same parameters" in str(refused.value)


def test_a_key_in_flight_answers_409(sim: Running, opened: Opening) -> None:
    sim.fault("POST /v1/checkout/sessions", "timeout", seconds=0.5)
    made: list[str] = []
    slow = threading.Thread(target=lambda: made.append(opened(options=KEY).id))
    slow.start()
    eventually(lambda: sim.simulator.memory.in_flight)
    with pytest.raises(stripe.StripeError) as refused:
        opened(options=KEY)
    assert refused.value.http_status == 409
    assert refused.value.error is not None
    assert refused.value.error.code == "idempotency_key_in_use"
    slow.join()
    assert opened(options=KEY).id == made[0]


def test_a_refusal_by_the_endpoint_is_repeated_too(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.pay(opened().id)
    charge = api.v1.charges.list().data[0].id
    for _ in range(2):
        with pytest.raises(stripe.InvalidRequestError, match="greater than charge amount"):
            api.v1.refunds.create({"charge": charge, "amount": 20000}, KEY)
    assert [entry["replayed"] for entry in sim.requests("POST /v1/refunds")] == [False, True]


def test_a_key_is_free_again_after_parameters_that_failed_their_check(opened: Opening) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        opened(sucess_url="http://shop.test/", options=KEY)
    assert opened(options=KEY).status == "open"


def test_a_key_is_forgotten_after_a_day(sim: Running, opened: Opening) -> None:
    first = opened(options=KEY)
    sim.config(offset=24 * 3600 + 1)
    assert opened(options=KEY).id != first.id


def test_the_library_retries_with_its_own_key_and_makes_one_session(sim: Running) -> None:
    sim.fault("POST /v1/checkout/sessions", "drop_after")
    patient = sim.client(retries=1)
    session = patient.v1.checkout.sessions.create(purchase())
    assert [s.id for s in patient.v1.checkout.sessions.list().data] == [session.id]
    first, second = sim.requests("POST /v1/checkout/sessions")
    assert first["idempotency_key"] == second["idempotency_key"]
    assert (first["replayed"], second["replayed"]) == (False, True)
