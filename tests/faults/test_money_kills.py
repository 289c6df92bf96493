"""`kill -9` at each step of a purchase; afterwards nothing is lost and nothing is double."""

from datetime import timedelta

import pytest

from careercenter import clock
from careercenter.billing.models import Checkout, PaymentAttempt
from careercenter.periods.models import ListingPeriod
from tests.billing.conftest import event_body

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("step", ["after-row", "in-stripe", "after-note"])
def test_a_purchase_goes_on_where_the_server_died(till, sim, step):
    (posting_id,) = till.open()
    till.die("start", step)
    assert len(till.sessions_at_stripe()) == (step != "after-row")
    till.start(posting_id)
    till.start(posting_id)
    (session_id,) = till.sessions_at_stripe()
    assert (till.count(Checkout), till.count(PaymentAttempt)) == (1, 1)
    sim.pay(session_id)
    assert "Payment received" in till.back()
    till.check(paid=1)


@pytest.mark.parametrize("step", ["after-row", "in-stripe"])
def test_the_sweep_takes_up_what_the_server_left(till, sim, step):
    till.open()
    till.die("start", step)
    till.sweep()
    (session_id,) = till.sessions_at_stripe()
    sim.pay(session_id)
    till.sweep()
    till.check(paid=1)


@pytest.mark.parametrize("step", ["before-settled", "after-settled"])
@pytest.mark.parametrize("recovery", ["back", "sweep"])
def test_money_is_given_once_when_the_server_dies_as_the_payer_returns(till, sim, step, recovery):
    (posting_id,) = till.open()
    till.start(posting_id)
    sim.pay(*till.sessions_at_stripe())
    till.die("back", step)
    assert till.count(ListingPeriod) == (step == "after-settled")
    for _ in range(2):
        getattr(till, recovery)()
    till.check(paid=1)


def test_money_is_given_once_when_the_worker_dies(till, sim):
    (posting_id,) = till.open()
    till.start(posting_id)
    sim.pay(*till.sessions_at_stripe())
    till.hear(event_body(*till.sessions_at_stripe()))
    till.die("work", "before-settled")
    assert till.count(ListingPeriod) == 0
    till.work(clock.now() + timedelta(minutes=9))  # the lease of the dead has run out
    till.check(paid=1)
