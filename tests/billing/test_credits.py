"""Credits, and the days on the board that they and money bring."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import AttemptState
from careercenter.billing.usecases import start_checkout
from careercenter.clock import end_of_day
from careercenter.credits import usecases as credits
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.credits.queries import unspent
from careercenter.errors import Conflict, Forbidden, Invalid
from careercenter.periods import usecases as periods
from careercenter.periods.models import ListingPeriod
from careercenter.plans.queries import posting_plan
from careercenter.plans.usecases import edit_plan
from careercenter.postings.models import PostingStatus
from careercenter.publishing.usecases import spend_credit
from tests.billing.conftest import to_buy
from tests.factories import make_posting

ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def rich(session, employer, now):
    credits.gift_credits(session, employer, 2, "Welcome to the board", now)
    return employer


def entries(session):
    return [(entry.reason, entry.delta) for entry in session.scalars(select(LedgerEntry))]


def test_a_gift_says_why(session, rich):
    (entry,) = session.scalars(select(LedgerEntry))
    assert (entry.reason, entry.delta, rich.credit_balance) == (EntryReason.GIFT, 2, 2)
    assert entry.ref.endswith(":welcome-to-the-board")


def test_a_credit_submits_a_posting(session, rich, draft, now):
    spend_credit(session, rich, draft, now)
    (period,) = session.scalars(select(ListingPeriod))
    assert (period.source_ref, period.days) == (f"spend:posting:{draft.id}:1", 30)
    assert (draft.status, rich.credit_balance) == (PostingStatus.IN_REVIEW, 1)
    assert contradictions(session) == []


def test_without_a_credit_nothing_is_submitted(session, employer, draft, now):
    with pytest.raises(Invalid, match="no posting credits left"):
        spend_credit(session, employer, draft, now)
    assert draft.status is PostingStatus.DRAFT


def test_a_credit_is_not_spent_while_a_payment_is_under_way(session, rich, start, now):
    with pytest.raises(Conflict, match="under way"):
        spend_credit(session, rich, start().posting, now)


def test_a_credit_is_not_spent_while_money_is_on_its_way(
    session, rich, start, settle, payments, now
):
    checkout = start()
    settle(checkout, payments.debit("cs_test_1"))
    checkout.attempts[0].state = AttemptState.ABANDONED
    with pytest.raises(Conflict, match="being checked"):
        spend_credit(session, rich, checkout.posting, now)


def test_a_credit_is_not_spent_while_a_person_checks_the_payment(
    session, rich, start, settle, payments, draft, now
):
    checkout = start()
    payments.pay("cs_test_1")
    settle(checkout, payments.tamper("cs_test_1", total_cents=100))
    with pytest.raises(Conflict, match="being checked"):
        spend_credit(session, rich, draft, now)
    assert (draft.status, rich.credit_balance) == (PostingStatus.CHECKOUT, 2)


def test_a_suspended_employer_spends_nothing(session, rich, draft, now):
    rich.suspended_at = now
    with pytest.raises(Forbidden):
        spend_credit(session, rich, draft, now)


def test_a_closed_posting_is_renewed_by_a_credit(session, rich, now):
    posting = make_posting(session, PostingStatus.CLOSED, rich)
    spend_credit(session, rich, posting, now)
    assert posting.status is PostingStatus.IN_REVIEW


def test_what_is_in_review_takes_no_credit(session, rich, now):
    posting = make_posting(session, PostingStatus.IN_REVIEW, rich)
    with pytest.raises(Conflict):
        spend_credit(session, rich, posting, now)


def test_the_balance_cannot_fall_below_zero(session, employer, now):
    with pytest.raises(Invalid, match="no posting credits left"):
        credits.take_credits(session, employer, 1, EntryReason.SPENT, "x", now)
    employer.credit_balance = -1
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_one_reference_changes_the_balance_once(session, employer, now):
    credits.give_credits(session, employer, 1, 30, EntryReason.REJECTED, "same", now)
    with pytest.raises(IntegrityError):
        credits.give_credits(session, employer, 1, 30, EntryReason.REJECTED, "same", now)
    session.rollback()


def test_approval_begins_the_days(session, rich, draft, now):
    spend_credit(session, rich, draft, now)
    ends = periods.start_period(session, draft, now, ZONE)
    (period,) = session.scalars(select(ListingPeriod))
    last = now + timedelta(days=30)
    assert (period.starts_at, period.ends_at) == (now, last)
    assert ends == end_of_day(last.astimezone(ZONE).date(), ZONE)


@pytest.mark.parametrize(
    ("closes_on", "ends"),
    [
        (date(2026, 11, 10), datetime(2026, 11, 11, 5, tzinfo=UTC)),  # midnight in New York
        (date(2026, 10, 31), datetime(2026, 11, 1, 4, tzinfo=UTC)),  # the clock changes that day
        (date(2027, 2, 1), datetime(2026, 11, 20, 5, tzinfo=UTC)),  # after the days are over
    ],
)
def test_a_posting_leaves_with_its_closing_date_at_the_latest(
    session, rich, draft, closes_on, ends
):
    approved = datetime(2026, 10, 20, 12, tzinfo=UTC)
    draft.closes_on = closes_on
    spend_credit(session, rich, draft, approved)
    assert periods.start_period(session, draft, approved, ZONE) == ends


def test_days_begin_once(session, rich, draft, now):
    spend_credit(session, rich, draft, now)
    periods.start_period(session, draft, now, ZONE)
    with pytest.raises(Conflict, match="not been paid for"):
        periods.start_period(session, draft, now, ZONE)


def test_a_credit_brings_the_days_that_were_bought_with_it(
    session, rich, member, draft, start, settle, payments, settings, now
):
    bundle = start_checkout(session, to_buy(session, None, "bundle-3"), member, settings, now)
    attempt = bundle.live_attempt()
    payments.create_session(attempt.params, attempt.idempotency_key)
    settle(bundle, payments.pay("cs_test_1"))
    plan = posting_plan(session)
    edit_plan(session, plan, 1, replace(plan.terms, days=15), member.user, now)
    credits.gift_credits(session, rich, 1, "after the change", now)
    days = []
    for _ in range(6):
        posting = make_posting(session, PostingStatus.DRAFT, rich)
        spend_credit(session, rich, posting, now)
        days.append(session.scalar(select(ListingPeriod.days).filter_by(posting_id=posting.id)))
    assert (days, rich.credit_balance) == ([30] * 5 + [15], 0)
    assert contradictions(session) == []


def test_what_expires_first_is_spent_first(session, rich, draft, now):
    give = partial(credits.give_credits, session, rich, 1, reason=EntryReason.GIFT, now=now)
    give(days=60, ref="late", expires_at=now + timedelta(days=9))
    give(days=45, ref="soon", expires_at=now + timedelta(days=2))
    taken = credits.take_credits(session, rich, 3, EntryReason.SPENT, "x", now)
    assert [entry.days for entry in taken] == [45, 60, 30]
    assert [some.left for some in unspent(session, rich.id)] == [1]
    assert contradictions(session) == []


def test_what_comes_back_brings_the_days_that_had_been_given_for_it(session, rich, draft, now):
    credits.give_credits(
        session, rich, 1, 45, EntryReason.GIFT, "x", now, expires_at=now + timedelta(days=1)
    )
    spend_credit(session, rich, draft, now)
    periods.revoke_period(session, draft, now)
    assert [some.entry.days for some in unspent(session, rich.id)] == [30, 45]


def test_rejection_gives_the_days_back_as_a_credit(session, rich, draft, now):
    spend_credit(session, rich, draft, now)
    periods.revoke_period(session, draft, now)
    periods.revoke_period(session, draft, now)
    (period,) = session.scalars(select(ListingPeriod))
    assert (period.revoked_at, rich.credit_balance) == (now, 2)
    assert entries(session)[-1] == (EntryReason.REJECTED, 1)
    assert contradictions(session) == []


def test_a_rejected_posting_takes_another_credit_later(session, rich, draft, now):
    spend_credit(session, rich, draft, now)
    periods.revoke_period(session, draft, now)
    draft.reject()
    draft.status = PostingStatus.DRAFT
    spend_credit(session, rich, draft, now)
    refs = session.scalars(select(ListingPeriod.source_ref).order_by(ListingPeriod.id)).all()
    assert refs == [f"spend:posting:{draft.id}:1", f"spend:posting:{draft.id}:2"]


@pytest.mark.parametrize("damage", ["balance", "period"])
def test_the_books_notice_damage(session, rich, draft, now, damage):
    if damage == "balance":
        rich.credit_balance = 7
    else:
        session.add(
            ListingPeriod(posting_id=draft.id, source_ref="nothing", days=30, created_at=now)
        )
    session.flush()
    kinds = {"balance": "balance_not_ledger", "period": "period_without_source"}
    assert [problem.kind for problem in contradictions(session)] == [kinds[damage]]
