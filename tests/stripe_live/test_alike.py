"""The same calls at Stripe and at the simulator: the same answers, but for ids and times."""

import os
import secrets
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from careercenter import clock
from careercenter.billing.gateway import Payments, PaymentsRefused, make_payments
from careercenter.billing.remote import make_client
from careercenter.config import Settings
from tests.billing.test_gateway import params
from tests.conftest import make_settings
from tests.stripesim.running import Running

KEY = os.environ.get("STRIPE_LIVE_KEY", "")
pytestmark = [
    pytest.mark.stripe_live,
    pytest.mark.skipif(not KEY, reason="needs STRIPE_LIVE_KEY, a key of Stripe's test mode"),
]
OWN = {"id", "url", "expires_at", "payment_intent_id", "charge_id"}  # never the same twice
Pair = tuple[Settings, Settings]


@pytest.fixture(scope="module")
def both(tmp_path_factory) -> Pair:
    """Stripe, and the simulator."""
    assert KEY.startswith(("sk_test_", "rk_test_")), "only a key of the test mode"
    data = tmp_path_factory.mktemp("alike")
    url, base = f"sqlite:///{data}/none.db", os.environ.get("STRIPE_LIVE_BASE", "")
    with Running() as sim:
        real = make_settings(url, data, STRIPE_SECRET_KEY=KEY, STRIPE_API_BASE=base)
        yield real, make_settings(url, data, STRIPE_API_BASE=sim.url)


@pytest.fixture
def ask(both: Pair) -> Callable[[Callable[[Payments], object]], list[object]]:
    """What each of the two answers."""
    return lambda call: [call(make_payments(settings)) for settings in both]


@pytest.fixture
def key() -> str:
    return f"alike:{secrets.token_hex(8)}"


def told(remote: Any) -> dict[str, object]:
    return {it.name: getattr(remote, it.name) for it in fields(remote) if it.name not in OWN}


def test_a_session_is_told_alike(ask, key):
    one, other = ask(lambda payments: told(payments.create_session(params(), key)))
    assert one == other


def test_a_discount_is_told_alike(ask, key):
    wanted = params(discounts=[{"coupon": f"off-{key[6:]}"}])
    one, other = ask(lambda payments: told(payments.create_session(wanted, key, 4_980)))
    assert one == other
    assert (other["subtotal_cents"], other["total_cents"]) == (24_900, 19_920)


def test_one_key_makes_one_session_and_no_other(ask, key):
    def twice(payments: Payments) -> tuple[bool, str]:
        wanted = params()
        first, second = (payments.create_session(wanted, key).id for _ in range(2))
        with pytest.raises(PaymentsRefused):
            payments.create_session(wanted | {"client_reference_id": "another"}, key)
        return first == second, first[:8]

    assert ask(twice) == [(True, "cs_test_")] * 2


def test_a_session_is_ended_alike(ask, key):
    def end(payments: Payments) -> list[str]:
        made = payments.create_session(params(), key)
        return [payments.expire_session(made.id).outcome for _ in range(2)]

    assert ask(end) == [["expired", "expired"]] * 2


@pytest.mark.parametrize(
    "wrong",
    [{"mode": "paymnt"}, {"sucess_url": "http://localhost/"}, {"line_items": []}],
    ids=lambda it: next(iter(it)),
)
def test_what_is_wrong_is_refused_alike(ask, key, wrong):
    def refused(payments: Payments) -> str:
        with pytest.raises(PaymentsRefused) as error:
            payments.create_session(params(**wrong), key)
        return error.value.param

    one, other = ask(refused)
    assert one == other


def test_what_is_missing_is_missing_at_both(ask):
    def missing(payments: Payments) -> bool:
        with pytest.raises(PaymentsRefused) as error:
            payments.retrieve_session("cs_test_nothing")
        return error.value.missing

    assert ask(missing) == [True, True]


def test_lists_hold_what_was_made(ask, key):
    since = clock.now() - timedelta(minutes=5)

    def listed(payments: Payments) -> bool:
        made = payments.create_session(params(), key)
        payments.list_events(["checkout.session.completed"], since)
        return made.id in {remote.id for remote in payments.list_sessions(since)}

    assert ask(listed) == [True, True]


def shape(value: Any) -> Any:
    """Names and kinds, at every depth; what may be absent or is empty counts as nothing."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    return type(value).__name__


def differs(ours: Any, theirs: Any, at: str = "") -> list[str]:
    """Where the simulator shows something that Stripe does not, or of another kind."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        found = [f"{at}.{name}" for name in ours.keys() - theirs.keys()]
        for name in ours.keys() & theirs.keys():
            found += differs(ours[name], theirs[name], f"{at}.{name}")
        return found
    return [] if "NoneType" in (ours, theirs) or ours == theirs else [f"{at}: {ours}, {theirs}"]


def test_no_key_of_a_session_is_invented(both, key):
    found = []
    for settings in both:
        made = make_payments(settings).create_session(params(), key)
        sessions = make_client(settings).v1.checkout.sessions
        session = sessions.retrieve(made.id, {"expand": ["line_items"]}).to_dict()
        session["metadata"] = None  # ours
        session["line_items"] = session["line_items"]["data"][0]
        found.append(shape(session))
    theirs, ours = found
    assert differs(ours, theirs) == []


def test_no_key_of_a_customer_is_invented(both):
    found = []
    for settings in both:
        number = make_payments(settings).create_customer(1, "Mercy", "pay@mercy.example")
        customer = make_client(settings).v1.customers.retrieve(number).to_dict()
        found.append(shape(customer | {"metadata": None}))
    theirs, ours = found
    assert differs(ours, theirs) == []
