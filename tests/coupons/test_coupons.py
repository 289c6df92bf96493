"""What a coupon takes off, and who may use it how often."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.accounts.models import Role
from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import FulfilmentState, PaymentState
from careercenter.billing.settling import cancel_checkout
from careercenter.billing.usecases import start_checkout
from careercenter.coupons import queries, usecases
from careercenter.coupons.models import Coupon, CouponTerms, UseState, normal_code
from careercenter.employers.queries import member_of
from careercenter.errors import Invalid
from careercenter.postings.models import PostingStatus
from tests.billing.conftest import letters, to_buy
from tests.factories import make_employer, make_posting, make_user, owner_of

SPRING = CouponTerms("SPRING", percent=20)


@pytest.fixture
def make(session, now):
    staff = make_user(session, Role.FINANCE)

    def make(terms=SPRING, **changes):
        return usecases.create_coupon(session, replace(terms, **changes), staff, now)

    return make


@pytest.fixture
def buy(session, member, settings, draft, now):
    def buy(code="SPRING", posting=draft, slug="single-posting", at=now):
        wanted = replace(to_buy(session, posting, slug), code=code)
        return start_checkout(session, wanted, member, settings, at)

    return buy


@given(st.integers(1, 10_000_000), st.integers(1, 100))
def test_a_percentage_leaves_nothing_or_what_stripe_takes(cents, percent):
    left = cents - Coupon(percent=percent).discount_on(cents)
    assert left == 0 or 50 <= left <= cents
    if left:
        assert abs(left - cents * (100 - percent) / 100) <= 0.5


@given(st.integers(1, 10_000_000), st.integers(1, 10_000_000))
def test_an_amount_never_takes_more_than_there_is(cents, amount):
    left = cents - Coupon(amount_cents=amount).discount_on(cents)
    assert left == (cents - amount if cents - amount >= 50 else 0)


@pytest.mark.parametrize(
    ("typed", "code"),
    [(" spring ", "SPRING"), ("ｓｐｒｉｎｇ", "SPRING"), ("a b", ""), ("ab", ""), (None, "")],
)
def test_a_code_is_the_same_however_it_is_typed(typed, code):
    assert normal_code(typed) == code


def test_a_coupon_makes_a_purchase_cheaper(session, make, buy, payments, settle):
    coupon = make()
    checkout = buy()
    assert (checkout.subtotal_cents, checkout.total_cents) == (24_900, 19_920)
    attempt = checkout.live_attempt()
    assert attempt.params["discounts"] == [{"coupon": f"off-{checkout.public_id}"}]
    payments.create_session(attempt.params, attempt.idempotency_key, attempt.discount_cents)
    settle(checkout, payments.pay("cs_test_1"))
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED
    assert queries.use_of(session, checkout.id).state is UseState.USED
    session.refresh(coupon)
    assert coupon.uses == 1
    assert contradictions(session) == []


def test_a_coupon_that_takes_all_needs_no_stripe(session, make, buy, draft, payments):
    make(percent=100)
    payments.down = True
    checkout = buy()
    assert (checkout.payment_state, checkout.total_cents) == (PaymentState.NOTHING_DUE, 0)
    assert (checkout.attempts, draft.status) == ([], PostingStatus.IN_REVIEW)
    assert letters(session) == []
    assert contradictions(session) == []


def test_a_use_comes_back_when_the_purchase_comes_to_nothing(
    session,
    make,
    buy,
    payments,
    settle,
    now,
):
    coupon = make(most_uses=1)
    checkout = buy()
    attempt = checkout.live_attempt()
    payments.create_session(attempt.params, attempt.idempotency_key, attempt.discount_cents)
    for _ in range(2):
        cancel_checkout(session, checkout, payments.expire_session("cs_test_1"), now)
    session.refresh(coupon)
    assert (coupon.uses, queries.use_of(session, checkout.id).state) == (0, UseState.RELEASED)
    again = buy()
    assert (again.id != checkout.id, again.total_cents) == (True, 19_920)
    settle(checkout, payments.pay("cs_test_1"))  # late money, at the price that was promised
    session.refresh(coupon)
    assert (checkout.fulfilment_state, coupon.uses) == (FulfilmentState.FULFILLED, 1)


@pytest.mark.parametrize(
    "rule",
    [
        {"ends_at": timedelta(seconds=-1)},
        {"starts_at": timedelta(hours=1)},
        {"least_cents": 24_901},
        {"plans": ("bundle-3",)},
        {"employer_id": -1},
        {"first_only": True},
        {"each_employer": 1},
    ],
)
def test_every_bad_code_gets_the_same_answer(session, make, buy, member, now, rule):
    if rule.get("employer_id"):
        rule = {"employer_id": make_employer(session).id}
    coupon = make(**{k: now + v if isinstance(v, timedelta) else v for k, v in rule.items()})
    if rule.get("each_employer"):
        buy()
    if rule.get("first_only"):
        first = buy("", make_posting(session, PostingStatus.DRAFT, member.employer))
        first.payment_state = PaymentState.PAID
        session.flush()
    before = coupon.uses
    with pytest.raises(Invalid, match="That code isn't valid for this order"):
        buy("SPRING", make_posting(session, PostingStatus.DRAFT, member.employer))
    session.refresh(coupon)
    assert coupon.uses == before


def test_a_use_comes_back_when_the_bank_sends_the_money_back(session, make, buy, payments, settle):
    coupon = make(most_uses=1)
    checkout = buy()
    attempt = checkout.live_attempt()
    payments.create_session(attempt.params, attempt.idempotency_key, attempt.discount_cents)
    settle(checkout, payments.debit("cs_test_1"))
    session.refresh(coupon)
    assert (checkout.payment_state, coupon.uses) == (PaymentState.PROCESSING, 1)
    settle(checkout, payments.bounce("cs_test_1"))
    session.refresh(coupon)
    assert (checkout.payment_state, coupon.uses) == (PaymentState.FAILED, 0)
    assert queries.use_of(session, checkout.id).state is UseState.RELEASED


def test_what_others_used_up_is_gone(session, make, buy, settings, now):
    coupon = make(most_uses=1, each_employer=None)
    other = make_employer(session)
    posting = make_posting(session, PostingStatus.DRAFT, other)
    member = member_of(session, owner_of(session, other).id)
    wanted = replace(to_buy(session, posting), code="SPRING")
    start_checkout(session, wanted, member, settings, now)
    with pytest.raises(Invalid, match="That code isn't valid for this order"):
        buy()
    session.refresh(coupon)
    assert coupon.uses == 1


@pytest.mark.parametrize("percent", [20, 100])
def test_a_first_purchase_is_begun_once(session, make, buy, member, percent):
    """Open pages count, and so does what a coupon paid for: neither can be had again and again."""
    make(percent=percent, first_only=True, each_employer=None)
    assert buy().discount_cents
    with pytest.raises(Invalid, match="That code isn't valid for this order"):
        buy("SPRING", make_posting(session, PostingStatus.DRAFT, member.employer))


@pytest.mark.parametrize("state", ["invoiced", "processing"])
def test_a_purchase_on_its_way_is_a_first_one(session, make, buy, member, state):
    make(first_only=True)
    buy("", make_posting(session, PostingStatus.DRAFT, member.employer)).payment_state = state
    session.flush()
    with pytest.raises(Invalid, match="That code isn't valid for this order"):
        buy()


def test_a_first_purchase_that_came_to_nothing_was_none(session, make, buy, payments, now):
    make(first_only=True)
    checkout = buy()
    attempt = checkout.live_attempt()
    payments.create_session(attempt.params, attempt.idempotency_key, attempt.discount_cents)
    cancel_checkout(session, checkout, payments.expire_session("cs_test_1"), now)
    assert buy().discount_cents


def test_an_unknown_code_gets_it_too(session, buy):
    for code in ("NOTHING", "-"):
        with pytest.raises(Invalid, match="That code isn't valid for this order"):
            buy(code)
