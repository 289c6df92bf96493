"""Money that goes back, and what it takes along."""

from dataclasses import replace
from datetime import timedelta

import pytest

from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import FulfilmentState
from careercenter.errors import Conflict, Forbidden, Invalid
from careercenter.postings.models import PostingStatus
from careercenter.refunds import usecases
from careercenter.refunds.handlers import task_handlers
from careercenter.refunds.models import Refund, RefundReason, RefundState
from tests.billing.conftest import letters
from tests.factories import make_posting, make_user
from tests.refunds.conftest import of, open_kinds, payment_of

S = RefundState


def test_all_of_the_money_takes_the_credits_and_is_sent_once(session, pay, ask, send, refunds):
    checkout = pay()
    refund = ask(checkout, 104_500)
    assert checkout.employer.credit_balance == 0
    assert checkout.fulfilment_state is FulfilmentState.REVOKED
    send(refund)
    send(refund)
    assert (refund.state, refunds.calls) == (S.SUCCEEDED, 1)
    assert payment_of(session, checkout).refunded_cents == 104_500
    assert letters(session).count("refunded") == 1
    assert contradictions(session) == []


def test_a_part_takes_as_many_unused_credits_as_it_pays_for(session, pay, ask):
    checkout = pay()
    ask(checkout, 20_899)
    assert checkout.employer.credit_balance == 5
    ask(checkout, 1)
    assert checkout.employer.credit_balance == 4
    ask(checkout, 41_800)
    assert checkout.employer.credit_balance == 2
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED
    assert contradictions(session) == []


def test_credits_that_were_used_stay_used(session, pay, ask, draft, spend):
    checkout = pay()
    spend(draft)
    ask(checkout, 104_500)
    assert checkout.employer.credit_balance == 0
    assert draft.status is PostingStatus.IN_REVIEW
    assert contradictions(session) == []


def test_credits_of_another_purchase_are_left_alone(session, pay, ask):
    first, second = pay(slug="bundle-3"), pay(slug="bundle-5")
    ask(second, 104_500)
    assert first.employer.credit_balance == 3
    ask(first, 67_200)
    assert first.employer.credit_balance == 0


def test_nobody_gets_back_more_than_was_paid(session, pay, ask):
    checkout = pay()
    ask(checkout, 100_000)
    with pytest.raises(Invalid, match=r"You can refund at most \$45.00."):
        ask(checkout, 4_501)
    with pytest.raises(Invalid, match=r"at most \$45.00"):
        ask(checkout, 0)
    ask(checkout, 4_500)
    with pytest.raises(Invalid, match=r"at most \$0.00"):
        ask(checkout, 1)


def test_a_listing_ends_with_its_money(session, pay, ask, draft, review):
    checkout = pay(draft, "single-posting")
    review(draft, approve=True)
    ask(checkout, 24_900)
    assert draft.status is PostingStatus.CLOSED
    assert contradictions(session) == []


def test_a_part_of_the_money_leaves_the_listing(session, pay, ask, draft, review):
    checkout = pay(draft, "single-posting")
    review(draft, approve=True)
    ask(checkout, 24_899)
    assert draft.status is PostingStatus.PUBLISHED


def test_a_posting_in_review_is_a_draft_again(session, pay, ask, draft):
    checkout = pay(draft, "single-posting")
    ask(checkout, 24_900)
    assert draft.status is PostingStatus.DRAFT
    assert checkout.employer.credit_balance == 0
    assert contradictions(session) == []


def test_above_the_limit_a_second_person_approves(session, pay, ask, finance, zone, now):
    checkout = pay()
    small = ask(checkout, 40_000, limit=50_000)
    large = ask(checkout, 10_001, limit=50_000)  # together more than the limit
    assert (small.state, large.state) == (S.REQUESTED, S.WAITING)
    assert checkout.employer.credit_balance == 4
    with pytest.raises(Forbidden, match="second person"):
        usecases.approve_refund(session, large, finance, zone, now)
    usecases.approve_refund(session, large, make_user(session), zone, now)
    assert large.state is S.REQUESTED
    assert checkout.employer.credit_balance == 3
    with pytest.raises(Conflict):
        usecases.approve_refund(session, large, make_user(session), zone, now)


def test_what_is_not_approved_takes_nothing(session, pay, ask, finance, now):
    checkout = pay()
    refund = ask(checkout, 104_500, limit=0)
    usecases.decline_refund(refund, finance, now)
    assert checkout.employer.credit_balance == 5
    assert ask(checkout, 104_500).state is S.REQUESTED


def test_an_answer_that_was_lost_makes_no_second_refund(session, pay, ask, send, refunds, now):
    checkout, refunds.silent = pay(), 1
    refund = ask(checkout, 20_900)
    with pytest.raises(Exception, match="not answering"):
        send(refund)
    session.rollback()
    refunds.watch = None
    send(refund, now + timedelta(days=2))  # Stripe has forgotten the key by now
    assert (refund.state, refunds.calls) == (S.SUCCEEDED, 1)


def test_what_stripe_refuses_comes_back(session, pay, ask, send, refunds):
    checkout, refunds.refuses = pay(), True
    refund = ask(checkout, 104_500)
    send(refund)
    assert refund.state is S.FAILED
    assert checkout.employer.credit_balance == 5
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED
    assert payment_of(session, checkout).refunded_cents == 0
    assert open_kinds(session) == ["refund_failed"]
    assert contradictions(session) == []


def test_a_bank_may_send_it_back_days_later(session, pay, ask, send, hear, refunds, draft, review):
    checkout = pay(draft, "single-posting")
    review(draft, approve=True)
    refund = ask(checkout, 24_900)
    send(refund)
    intent = payment_of(session, checkout).payment_intent_id
    refunds.tell(intent, replace(refunds.made[intent][0], status="failed"))
    hear(checkout)
    hear(checkout)
    assert refund.state is S.FAILED
    assert checkout.employer.credit_balance == 1  # for the days that had ended
    assert payment_of(session, checkout).refunded_cents == 0
    assert contradictions(session) == []


def test_messages_in_any_order_end_alike(session, pay, ask, send, hear, refunds):
    checkout, refunds.status = pay(), "pending"
    refund = ask(checkout, 20_900)
    send(refund)
    assert refund.state is S.PENDING
    intent = payment_of(session, checkout).payment_intent_id
    late = refunds.made[intent][0]
    refunds.tell(intent, replace(late, status="succeeded"))
    hear(checkout)
    refunds.tell(intent, late)
    hear(checkout)
    assert refund.state is S.SUCCEEDED
    assert len(of(session, checkout)) == 1


def test_what_was_made_in_stripe_is_learnt(session, pay, hear, theirs):
    checkout = pay()
    theirs(checkout, 104_500)
    hear(checkout)
    hear(checkout)
    (refund,) = of(session, checkout)
    assert (refund.reason, refund.amount_cents) == (RefundReason.STRIPE, 104_500)
    assert checkout.employer.credit_balance == 0
    assert payment_of(session, checkout).refunded_cents == 104_500
    assert open_kinds(session) == []
    assert contradictions(session) == []


def test_used_credits_are_a_finding_where_nobody_looked(session, pay, hear, theirs, draft, spend):
    checkout = pay()
    spend(draft)
    theirs(checkout, 104_500)
    hear(checkout)
    assert open_kinds(session) == ["credits_spent"]


def test_ours_fails_where_stripe_has_given_all_of_it_back(session, pay, ask, send, theirs, refunds):
    checkout = pay()
    refund = ask(checkout, 104_500)
    theirs(checkout, 104_500)
    refunds.refuses = True
    send(refund)
    assert [it.state for it in of(session, checkout)] == [S.FAILED, S.SUCCEEDED]
    assert checkout.employer.credit_balance == 0
    assert checkout.fulfilment_state is FulfilmentState.REVOKED
    assert contradictions(session) == []


def test_paid_twice_the_second_goes_back_by_itself(session, pay, pay_again, settings, refunds, now):
    checkout = pay()
    pay_again(checkout, now + timedelta(minutes=9))
    tasks = task_handlers(refunds, settings)
    for _ in range(2):
        tasks["refund_duplicates"](session, "", now)
    (refund,) = of(session, checkout)
    assert (refund.payment_intent_id, refund.amount_cents) == ("pi_again", 104_500)
    assert checkout.employer.credit_balance == 5
    tasks["send_refund"](session, str(refund.id), now)
    assert contradictions(session) == []


def test_rejected_and_paid_singly_the_employer_chooses_the_money(
    session, pay, draft, review, member, zone, now
):
    checkout = pay(draft, "single-posting")
    assert usecases.choice(session, checkout) is None
    review(draft, approve=False)
    assert checkout.employer.credit_balance == 1
    assert usecases.choice(session, checkout) is not None
    for _ in range(2):
        usecases.choose_money(session, checkout, member.user, zone, now)
    (refund,) = of(session, checkout)
    assert (refund.amount_cents, refund.state) == (24_900, S.REQUESTED)
    assert checkout.employer.credit_balance == 0
    assert usecases.choice(session, checkout) is None
    assert contradictions(session) == []


def test_a_credit_that_was_used_leaves_no_choice(
    session, pay, draft, review, member, spend, zone, now
):
    checkout = pay(draft, "single-posting")
    review(draft, approve=False)
    another = make_posting(session, PostingStatus.DRAFT, checkout.employer)
    spend(another)
    with pytest.raises(Conflict):
        usecases.choose_money(session, checkout, member.user, zone, now)
    assert session.query(Refund).count() == 0


def test_what_is_held_is_released_to_the_employer(session, pay, now):
    checkout = pay(total_cents=1)
    assert checkout.fulfilment_state is FulfilmentState.HELD
    assert open_kinds(session) == ["amount_mismatch"]
    usecases.release_held(session, checkout, now)
    assert checkout.employer.credit_balance == 5
    assert open_kinds(session) == []
    with pytest.raises(Conflict):
        usecases.release_held(session, checkout, now)
    assert contradictions(session) == []


def test_what_is_held_goes_back_and_frees_the_posting(session, pay, draft, finance, zone, now):
    checkout = pay(draft, "single-posting", total_cents=100)
    assert draft.status is PostingStatus.CHECKOUT
    usecases.revoke_held(session, checkout, finance, zone, now)
    (refund,) = of(session, checkout)
    assert (refund.amount_cents, refund.reason) == (100, RefundReason.HELD)
    assert draft.status is PostingStatus.DRAFT
    assert open_kinds(session) == []
    with pytest.raises(Conflict):
        usecases.revoke_held(session, checkout, finance, zone, now)
    assert contradictions(session) == []


def test_what_cannot_go_back_by_itself_is_tried_once(
    session, pay, pay_again, settings, refunds, now
):
    checkout, refunds.refuses = pay(), True
    pay_again(checkout, now + timedelta(minutes=9))
    tasks = task_handlers(refunds, settings)
    for _ in range(2):
        tasks["refund_duplicates"](session, "", now)
        tasks["send_refund"](session, str(of(session, checkout)[0].id), now)
    assert [it.state for it in of(session, checkout)] == [S.FAILED]
    assert checkout.employer.credit_balance == 5
    assert "refund_failed" in open_kinds(session)
