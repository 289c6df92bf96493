"""Messages and money that come late, twice, backwards or not at all, sent by a lying Stripe."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server

from careercenter import clock
from careercenter.billing.models import Checkout, PaymentState, StripeEvent
from careercenter.findings.models import Finding
from careercenter.postings.models import Posting, PostingStatus
from tests.billing.conftest import event_body
from tests.faults.test_money_flood import serving
from tests.faults.till import SECRET

pytestmark = pytest.mark.slow


def hooked(till, sim, port):
    sim.hook(f"http://127.0.0.1:{port}/webhooks/stripe", SECRET)


def states(till) -> set[PaymentState]:
    with till.sessions() as session:
        return set(session.scalars(select(Checkout.payment_state)))


@pytest.mark.parametrize("order", ["fifo", "lifo"])
def test_each_message_five_times_in_any_order(till, sim, order):
    with serving(till) as port:
        hooked(till, sim, port)
        sim.config(dup=5, order=order, paused=True)
        till.buy(3)
        assert sim.flush()["failed"] == 0
    till.work()
    till.check(paid=3)


def test_while_the_board_is_away_stripe_keeps_what_it_has_to_say(till, sim):
    server = make_server("127.0.0.1", 0, till.app)
    port = server.port
    server.server_close()  # nobody listens
    hooked(till, sim, port)
    sim.config(paused=True)
    till.buy(3)
    tried = sim.flush()
    assert (tried["delivered"], tried["pending"]) == (0, tried["failed"])
    with serving(till) as again:
        hooked(till, sim, again)
        sim.control("resend")
        sim.flush()
    till.work()
    till.check(paid=3)


def test_a_debit_that_comes_back_frees_the_posting(till, sim):
    (posting_id,) = till.open()
    till.start(posting_id)
    (session_id,) = till.sessions_at_stripe()
    sim.bank_debit(session_id)
    till.hear(event_body(session_id))
    till.work()
    assert states(till) == {PaymentState.PROCESSING}
    sim.settle(session_id, ok=False)
    till.hear(event_body(session_id, "checkout.session.async_payment_failed"))
    till.work()
    assert states(till) == {PaymentState.FAILED}
    with till.sessions() as session:
        assert session.get_one(Posting, posting_id).status is PostingStatus.DRAFT
    till.check(paid=0)


def test_money_that_comes_after_we_gave_up_still_counts(till, sim):
    (posting_id,) = till.open()
    till.start(posting_id)
    (session_id,) = till.sessions_at_stripe()
    sim.bank_debit(session_id)
    till.back()
    sim.settle(session_id, ok=False)
    till.sweep()
    assert states(till) == {PaymentState.FAILED}
    intent = sim.client().v1.payment_intents.list().data[0]
    sim.tamper(intent.id, status="succeeded")
    sim.tamper(session_id, payment_status="paid")
    till.hear(event_body(session_id, "checkout.session.async_payment_succeeded"))
    till.work()
    till.check(paid=1)


def test_a_message_about_nobodys_money_is_kept_and_reported_once(till, sim):
    till.open()
    mark = {"app": "careercenter", "env": "development"}
    line = {"currency": "usd", "unit_amount": 4900, "product_data": {"name": "?"}}
    session = sim.client().v1.checkout.sessions.create(
        {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": line}],
            "success_url": "http://shop.test/",
            "metadata": mark,
        }
    )
    sim.pay(session.id)
    for number in range(2):
        assert till.hear(event_body(session.id, id=f"evt_{number}")).status_code == 200
    till.work()
    with till.sessions() as rows:
        assert rows.scalars(select(Finding.kind)).all() == ["orphan_payment"]
        assert len(rows.scalars(select(StripeEvent)).all()) == 2


def test_a_page_that_ran_out_long_ago_frees_the_posting_without_any_message(till, sim):
    (posting_id,) = till.open()
    till.start(posting_id)
    sim.config(drop=True, offset=2 * 3600)
    till.sweep()
    assert states(till) == {PaymentState.EXPIRED}
    till.work(clock.now() + timedelta(hours=2))
    till.check(paid=0)
