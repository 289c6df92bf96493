"""The real library over HTTP, against the simulator."""

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from careercenter import clock
from careercenter.billing import remote
from careercenter.billing.gateway import (
    InvalidEvent,
    Off,
    Payments,
    PaymentsDown,
    PaymentsRefused,
    StripePayments,
    make_payments,
)
from careercenter.errors import Unavailable
from tests.billing.conftest import event_body, signed
from tests.conftest import make_settings
from tests.stripesim.running import Running

CREATE = "POST /v1/checkout/sessions"


@pytest.fixture(scope="module")
def sim() -> Iterator[Running]:
    with Running() as running:
        yield running


@pytest.fixture(scope="module")
def config(sim, tmp_path_factory):
    data = tmp_path_factory.mktemp("gateway")
    secrets = "whsec_new, whsec_old"
    more = {"STRIPE_API_BASE": sim.url, "STRIPE_WEBHOOK_SECRET": secrets}
    return make_settings(f"sqlite:///{data}/none.db", data, **more)


@pytest.fixture(scope="module")
def stripe_payments(config) -> Payments:
    return make_payments(config)


def params(**more):
    price = {"currency": "usd", "unit_amount": 24900, "product_data": {"name": "Posting"}}
    mark = {"app": "careercenter", "checkout": "abc", "attempt": "1"}
    ends = int((clock.now() + timedelta(minutes=60)).timestamp())
    return {
        "mode": "payment",
        "client_reference_id": "abc",
        "metadata": mark,
        "payment_intent_data": {"metadata": mark},
        "line_items": [{"quantity": 1, "price_data": price}],
        "expires_at": ends,
        "success_url": "http://localhost/back?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://localhost/cancel",
        **more,
    }


@pytest.fixture
def key() -> str:
    return f"co:{time.monotonic_ns()}"


def test_a_session_is_made_and_read_back(stripe_payments, key):
    made = stripe_payments.create_session(params(), key)
    assert (made.outcome, made.client_reference_id, made.livemode) == ("open", "abc", False)
    assert "/c/pay/" in made.url
    read = stripe_payments.retrieve_session(made.id)
    assert (read.id, read.metadata, read.quantities) == (made.id, made.metadata, (1,))
    assert (read.subtotal_cents, read.discount_cents, read.tax_cents) == (24900, 0, 0)
    assert (read.total_cents, read.currency, read.payment_intent_id) == (24900, "usd", None)
    assert read.expires_at - clock.now() > timedelta(minutes=58)


def test_the_same_key_gives_the_same_session(stripe_payments, key):
    sent = params()
    first = stripe_payments.create_session(sent, key)
    assert stripe_payments.create_session(sent, key).id == first.id
    with pytest.raises(PaymentsRefused):
        stripe_payments.create_session(params(client_reference_id="other"), key)


def test_a_paid_session_tells_the_payment_and_the_charge(sim, stripe_payments, key):
    made = stripe_payments.create_session(params(), key)
    sim.decline(made.id)
    assert stripe_payments.retrieve_session(made.id).outcome == "open"
    sim.pay(made.id)
    paid = stripe_payments.retrieve_session(made.id, hurried=True)
    assert (paid.outcome, paid.intent_status, paid.url) == ("paid", "succeeded", "")
    assert paid.payment_intent_id.startswith("pi_")
    assert paid.charge_id.startswith("ch_")


def test_a_bank_debit_waits_and_then_arrives_or_comes_back(sim, stripe_payments):
    for ok, outcome in ((True, "paid"), (False, "failed")):
        made = stripe_payments.create_session(params(), f"debit:{ok}")
        sim.bank_debit(made.id)
        assert stripe_payments.retrieve_session(made.id).outcome == "waiting"
        sim.settle(made.id, ok=ok)
        assert stripe_payments.retrieve_session(made.id).outcome == outcome


def test_ending_a_session_tells_how_it_stands(sim, stripe_payments, key):
    made = stripe_payments.create_session(params(), key)
    assert stripe_payments.expire_session(made.id).outcome == "expired"
    assert stripe_payments.expire_session(made.id).outcome == "expired"
    other = stripe_payments.create_session(params(), f"{key}:2")
    sim.pay(other.id)
    assert stripe_payments.expire_session(other.id).outcome == "paid"


def test_what_stripe_does_not_know_is_missing(stripe_payments):
    for ask in (stripe_payments.retrieve_session, stripe_payments.expire_session):
        with pytest.raises(PaymentsRefused) as refused:
            ask("cs_test_unknown")
        assert refused.value.missing


def test_a_misspelt_parameter_is_refused_by_name(stripe_payments, key):
    with pytest.raises(PaymentsRefused) as refused:
        stripe_payments.create_session(params(sucess_url="x"), key)
    assert refused.value.param == "sucess_url"


def test_a_customer_is_made_once(stripe_payments):
    first = stripe_payments.create_customer(7, "Lakeside Clinic", "pay@example.com")
    assert stripe_payments.create_customer(7, "Lakeside Clinic", "pay@example.com") == first
    assert stripe_payments.create_customer(7, "Lakeside Hospital", "pay@example.com") != first
    made = stripe_payments.create_session(params(customer=first), f"with:{first}")
    assert made.outcome == "open"


def test_a_customer_who_is_gone_is_named(stripe_payments, key):
    with pytest.raises(PaymentsRefused) as refused:
        stripe_payments.create_session(params(customer="cus_gone"), key)
    assert refused.value.param == "customer"


def test_events_and_sessions_are_listed_since_a_time(sim, stripe_payments, key):
    before = clock.now() - timedelta(seconds=2)
    made = stripe_payments.create_session(params(), key)
    sim.pay(made.id)
    kinds = ["checkout.session.completed"]
    events = stripe_payments.list_events(kinds, before)
    assert made.id in [event.object_id for event in events]
    assert {event.type for event in events} == set(kinds)
    assert made.id in [session.id for session in stripe_payments.list_sessions(before)]
    later = clock.now() + timedelta(hours=1)
    assert stripe_payments.list_events(kinds, later) == []
    assert stripe_payments.list_sessions(later) == []


def test_a_short_failure_is_not_noticed(sim, stripe_payments, key):
    sim.fault(CREATE, "500")
    assert stripe_payments.create_session(params(), key).outcome == "open"


def test_a_lost_answer_makes_one_session(sim, stripe_payments, key):
    sim.fault(CREATE, "drop_after")
    made = stripe_payments.create_session(params(client_reference_id=key), key)
    since = clock.now() - timedelta(minutes=1)
    mine = [s for s in stripe_payments.list_sessions(since) if s.client_reference_id == key]
    assert [session.id for session in mine] == [made.id]


@pytest.mark.parametrize(("mode", "times"), [("500", 3), ("429", 1), ("drop_after", 3)])
def test_a_long_failure_means_that_stripe_is_down(sim, stripe_payments, key, mode, times):
    sim.fault(CREATE, mode, times=times)
    sent = params()
    with pytest.raises(PaymentsDown, match="You have not been charged"):
        stripe_payments.create_session(sent, key)
    assert stripe_payments.create_session(sent, key).outcome == "open"


def test_a_person_is_not_kept_waiting(sim, stripe_payments, key):
    made = stripe_payments.create_session(params(), key)
    sim.fault("GET /v1/checkout/sessions/*", "timeout", seconds=20)
    began = time.monotonic()
    with pytest.raises(PaymentsDown):
        stripe_payments.retrieve_session(made.id, hurried=True)
    assert time.monotonic() - began < 5


class Notes:
    """A log that remembers."""

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def __getattr__(self, level: str):
        return lambda event, **facts: self.said.append((level, f"{event} {facts}"))


def test_a_key_that_was_revoked_is_an_alarm_and_not_an_answer(config, monkeypatch, tmp_path):
    notes = Notes()
    monkeypatch.setattr(remote, "log", notes)
    more = {"STRIPE_API_BASE": config.stripe_api_base, "STRIPE_SECRET_KEY": "sk_wrong_7f3a"}
    revoked = StripePayments(make_settings("sqlite:///x", tmp_path, **more))
    with pytest.raises(PaymentsDown):
        revoked.retrieve_session("cs_test_1")
    ((level, words),) = notes.said
    assert level == "critical"
    assert "payments.key_refused" in words
    assert "7f3a" not in words


def test_nobody_answers_at_a_dead_address(tmp_path):
    more = {"STRIPE_API_BASE": "http://127.0.0.1:9"}
    nowhere = StripePayments(make_settings("sqlite:///x", tmp_path, **more))
    with pytest.raises(PaymentsDown):
        nowhere.retrieve_session("cs_test_1", hurried=True)


@pytest.mark.parametrize("secret", ["whsec_new", "whsec_old"])
def test_both_secrets_are_believed_while_one_is_replaced(stripe_payments, now, secret):
    body = event_body("cs_1")
    event = stripe_payments.verify_event(body.encode(), signed(body, secret, now.timestamp()), now)
    assert (event.object_id, event.livemode) == ("cs_1", False)


def test_what_the_simulator_sends_is_believed(sim, stripe_payments, key, now):
    made = stripe_payments.create_session(params(), key)
    sim.pay(made.id)
    body = event_body(made.id, "charge.refunded", data={"object": {"payment_intent": "pi_1"}})
    event = stripe_payments.verify_event(
        body.encode(), signed(body, "whsec_new", now.timestamp()), now
    )
    assert event.object_id == "pi_1"  # a charge is looked up by the payment it belongs to


def test_a_board_without_a_key_sells_nothing(config, tmp_path, now):
    more = {"STRIPE_SECRET_KEY": "", "STRIPE_WEBHOOK_SECRET": ""}
    off = make_payments(make_settings("sqlite:///x", tmp_path, **more))
    assert isinstance(off, Off)
    with pytest.raises(Unavailable, match="Payment is not set up on this board yet"):
        off.create_session(params(), "key")
    with pytest.raises(InvalidEvent):
        off.verify_event(b"{}", "", now)
