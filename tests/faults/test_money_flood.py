"""Many payments, each told of twice by sixteen senders at once, while workers settle."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection

import pytest
from sqlalchemy import func, select
from werkzeug.serving import make_server

from careercenter import clock
from careercenter.billing.models import Checkout, PaymentState, StripeEvent
from careercenter.tasks import Task
from tests.billing.conftest import event_body, signed
from tests.faults.till import SECRET, Till
from tests.stripesim_tests.receiver import eventually

pytestmark = pytest.mark.slow
COUNT, SENDERS, WORKERS, MOST_TRIES = 150, 16, 2, 5


@contextmanager
def serving(till: Till) -> Iterator[int]:
    """Its port."""
    server = make_server("127.0.0.1", 0, till.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def working(till: Till) -> Iterator[None]:
    stop = threading.Event()
    workers = [
        threading.Thread(target=till.runner().run_forever, args=(stop,), daemon=True)
        for _ in range(WORKERS)
    ]
    for worker in workers:
        worker.start()
    yield
    stop.set()
    for worker in workers:
        worker.join()


def tell(port: int, body: str) -> int:
    """The status."""
    headers = {"Stripe-Signature": signed(body, SECRET), "Content-Type": "application/json"}
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/webhooks/stripe", body, headers)
    with connection.getresponse() as response:
        response.read()
    connection.close()
    return response.status


def tell_until_heard(port: int, body: str) -> int:
    """Like Stripe, which sends again what a busy database refused with a 503."""
    for _ in range(MOST_TRIES):
        status = tell(port, body)
        if status != HTTPStatus.SERVICE_UNAVAILABLE:
            break
    return status


def unsettled(till: Till) -> int:
    with till.sessions() as session:
        waiting = Checkout.payment_state != PaymentState.PAID
        return session.scalar(select(func.count()).where(waiting)) or 0


def test_a_flood_of_messages_is_acknowledged_and_settled_once(till, sim):
    bodies = [event_body(session_id) for session_id in till.buy(COUNT)]
    with serving(till) as port, ThreadPoolExecutor(SENDERS) as senders, working(till):
        answers = list(senders.map(lambda body: tell_until_heard(port, body), [*bodies, *bodies]))
        eventually(lambda: unsettled(till) == 0, seconds=240)
    assert set(answers) == {200}
    assert till.count(StripeEvent) == COUNT
    till.check(paid=COUNT)


def test_a_storm_of_refusals_makes_no_hot_loop(till, sim):
    """Stripe says 429 to everything for a while; each task waits longer and longer."""
    sessions = till.buy(5)
    for session_id in sessions:
        till.hear(event_body(session_id))
    before = len(sim.requests("GET /v1/checkout/sessions/*"))
    sim.fault("GET /v1/checkout/sessions/*", "429", times=500)
    with working(till):
        time.sleep(3)
    asked = len(sim.requests("GET /v1/checkout/sessions/*")) - before
    assert len(sessions) <= asked <= len(sessions) * 2
    with till.sessions() as session:
        waits = session.scalars(select(Task.run_at).where(Task.kind == "stripe_event")).all()
    assert len(waits) == len(sessions)
    assert min(waits) > clock.now()
    sim.send("DELETE", "/_sim/faults")
    till.sweep()
    till.check(paid=len(sessions))
