"""What Stripe tells us, and what we ask it when it is silent."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.billing import handlers, usecases
from careercenter.billing.contradictions import contradictions
from careercenter.billing.gateway import PaymentsDown, RemoteEvent
from careercenter.billing.models import (
    AttemptState,
    EventState,
    FulfilmentState,
    Payment,
    PaymentState,
    StripeEvent,
)
from careercenter.findings.models import Finding
from careercenter.mail import compose
from careercenter.postings.models import PostingStatus
from careercenter.tasks import Task
from tests.billing.conftest import begin, letters

COMPLETED = "checkout.session.completed"


@pytest.fixture
def tell(session, payments, settings, now):
    """An event arrives and the worker takes its task."""

    def tell(about, kind=COMPLETED, name="evt_1", livemode=False):
        event = RemoteEvent(name, kind, about, livemode, now)
        usecases.receive_event(session, event, settings, now)
        session.commit()
        payments.watch = session
        handlers.task_handlers(payments, settings)["stripe_event"](session, name, now)
        session.commit()
        payments.watch = None
        return session.get(StripeEvent, name).state

    return tell


@pytest.fixture
def sweep(session, payments, settings, now):
    def sweep(after=timedelta(minutes=15), settings=settings):
        session.commit()
        payments.watch = session
        handlers.sweep(session, payments, settings, now + after)
        session.commit()
        payments.watch = None

    return sweep


def findings(session):
    return [(f.kind, f.object_id, f.resolved_at is None) for f in session.scalars(select(Finding))]


def test_an_event_leads_to_the_truth(tell, start, payments):
    checkout = start()
    payments.pay("cs_test_1")
    assert tell("cs_test_1") is EventState.DONE
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED


def test_an_event_is_not_believed(tell, start, payments):
    checkout = start()
    assert tell("cs_test_1") is EventState.DONE
    assert checkout.payment_state is PaymentState.AWAITING


def test_events_may_come_twice_late_and_in_any_order(session, tell, start, payments):
    checkout = start()
    payments.debit("cs_test_1")
    payments.pay("cs_test_1")
    for number, kind in enumerate(reversed(handlers.SESSION_EVENTS)):
        for _ in range(2):
            tell("cs_test_1", kind, f"evt_{number}")
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED
    assert letters(session) == ["receipt"]


def test_an_event_about_anothers_session_is_ignored(session, tell, payments, start):
    start()
    payments.pay("cs_test_1")
    payments.tamper("cs_test_1", client_reference_id="", metadata={"app": "a shop"})
    assert tell("cs_test_1") is EventState.IGNORED
    assert tell("cs_unknown", name="evt_2") is EventState.IGNORED
    assert tell("pi_1", "payment_intent.succeeded", "evt_3") is EventState.IGNORED
    assert findings(session) == []


def test_money_that_no_checkout_knows_is_reported(session, tell, payments, start):
    checkout = start()
    payments.pay("cs_test_1")
    payments.tamper("cs_test_1", client_reference_id="lost")
    tell("cs_test_1")
    assert findings(session) == [("orphan_payment", "cs_test_1", True)]
    assert checkout.payment_state is PaymentState.AWAITING


@pytest.mark.parametrize(
    ("kind", "finding"),
    [("charge.refunded", "refund"), ("charge.dispute.created", "dispute")],
)
def test_money_that_goes_back_is_reported(session, tell, payments, start, kind, finding):
    start()
    payments.pay("cs_test_1")
    tell("cs_test_1")
    assert tell("pi_1", kind, "evt_2") is EventState.DONE
    assert tell("pi_unknown", kind, "evt_3") is EventState.IGNORED
    assert findings(session) == [(finding, "pi_1", True)]


def test_a_task_for_play_money_on_a_live_board_does_nothing(tell, payments, start):
    checkout = start()
    payments.pay("cs_test_1")
    assert tell("cs_test_1", livemode=True) is EventState.IGNORED
    assert checkout.payment_state is PaymentState.AWAITING


def test_when_stripe_is_silent_the_event_waits(tell, payments, start, session, settings, now):
    start()
    payments.down = True
    with pytest.raises(PaymentsDown):
        tell("cs_test_1")
    session.rollback()
    assert session.get(StripeEvent, "evt_1").state is EventState.NEW


def test_the_sweep_finds_a_payment_that_no_message_told_of(sweep, start, payments):
    checkout = start()
    payments.pay("cs_test_1")
    sweep(timedelta(minutes=9))
    assert checkout.payment_state is PaymentState.AWAITING
    sweep()
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED


def test_the_sweep_repeats_a_call_that_was_not_answered(
    session, sweep, draft, member, settings, payments, now
):
    attempt = begin(session, draft, member, settings, now)
    payments.create_session(attempt.params, attempt.idempotency_key)  # the answer was lost
    sweep()
    assert (attempt.state, attempt.stripe_session_id) == (AttemptState.OPEN, "cs_test_1")
    assert len(payments.sessions) == 1


def test_the_sweep_gives_up_what_stripe_has_forgotten(
    session, sweep, draft, member, settings, payments, now
):
    attempt = begin(session, draft, member, settings, now)
    sweep(timedelta(hours=24))
    assert (attempt.state, draft.status) == (AttemptState.ABANDONED, PostingStatus.DRAFT)
    assert payments.sessions == {}


def test_the_sweep_frees_a_posting_whose_session_is_gone(sweep, start, payments, draft):
    start()
    payments.sessions.clear()
    sweep()
    assert draft.status is PostingStatus.DRAFT


def test_the_sweep_ends_a_page_that_is_open_for_what_is_paid(
    session, sweep, start, payments, settle, now
):
    checkout = start()
    settle(checkout, payments.expire_session("cs_test_1"))
    start(now + timedelta(minutes=1))
    settle(checkout, payments.pay("cs_test_1"))
    sweep()
    assert payments.sessions["cs_test_2"].status == "expired"
    assert checkout.payment_state is PaymentState.PAID


def test_the_sweep_asks_for_messages_that_never_came(session, sweep, start, payments, now):
    start()
    payments.events = [RemoteEvent("evt_lost", COMPLETED, "cs_test_1", False, now)]
    sweep(timedelta(minutes=5))
    sweep(timedelta(minutes=6))
    (event,) = session.scalars(select(StripeEvent))
    assert (event.id, event.via, event.state) == ("evt_lost", "backfill", EventState.NEW)
    promised = select(Task.subject).where(Task.kind == "stripe_event")
    assert session.scalars(promised).all() == ["evt_lost"]


def test_the_sweep_reports_money_without_a_checkout(session, sweep, start, payments):
    start()
    payments.pay("cs_test_1")
    payments.tamper("cs_test_1", client_reference_id="lost")
    sweep(timedelta(minutes=5))
    assert findings(session) == [("orphan_payment", "cs_test_1", True)]


def test_the_sweep_checks_the_books_and_sees_when_they_are_right_again(session, sweep, employer):
    employer.credit_balance = 3
    sweep()
    assert findings(session) == [("balance_not_ledger", employer.slug, True)]
    employer.credit_balance = 0
    sweep()
    assert findings(session) == [("balance_not_ledger", employer.slug, False)]


def test_a_board_without_a_key_checks_its_books_only(session, sweep, employer, payments, settings):
    payments.down = True
    employer.credit_balance = 3
    sweep(settings=replace(settings, stripe_secret_key=""))
    assert len(findings(session)) == 1


@pytest.mark.parametrize("letter", handlers.LETTERS)
def test_letters_about_money_say_how_it_stands(
    app, session, start, payments, settle, settings, draft, now, letter
):
    checkout = start()
    build = handlers.LETTERS[letter]
    assert build(session, str(checkout.id), now) is None  # not so, or not so any more
    settle(checkout, payments.debit("cs_test_1"))
    if letter != "payment_processing":
        settle(checkout, getattr(payments, LEADS_TO[letter])("cs_test_1"))
    written = build(session, str(checkout.id), now)
    assert written.to == checkout.placed_by.email
    message = compose(app, settings, written)
    for part in message.iter_parts():
        text = part.get_content()
        assert "$249" in text
        assert draft.title in text
        assert "http://localhost/hire/" in text


LEADS_TO = {"receipt": "pay", "payment_failed": "bounce"}


def test_the_payment_is_kept_with_its_charge(session, tell, start, payments):
    start()
    payments.pay("cs_test_1")
    tell("cs_test_1")
    payment = session.get(Payment, "pi_1")
    assert (payment.charge_id, payment.amount_cents, payment.currency) == ("ch_1", 24900, "usd")
    assert contradictions(session) == []


def test_a_receipt_for_a_posting_that_moved_on_speaks_of_a_credit(
    app, session, start, payments, settle, settings, draft, now
):
    checkout = start()
    draft.submit(now)
    settle(checkout, payments.pay("cs_test_1"))
    written = handlers.LETTERS["receipt"](session, str(checkout.id), now)
    for part in compose(app, settings, written).iter_parts():
        assert "you got a posting credit for it" in part.get_content()
