"""The books notice what contradicts itself, and lose no word of what is known about it."""

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.billing.contradictions import contradictions
from careercenter.billing.handlers import check_books
from careercenter.billing.models import Payment
from careercenter.coupons.models import CouponTerms
from careercenter.coupons.usecases import create_coupon
from careercenter.credits import usecases as credits
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.findings.models import Finding
from tests.factories import make_user


@pytest.fixture
def twice(start, settle, payments):
    """Paid by two payments."""
    checkout = start()
    settle(checkout, payments.pay("cs_test_1"))
    settle(checkout, payments.tamper("cs_test_1", payment_intent_id="pi_2", charge_id="ch_2"))
    return checkout


def wrong(session):
    session.flush()
    return [(problem.kind, problem.object_id) for problem in contradictions(session)]


def test_a_coupon_was_used_as_often_as_its_uses_say(session, now):
    terms = CouponTerms("SPRING", percent=20)
    coupon = create_coupon(session, terms, make_user(session, Role.FINANCE), now)
    assert wrong(session) == []
    coupon.uses = 1
    assert wrong(session) == [("coupon_not_its_uses", "SPRING")]


def test_credits_go_once_and_come_from_somewhere(session, employer, now):
    credits.gift_credits(session, employer, 1, "hello", now)
    credits.take_credits(session, employer, 1, EntryReason.SPENT, "spent", now)
    (gift, spent) = session.scalars(select(LedgerEntry).order_by(LedgerEntry.id))
    assert wrong(session) == []
    spent.delta, employer.credit_balance = -2, -0
    gift.delta, employer.credit_balance = 1, 0
    assert ("credits_taken_twice", gift.ref) in wrong(session)
    spent.delta, spent.taken_from_id = -1, None
    assert wrong(session) == [("credits_from_nowhere", "spent")]


def test_the_check_of_the_books_keeps_what_is_known(session, twice, now):
    before = session.scalars(select(Finding.note)).one()
    assert twice.public_id in before
    check_books(session, now)
    session.flush()
    session.expire_all()
    (finding,) = session.scalars(select(Finding))
    assert (finding.object_id, finding.note, finding.resolved_at) == ("pi_2", before, None)


@pytest.mark.parametrize("intent", ["pi_1", "pi_2"])
def test_a_second_payment_that_went_back_is_done_with(session, twice, now, intent):
    payment = session.get_one(Payment, intent)
    payment.refunded_cents = payment.amount_cents - 1
    check_books(session, now)
    assert wrong(session) == [("second_payment", "pi_2")]
    payment.refunded_cents = payment.amount_cents
    check_books(session, now)
    session.flush()
    session.expire_all()
    assert (wrong(session), session.scalars(select(Finding.resolved_at)).all()) == ([], [now])
