from datetime import timedelta

import pytest

from careercenter.billing.models import (
    PAYMENT_MOVES,
    SETTLED,
    AttemptState,
    Checkout,
    PaymentAttempt,
    PaymentState,
)
from careercenter.errors import Conflict
from tests.fakes import FakePayments


def make_attempt(now, **values):
    defaults = {
        "state": AttemptState.OPEN,
        "created_at": now,
        "expires_at": now + timedelta(minutes=60),
        "params": {"metadata": {"attempt": "1"}},
    }
    return PaymentAttempt(**(defaults | values))


def remote(**changes):
    payments = FakePayments()
    price = {"currency": "usd", "unit_amount": 100}
    params = {
        "client_reference_id": "x",
        "metadata": {"attempt": "1"},
        "line_items": [{"price_data": price, "quantity": 1}],
        "expires_at": 2_000_000_000,
    }
    made = payments.create_session(params, "key")
    return payments.tamper(made.id, **changes)


@pytest.mark.parametrize("state", PaymentState)
def test_late_money_wins_over_every_other_end(state):
    if state not in SETTLED:
        assert PaymentState.PAID in PAYMENT_MOVES[state]


def test_what_is_paid_stays_paid():
    checkout = Checkout(payment_state=PaymentState.PAID)
    with pytest.raises(Conflict):
        checkout.move_payment(PaymentState.EXPIRED)
    checkout.move_payment(PaymentState.PAID)


@pytest.mark.parametrize(("minutes", "usable"), [(60, True), (6, True), (5, False), (-1, False)])
def test_an_open_page_is_offered_again_while_five_minutes_are_left(now, minutes, usable):
    attempt = make_attempt(now, expires_at=now + timedelta(minutes=minutes))
    assert attempt.usable(now) is usable


@pytest.mark.parametrize(("hours", "usable"), [(0, True), (22, True), (23, False)])
def test_an_unanswered_call_can_be_repeated_while_stripe_remembers_its_key(now, hours, usable):
    attempt = make_attempt(now - timedelta(hours=hours), state=AttemptState.CREATING)
    assert attempt.usable(now) is usable


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, "open"),
        ({"status": "expired"}, "expired"),
        ({"status": "complete", "payment_status": "paid"}, "paid"),
        ({"status": "complete", "payment_status": "no_payment_required"}, "paid"),
        ({"status": "complete", "intent_status": "processing"}, "waiting"),
        ({"status": "complete", "intent_status": "requires_payment_method"}, "failed"),
        ({"status": "complete", "intent_status": "canceled"}, "failed"),
    ],
)
def test_what_stripe_says_comes_to_one_of_five(changes, outcome):
    assert remote(**changes).outcome == outcome


def test_a_session_is_known_by_its_id_or_before_that_by_our_mark(now):
    attempt = make_attempt(now, state=AttemptState.CREATING)
    assert attempt.is_about(remote())
    assert not attempt.is_about(remote(metadata={"attempt": "2"}))
    attempt.note(remote())
    assert attempt.is_about(remote(metadata={}))
    assert not attempt.is_about(remote(id="cs_other"))


def test_a_session_is_noted_once(now):
    attempt = make_attempt(now, state=AttemptState.CREATING)
    attempt.note(remote())
    attempt.note(remote(id="cs_other", url="elsewhere"))
    assert (attempt.stripe_session_id, attempt.state) == ("cs_test_1", AttemptState.OPEN)
