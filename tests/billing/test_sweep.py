"""The sweep goes on where one attempt is stuck, and looks back as far as it must."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.billing import handlers, queries, usecases
from careercenter.billing.gateway import PaymentsDown, RemoteEvent
from careercenter.billing.models import (
    AttemptState,
    FulfilmentState,
    Payment,
    PaymentState,
    StripeEvent,
)
from careercenter.findings.models import Finding
from careercenter.postings.models import PostingStatus
from careercenter.tasks import Task
from tests.billing.conftest import begin
from tests.factories import make_posting

QUARTER = timedelta(minutes=15)


@pytest.fixture
def sweep(session, payments, settings, now):
    def sweep(at=now + QUARTER):
        session.commit()
        payments.watch = session
        handlers.task_handlers(payments, settings)[handlers.SWEEP](session, "", at)
        session.commit()
        payments.watch = None

    return sweep


@pytest.fixture
def swept(session):
    """A sweep that was due then, and was done."""

    def swept(at):
        done = {"run_at": at, "done_at": at, "attempts": 1, "last_error": ""}
        session.add(Task(kind=handlers.SWEEP, subject="", **done))

    return swept


def kinds(session):
    return sorted(session.scalars(select(Finding.kind)))


def test_a_debit_on_a_second_page_does_not_stop_it(session, sweep, start, settle, payments, now):
    checkout = start()
    settle(checkout, payments.expire_session("cs_test_1"))
    start(now + timedelta(minutes=1))
    settle(checkout, payments.pay("cs_test_1"))
    payments.debit("cs_test_2")
    sweep()
    assert checkout.payment_state is PaymentState.PAID
    assert checkout.attempts[1].state is AttemptState.PROCESSING
    assert kinds(session) == []


@pytest.fixture
def stuck(session, start, payments, now):
    """Paid by a charge that we know as another payment's."""
    checkout = start()
    payments.pay("cs_test_1")
    known = {"amount_cents": 24900, "refunded_cents": 0, "currency": "usd", "created_at": now}
    session.add(
        Payment(payment_intent_id="pi_9", checkout_id=checkout.id, charge_id="ch_1", **known)
    )
    session.flush()
    return checkout


@pytest.fixture
def paid_later(session, stuck, employer, member, settings, payments, now):
    """Another posting's checkout, which the sweep comes to after the stuck one."""
    posting = make_posting(session, PostingStatus.DRAFT, employer)
    later = now + timedelta(minutes=1)
    attempt = begin(session, posting, member, settings, later)
    payments.create_session(attempt.params, attempt.idempotency_key)
    payments.pay("cs_test_2")
    return queries.by_id(session, attempt.checkout_id)


def test_one_that_is_stuck_does_not_keep_the_others_waiting(
    session, sweep, stuck, paid_later, employer, payments, now
):
    employer.credit_balance = 3
    payments.events = [RemoteEvent("evt_1", "charge.refunded", "pi_9", False, now)]
    sweep()
    sweep()
    assert stuck.payment_state is PaymentState.AWAITING
    assert paid_later.fulfilment_state is FulfilmentState.FULFILLED
    assert session.get(StripeEvent, "evt_1") is not None
    assert kinds(session) == ["attempt_stuck", "balance_not_ledger"]
    about = session.scalars(select(Finding.object_id).where(Finding.kind == "attempt_stuck")).one()
    assert about == f"co:{stuck.public_id}:1"


def test_when_stripe_is_silent_it_stops_and_blames_no_attempt(session, sweep, start, payments):
    start()
    payments.down = True
    with pytest.raises(PaymentsDown):
        sweep()
    assert kinds(session) == []


def test_after_a_long_silence_a_fresh_message_hides_no_old_one(
    session, sweep, swept, settings, payments, now
):
    swept(now - timedelta(days=7))
    old = now - timedelta(days=5)
    payments.events = [RemoteEvent("evt_old", "charge.refunded", "pi_1", False, old)]
    fresh = RemoteEvent("evt_fresh", "charge.refunded", "pi_2", False, now)
    usecases.receive_event(session, fresh, settings, now)
    sweep()
    assert session.get(StripeEvent, "evt_old").via == "backfill"


def test_it_asks_again_only_for_what_the_last_one_may_have_missed(
    session, sweep, swept, payments, now
):
    swept(now - timedelta(days=7))
    swept(now)
    session.add(Task(kind=handlers.SWEEP, subject="", run_at=now, attempts=1, last_error=""))
    payments.events = [
        RemoteEvent(f"evt_{days}", "charge.refunded", "pi_1", False, now - timedelta(days=days))
        for days in (1, 3)
    ]
    sweep()
    assert session.scalars(select(StripeEvent.id)).all() == ["evt_1"]


@pytest.mark.parametrize("ago", [timedelta(days=60), None])
def test_it_asks_for_all_that_stripe_has_kept_where_no_sweep_is_known(
    session, sweep, swept, payments, now, ago
):
    if ago:
        swept(now - ago)
    day = timedelta(days=1)
    payments.events = [
        RemoteEvent("evt_28", "charge.refunded", "pi_1", False, now - 28 * day),
        RemoteEvent("evt_30", "charge.refunded", "pi_1", False, now - 30 * day),
    ]
    sweep()
    assert session.scalars(select(StripeEvent.id)).all() == ["evt_28"]
