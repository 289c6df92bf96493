import json
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import stripe

from tests.stripesim.__main__ import main
from tests.stripesim.remote import Remote
from tests.stripesim.running import Running
from tests.stripesim.server import create_simulator
from tests.stripesim_tests.conftest import purchase
from tests.stripesim_tests.receiver import SECRET, receiving


def test_what_was_sold_survives_a_restart(tmp_path: Path) -> None:
    kept = tmp_path / "state.json"
    key: stripe.RequestOptions = {"idempotency_key": "co:7:1"}
    with Running(state=kept) as sim:
        session = sim.client().v1.checkout.sessions.create(purchase(), key)
    with Running(state=kept) as sim:
        again = sim.client().v1.checkout.sessions.create(purchase(), key)
        assert again.id == session.id
        sim.pay(session.id)
        assert sim.client().v1.charges.list().data[0].amount == 19900


def test_events_that_waited_are_delivered_after_a_restart_at_the_new_address(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "state.json"
    with Running(state=kept, webhook=("http://127.0.0.1:9/", SECRET)) as sim:
        sim.config(paused=True)
        sim.client().v1.customers.create()
    with receiving() as receiver, Running(state=kept, webhook=(receiver.url, SECRET)) as sim:
        sim.flush()
        assert receiver.types == ["customer.created"]


def test_the_state_file_is_whole_after_every_change(tmp_path: Path) -> None:
    kept = tmp_path / "state.json"
    with Running(state=kept) as sim:
        for number in range(5):
            sim.client().v1.customers.create({"name": f"{number}"})
            assert len(json.loads(kept.read_text())["objects"]["customer"]) == number + 1
    assert list(tmp_path.iterdir()) == [kept]


def test_two_simulators_know_nothing_of_each_other() -> None:
    with Running() as one, Running() as other:
        one.client().v1.customers.create()
        assert other.client().v1.customers.list().data == []


def test_it_ends_without_leaving_anything_open() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(3):
            with Running() as sim:
                sim.client().v1.customers.list()


def test_the_application_works_without_a_server() -> None:
    web = create_simulator(public_url="https://pay.test").test_client()
    made = web.post(
        "/v1/checkout/sessions",
        data={
            "mode": "payment",
            "success_url": "http://shop.test/",
            "line_items[0][quantity]": "1",
            "line_items[0][price_data][currency]": "usd",
            "line_items[0][price_data][unit_amount]": "500",
            "line_items[0][price_data][product_data][name]": "Posting",
        },
        auth=("sk_test_1", ""),
    ).get_json()
    assert made["url"] == f"https://pay.test/c/pay/{made['id']}"


@contextmanager
def process(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", Remote]]:
    command = [sys.executable, "-W", "error", "-m", "tests.stripesim", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as it:
        try:
            assert it.stdout
            yield it, Remote(it.stdout.readline().split()[3])
        finally:
            it.terminate()


@pytest.mark.slow
def test_it_runs_as_a_process_and_ends_quietly_when_told(tmp_path: Path) -> None:
    arguments = ["--webhook-secret", SECRET, "--state", str(tmp_path / "state.json")]
    with receiving() as receiver, process("--webhook-url", receiver.url, *arguments) as (it, sim):
        session = sim.client().v1.checkout.sessions.create(purchase())
        sim.pay(session.id)
        sim.flush()
        assert receiver.types[-1] == "checkout.session.completed"
        it.terminate()
        assert it.wait(5) == 0
        assert it.stderr
        assert it.stderr.read() == ""


def test_a_webhook_address_needs_its_secret(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--webhook-url", "http://127.0.0.1:9/"])
    assert "go together" in capsys.readouterr().err
