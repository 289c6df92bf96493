"""Our rows come to agree with what Stripe says, whoever asks and however often."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import AttemptState, FulfilmentState, Payment, PaymentState
from careercenter.billing.queries import by_id
from careercenter.billing.settling import cancel_checkout
from careercenter.credits import usecases as credits
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.findings.models import Finding
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import PostingStatus
from careercenter.publishing.usecases import spend_credit
from tests.billing.conftest import begin, letters


@pytest.fixture(autouse=True)
def books_are_right(session):
    yield
    session.flush()
    assert contradictions(session) == []


def periods(session):
    return [
        (period.source_ref, period.days, period.starts_at)
        for period in session.scalars(select(ListingPeriod))
    ]


def test_money_brings_the_posting_before_a_moderator(session, start, settle, payments, draft, now):
    checkout = start()
    settle(checkout, payments.pay("cs_test_1"))
    assert checkout.payment_state is PaymentState.PAID
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED
    assert checkout.attempts[0].state is AttemptState.COMPLETE
    assert (draft.status, draft.submitted_at) == (PostingStatus.IN_REVIEW, checkout.paid_at)
    assert periods(session) == [(f"checkout:{checkout.id}:1", 30, None)]
    assert letters(session) == ["receipt"]


def test_settling_again_changes_nothing(session, start, settle, payments):
    checkout = start()
    for _ in range(5):
        settle(checkout, payments.pay("cs_test_1"))
    assert len(periods(session)) == 1
    assert len(session.scalars(select(Payment)).all()) == 1
    assert letters(session) == ["receipt"]


def test_a_webhook_may_come_before_we_know_the_session(
    session, draft, member, settings, payments, settle, now
):
    attempt = begin(session, draft, member, settings, now)
    remote = payments.create_session(attempt.params, attempt.idempotency_key)
    settle(by_id(session, attempt.checkout_id), payments.pay(remote.id))
    assert attempt.stripe_session_id == remote.id
    assert (attempt.state, draft.status) == (AttemptState.COMPLETE, PostingStatus.IN_REVIEW)


def test_an_open_page_changes_nothing(start, settle, payments, draft):
    checkout = start()
    settle(checkout, payments.retrieve_session("cs_test_1"))
    assert (checkout.payment_state, draft.status) == (
        PaymentState.AWAITING,
        PostingStatus.CHECKOUT,
    )


def test_a_page_that_ran_out_gives_the_posting_back(session, start, settle, payments, draft):
    checkout = start()
    settle(checkout, payments.expire_session("cs_test_1"))
    assert checkout.attempts[0].state is AttemptState.EXPIRED
    assert (checkout.payment_state, draft.status) == (PaymentState.EXPIRED, PostingStatus.DRAFT)
    assert letters(session) == []


def test_a_bank_debit_is_not_money_yet(session, start, settle, payments, draft):
    checkout = start()
    settle(checkout, payments.debit("cs_test_1"))
    settle(checkout, payments.debit("cs_test_1"))
    assert checkout.payment_state is PaymentState.PROCESSING
    assert (draft.status, periods(session)) == (PostingStatus.CHECKOUT, [])
    assert letters(session) == ["payment_processing"]
    settle(checkout, payments.pay("cs_test_1"))
    assert draft.status is PostingStatus.IN_REVIEW


def test_a_debit_that_comes_back_gives_the_posting_back(session, start, settle, payments, draft):
    checkout = start()
    settle(checkout, payments.debit("cs_test_1"))
    settle(checkout, payments.bounce("cs_test_1"))
    assert (checkout.payment_state, draft.status) == (PaymentState.FAILED, PostingStatus.DRAFT)
    assert letters(session) == ["payment_processing", "payment_failed"]


@pytest.mark.parametrize("end", ["expire_session", "bounce"])
def test_late_money_wins(start, settle, payments, draft, end):
    checkout = start()
    if end == "bounce":
        settle(checkout, payments.debit("cs_test_1"))
    settle(checkout, getattr(payments, end)("cs_test_1"))
    settle(checkout, payments.pay("cs_test_1"))
    assert checkout.payment_state is PaymentState.PAID
    assert draft.status is PostingStatus.IN_REVIEW


def test_a_second_page_cannot_unsettle_what_the_first_one_paid(
    session, start, settle, payments, draft, now
):
    checkout = start()
    settle(checkout, payments.expire_session("cs_test_1"))
    start(now + timedelta(minutes=1))
    settle(checkout, payments.pay("cs_test_1"))
    settle(checkout, payments.debit("cs_test_2"))
    assert checkout.attempts[1].state is AttemptState.PROCESSING
    settle(checkout, payments.bounce("cs_test_2"))
    assert [attempt.state for attempt in checkout.attempts] == ["complete", "failed"]
    assert (checkout.payment_state, draft.status) == (PaymentState.PAID, PostingStatus.IN_REVIEW)
    assert letters(session) == ["receipt"]


def test_late_money_for_a_posting_that_moved_on_becomes_a_credit(
    session, start, settle, payments, draft, employer, now
):
    checkout = start()
    settle(checkout, payments.expire_session("cs_test_1"))
    credits.gift_credits(session, employer, 1, "sorry", now)
    spend_credit(session, employer, draft, now)
    settle(checkout, payments.pay("cs_test_1"))
    entry = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id.desc())).first()
    assert (entry.reason, entry.delta) == (EntryReason.UNDELIVERABLE, 1)
    assert employer.credit_balance == 1
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED


def test_an_old_page_running_out_does_not_disturb_a_new_one(
    session, start, settle, payments, draft, now
):
    checkout = start()
    cancel_checkout(session, checkout, payments.expire_session("cs_test_1"), now)
    start(now + timedelta(minutes=1))
    settle(checkout, payments.retrieve_session("cs_test_1"))
    assert (checkout.payment_state, draft.status) == (
        PaymentState.AWAITING,
        PostingStatus.CHECKOUT,
    )
    assert [attempt.state for attempt in checkout.attempts] == ["expired", "open"]


def test_money_is_quicker_than_a_cancellation(session, start, payments, draft, now):
    checkout = start()
    payments.pay("cs_test_1")
    cancel_checkout(session, checkout, payments.expire_session("cs_test_1"), now)
    assert checkout.payment_state is PaymentState.PAID
    assert draft.status is PostingStatus.IN_REVIEW


@pytest.mark.parametrize(
    "lie",
    [
        {"total_cents": 100},
        {"subtotal_cents": 100},
        {"discount_cents": 100},
        {"tax_cents": 100},
        {"currency": "jpy"},
        {"livemode": True},
        {"quantities": (2,)},
        {"metadata": {}},
        {"metadata": {"app": "careercenter", "checkout": "another"}},
        {"client_reference_id": "another"},
        {"id": "cs_another"},
        {"payment_intent_id": None},
    ],
    ids=lambda lie: "-".join(lie),
)
def test_what_differs_from_the_order_is_held_for_a_person(
    session, start, settle, payments, draft, lie
):
    checkout = start()
    payments.pay("cs_test_1")
    settle(checkout, payments.tamper("cs_test_1", **lie))
    assert checkout.payment_state is PaymentState.PAID
    assert checkout.fulfilment_state is FulfilmentState.HELD
    assert (draft.status, periods(session)) == (PostingStatus.CHECKOUT, [])
    (finding,) = session.scalars(select(Finding))
    assert (finding.kind, finding.object_id) == ("amount_mismatch", checkout.public_id)


def test_a_second_payment_is_kept_and_reported(session, start, settle, payments):
    checkout = start()
    settle(checkout, payments.pay("cs_test_1"))
    settle(checkout, payments.tamper("cs_test_1", payment_intent_id="pi_2", charge_id="ch_2"))
    (finding,) = session.scalars(select(Finding))
    assert (finding.kind, finding.object_id) == ("second_payment", "pi_2")
    assert checkout.public_id in finding.note
    assert len(periods(session)) == 1
    assert [problem.kind for problem in contradictions(session)] == ["second_payment"]
    session.rollback()
