"""What was bought waits while a bank decides."""

from datetime import timedelta

import pytest

from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import DisputeState, FulfilmentState
from careercenter.disputes import handlers
from careercenter.disputes.evidence import evidence_of
from careercenter.errors import Conflict, Invalid
from careercenter.lifecycle.usecases import close_posting, resume_posting
from careercenter.postings.models import PostingStatus
from careercenter.refunds.models import RefundReason
from careercenter.refunds.usecases import Wish, request_refund
from careercenter.tasks import Task
from tests.billing.conftest import letters
from tests.disputes.conftest import state_of
from tests.refunds.conftest import open_kinds, payment_of

D, F = DisputeState, FulfilmentState


def test_an_inquiry_changes_nothing(session, pay, tell):
    checkout = pay()
    tell(checkout, "warning_needs_response")
    assert state_of(session, checkout) == (D.INQUIRY, F.FULFILLED)
    assert checkout.employer.credit_balance == 5
    assert open_kinds(session) == ["dispute"]
    tell(checkout, "warning_closed")
    assert open_kinds(session) == []
    assert contradictions(session) == []


def test_credits_are_kept_back_and_come_back(session, pay, tell, draft, spend):
    checkout = pay()
    spend(draft)
    dispute = tell(checkout)
    assert state_of(session, checkout) == (D.OPEN, F.HELD)
    assert (checkout.employer.credit_balance, dispute.kept_credits) == (0, 4)
    assert contradictions(session) == []
    tell(checkout, "under_review")
    tell(checkout, "won")
    assert state_of(session, checkout) == (D.WON, F.FULFILLED)
    assert checkout.employer.credit_balance == 4
    assert letters(session).count("payment_disputed") == 2
    assert open_kinds(session) == []
    assert contradictions(session) == []


def test_a_listing_is_paused_and_goes_on_with_the_days_it_lost(
    session, pay, tell, draft, review, zone, now
):
    checkout = pay(draft, "single-posting")
    review(draft, approve=True)
    ends_at = draft.expires_at
    later = now + timedelta(days=3)
    tell(checkout, at=later)
    assert draft.status is PostingStatus.PAUSED
    with pytest.raises(Conflict, match="disputed"):
        resume_posting(session, draft, zone, later)
    with pytest.raises(Conflict, match="disputed"):
        close_posting(session, draft, later)
    tell(checkout, "won", at=now + timedelta(days=40))
    session.expire_all()
    assert draft.status is PostingStatus.PUBLISHED
    assert abs(draft.expires_at - ends_at - timedelta(days=37)) <= timedelta(hours=1)
    assert contradictions(session) == []


def test_what_its_employer_had_paused_stays_paused(session, pay, tell, draft, review, now):
    checkout = pay(draft, "single-posting")
    review(draft, approve=True)
    draft.pause(now + timedelta(minutes=5))
    tell(checkout)
    tell(checkout, "won")
    assert draft.status is PostingStatus.PAUSED


@pytest.mark.parametrize("statuses", [["needs_response", "lost"], ["lost"]])
def test_lost_money_takes_the_listing_along(session, pay, tell, draft, review, now, statuses):
    checkout = pay(draft, "single-posting")
    review(draft, approve=True)
    for n, status in enumerate(statuses):
        tell(checkout, status, at=now + timedelta(days=1 + 40 * n))
    assert state_of(session, checkout) == (D.LOST, F.REVOKED)
    assert draft.status is PostingStatus.CLOSED
    assert open_kinds(session) == ["dispute_lost"]
    assert contradictions(session) == []


def test_what_is_lost_stays_lost_whatever_comes_late(session, pay, tell):
    checkout = pay()
    tell(checkout, "lost")
    tell(checkout, "needs_response")
    assert state_of(session, checkout) == (D.LOST, F.REVOKED)
    assert checkout.employer.credit_balance == 0
    assert contradictions(session) == []


def test_a_posting_in_review_becomes_a_credit_when_the_bank_decides_for_it(
    session, pay, tell, draft
):
    checkout = pay(draft, "single-posting")
    tell(checkout)
    assert draft.status is PostingStatus.DRAFT
    assert checkout.employer.credit_balance == 0
    tell(checkout, "won")
    assert checkout.employer.credit_balance == 1
    assert contradictions(session) == []


def test_a_disputed_second_payment_holds_nothing(session, pay, pay_again, tell, now):
    checkout = pay()
    pay_again(checkout, now + timedelta(minutes=9))
    tell(checkout, intent="pi_again")
    assert checkout.employer.credit_balance == 5
    assert checkout.fulfilment_state is F.FULFILLED


def test_disputed_money_cannot_be_given_back_too(session, pay, tell, finance, zone, now):
    checkout = pay()
    tell(checkout)
    wish = Wish(100, RefundReason.STAFF, finance)
    with pytest.raises(Invalid, match="disputed"):
        request_refund(session, checkout, payment_of(session, checkout), wish, zone, now)


def test_evidence_is_asked_for_in_time_until_it_was_sent(session, pay, tell, now):
    checkout = pay()
    dispute = tell(checkout)
    reminders = session.query(Task).filter_by(kind="remind_dispute").order_by(Task.run_at).all()
    assert [(dispute.due_at - task.run_at).days for task in reminders] == [5, 2, 1]
    handlers.remind_dispute(session, "dp_1", now + timedelta(days=4))
    assert open_kinds(session) == ["dispute", "dispute_due"]
    tell(checkout, "under_review")
    assert open_kinds(session) == ["dispute"]
    handlers.remind_dispute(session, "dp_1", now + timedelta(days=7))
    assert open_kinds(session) == ["dispute"]


def test_the_evidence_says_what_was_bought_by_whom_and_what_came_of_it(
    session, pay, draft, spend, review, zone
):
    checkout = pay()
    spend(draft)
    review(draft, approve=True)
    text = evidence_of(session, checkout, zone)
    assert "Five postings: 5 posting credits of 30 days: $1,045.00" in text
    assert checkout.placed_by.email in text
    assert f"Reference {checkout.public_id}" in text
    assert "Postings published with them: 1" in text
    assert "Shown 0 times, opened 0 times" in text
    assert "On the board 20" in text


def test_a_warning_of_fraud_is_a_finding(session, pay, banks, payments, settings, now):
    intent = payment_of(session, pay()).payment_intent_id
    note = handlers.event_handlers(banks, payments, settings)[handlers.WARNING_EVENT]
    assert note(session, intent, now)
    assert not note(session, "pi_of_somebody_else", now)
    assert open_kinds(session) == ["fraud_warning"]
