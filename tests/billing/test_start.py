"""Beginning a checkout."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from careercenter.billing import usecases
from careercenter.billing.gateway import PaymentsRefused
from careercenter.billing.models import AttemptState, Checkout, PaymentState
from careercenter.billing.settling import cancel_checkout, refuse_attempt
from careercenter.errors import Conflict, Forbidden, Unavailable
from careercenter.plans import queries as plans
from careercenter.plans.usecases import edit_plan
from careercenter.postings.models import PostingStatus
from tests.billing.conftest import to_buy
from tests.factories import make_posting


@pytest.fixture
def begin(session, draft, member, settings, now):
    def begin(at=now, settings=settings):
        wanted = to_buy(session, draft)
        return usecases.start_checkout(session, wanted, member, settings, at).live_attempt()

    return begin


def test_a_checkout_stands_with_its_price_before_stripe_is_asked(session, begin, draft):
    attempt = begin()
    checkout = session.get(Checkout, attempt.checkout_id)
    assert attempt.state is AttemptState.CREATING
    assert checkout.total_cents == 24900
    assert [(line.days, line.unit_cents) for line in checkout.lines] == [(30, 24900)]
    assert draft.status is PostingStatus.CHECKOUT


def test_stripe_is_asked_for_our_price_and_told_whose_it_is(begin, session, now):
    attempt = begin()
    public_id = session.get(Checkout, attempt.checkout_id).public_id
    assert attempt.idempotency_key == f"co:{public_id}:1"
    assert attempt.params["client_reference_id"] == public_id
    assert attempt.params["metadata"] == attempt.params["payment_intent_data"]["metadata"]
    assert attempt.params["metadata"]["checkout"] == public_id
    (line,) = attempt.params["line_items"]
    assert (line["quantity"], line["price_data"]["unit_amount"]) == (1, 24900)
    assert attempt.params["expires_at"] == int((now + timedelta(minutes=60)).timestamp())
    page = f"http://localhost/hire/checkouts/{public_id}?session_id={{CHECKOUT_SESSION_ID}}"
    assert attempt.params["success_url"] == page


def test_a_second_click_goes_on_with_the_first(start, begin):
    checkout = start()
    assert begin() is checkout.live_attempt()


def test_an_unanswered_call_is_repeated_word_for_word(begin, now):
    first = begin()
    sent, key = dict(first.params), first.idempotency_key
    again = begin(now + timedelta(hours=22))
    assert (again, again.params, again.idempotency_key) == (first, sent, key)


def test_after_a_day_an_unanswered_call_is_given_up(begin, now):
    first = begin()
    second = begin(now + timedelta(hours=23))
    assert first.state is AttemptState.ABANDONED
    assert (second.n, second.checkout_id) == (2, first.checkout_id)
    assert second.idempotency_key.endswith(":2")


def test_an_open_page_that_is_nearly_over_must_be_ended_first(start, begin, now):
    start()
    with pytest.raises(Conflict, match="under way"):
        begin(now + timedelta(minutes=56))


def test_a_canceled_checkout_is_taken_up_again(session, start, begin, payments, now):
    checkout = start()
    remote = payments.expire_session("cs_test_1")
    cancel_checkout(session, checkout, remote, now)
    assert checkout.payment_state is PaymentState.CANCELED
    assert checkout.posting.status is PostingStatus.DRAFT
    assert begin().checkout_id == checkout.id
    assert checkout.payment_state is PaymentState.AWAITING


def test_a_new_price_makes_a_new_checkout(session, start, begin, payments, member, now):
    checkout = start()
    cancel_checkout(session, checkout, payments.expire_session("cs_test_1"), now)
    plan = plans.posting_plan(session)
    terms = replace(plan.terms, price_cents=19900)
    edit_plan(session, plan, 1, terms, member.user, now)
    attempt = begin()
    assert attempt.checkout_id != checkout.id
    assert session.get(Checkout, attempt.checkout_id).total_cents == 19900


def test_a_call_that_stripe_refuses_leaves_a_draft(session, begin, draft):
    attempt = begin()
    checkout = session.get(Checkout, attempt.checkout_id)
    refuse_attempt(session, checkout, attempt.id, PaymentsRefused())
    assert attempt.state is AttemptState.FAILED
    assert (checkout.payment_state, draft.status) == (PaymentState.FAILED, PostingStatus.DRAFT)
    assert begin().n == 2


def test_a_customer_that_stripe_no_longer_knows_is_forgotten(session, begin, employer):
    employer.stripe_customer_id = "cus_gone"
    attempt = begin()
    assert attempt.params["customer"] == "cus_gone"
    checkout = session.get(Checkout, attempt.checkout_id)
    refuse_attempt(session, checkout, attempt.id, PaymentsRefused("customer"))
    assert employer.stripe_customer_id is None


def test_who_has_not_confirmed_an_address_cannot_buy(begin, member):
    member.user.confirmed_at = None
    with pytest.raises(Forbidden, match="Verify your email first"):
        begin()


def test_a_suspended_employer_cannot_buy(begin, employer, now):
    employer.suspended_at = now
    with pytest.raises(Forbidden, match="on hold"):
        begin()


def test_a_board_without_a_key_sells_nothing(begin, settings, session):
    with pytest.raises(Unavailable, match="not set up"):
        begin(settings=replace(settings, stripe_secret_key=""))
    assert session.scalar(select(func.count()).select_from(Checkout)) == 0


@pytest.mark.parametrize(
    "status", [PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED, PostingStatus.REJECTED]
)
def test_what_is_on_its_way_cannot_be_bought(session, member, settings, now, status):
    posting = make_posting(session, status, member.employer)
    with pytest.raises(Conflict):
        usecases.start_checkout(session, to_buy(session, posting), member, settings, now)


def test_a_closed_posting_can_be_renewed(session, member, settings, now):
    posting = make_posting(session, PostingStatus.CLOSED, member.employer)
    usecases.start_checkout(session, to_buy(session, posting), member, settings, now)
    assert posting.status is PostingStatus.CHECKOUT
