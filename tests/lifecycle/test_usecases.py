"""Pausing, scheduling, renewing and listing again, by the days that were bought."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from careercenter.clock import end_of_day
from careercenter.credits import usecases as credits
from careercenter.credits.models import EntryReason
from careercenter.errors import Conflict, Invalid
from careercenter.lifecycle.models import Act, acts, days_left
from careercenter.lifecycle.usecases import (
    duplicate_posting,
    relist_posting,
    resume_posting,
    schedule_posting,
    withdraw_posting,
)
from careercenter.moderation.usecases import approve_posting
from careercenter.periods import usecases as periods
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import PostingStatus
from careercenter.postings.usecases import pause_posting
from careercenter.publishing.usecases import spend_credit
from careercenter.tasks import Task
from tests.factories import make_posting
from tests.lifecycle.conftest import ZONE

S, DAY = PostingStatus, timedelta(days=1)


def last_period(session) -> ListingPeriod:
    return session.scalars(select(ListingPeriod).order_by(ListingPeriod.id.desc())).first()


def test_a_pause_loses_no_days(session, running, now):
    posting = running()
    ends_at = last_period(session).ends_at
    pause_posting(session, posting, now)
    resume_posting(session, posting, ZONE, now + 12 * DAY)
    assert last_period(session).ends_at == ends_at + 12 * DAY
    last = (ends_at + 12 * DAY).astimezone(ZONE).date()
    assert posting.expires_at == end_of_day(last, ZONE)
    assert posting.is_live(now + 12 * DAY)


def test_many_short_pauses_win_no_days(session, running, now):
    posting, at = running(), now
    ends_at = last_period(session).ends_at
    for _ in range(20):
        pause_posting(session, posting, at)
        resume_posting(session, posting, ZONE, at + timedelta(seconds=1))
        at += timedelta(seconds=2)
    assert last_period(session).ends_at == ends_at + timedelta(seconds=20)


def test_what_is_paused_does_not_expire(session, running, now):
    posting = running(begun=29)
    pause_posting(session, posting, now)
    assert not posting.is_expired(now + 400 * DAY)
    assert days_left(posting) in (1, 2)
    resume_posting(session, posting, ZONE, now + 400 * DAY)
    assert posting.is_live(now + 401 * DAY)


def test_a_closing_date_that_passed_in_the_pause_stands(session, running, now):
    posting = running(closes_on=(now + 3 * DAY).date())
    pause_posting(session, posting, now)
    with pytest.raises(Invalid, match="closing date has passed"):
        resume_posting(session, posting, ZONE, now + 9 * DAY)


def test_what_is_scheduled_goes_live_by_the_clock(session, paid, moderator, now):
    posting = paid()
    schedule_posting(session, posting, now + 7 * DAY, ZONE, now)
    approve_posting(session, posting, moderator, ZONE, now)
    assert posting.is_scheduled(now)
    assert not posting.is_live(now + 7 * DAY - timedelta(seconds=1))
    assert posting.is_live(now + 7 * DAY)
    assert last_period(session).ends_at == now + 37 * DAY


def test_an_hour_that_passed_in_review_is_now(session, paid, moderator, now):
    posting = paid()
    schedule_posting(session, posting, now + DAY, ZONE, now)
    approve_posting(session, posting, moderator, ZONE, now + 2 * DAY)
    assert posting.published_at == now + 2 * DAY


@pytest.mark.parametrize("at", [None, 3])
def test_an_approved_posting_gets_another_hour(session, paid, moderator, now, at):
    posting = paid()
    schedule_posting(session, posting, now + 7 * DAY, ZONE, now)
    approve_posting(session, posting, moderator, ZONE, now)
    chosen = at and now + at * DAY
    schedule_posting(session, posting, chosen, ZONE, now + DAY)
    begins = chosen or now + DAY
    assert (posting.published_at, posting.first_published_at) == (begins, begins)
    assert last_period(session).ends_at == begins + 30 * DAY


@pytest.mark.parametrize(("days", "why"), [(-1, "still to come"), (100, "within the next")])
def test_an_hour_that_makes_no_sense_is_refused(session, employer, now, days, why):
    posting = make_posting(session, S.DRAFT, employer)
    with pytest.raises(Invalid, match=why):
        schedule_posting(session, posting, now + days * DAY, ZONE, now)


def test_an_hour_after_the_closing_date_is_refused(session, employer, now):
    posting = make_posting(session, S.DRAFT, employer, closes_on=(now + 2 * DAY).date())
    with pytest.raises(Invalid, match="before its closing date"):
        schedule_posting(session, posting, now + 5 * DAY, ZONE, now)


def test_what_is_live_is_not_scheduled(session, running, now):
    with pytest.raises(Conflict):
        schedule_posting(session, running(), now + DAY, ZONE, now)


def test_what_is_taken_back_from_review_gives_its_credit_back(session, paid, now):
    posting = paid()
    withdraw_posting(session, posting, now)
    assert (posting.status, posting.employer.credit_balance) == (S.DRAFT, 1)


@pytest.mark.parametrize("status", [S.FILLED, S.CLOSED])
def test_what_has_ended_is_listed_again_with_a_review(session, running, now, status):
    posting = running(status=status, closes_on=date(2026, 1, 1))
    relist_posting(session, posting, now)
    assert (posting.status, posting.closes_on) == (S.DRAFT, None)


def test_what_has_expired_is_listed_again_and_counted(session, running, moderator, now):
    posting = running(begun=40)
    first = posting.first_published_at
    relist_posting(session, posting, now)
    periods.add_period(session, posting, "x", 30, now)
    session.flush()
    approve_posting(session, posting, moderator, ZONE, now)
    assert (posting.reposts, posting.first_published_at) == (1, first)
    assert posting.published_at == now


def test_what_is_live_is_not_listed_again(session, running, now):
    with pytest.raises(Conflict):
        relist_posting(session, running(), now)


def test_a_renewal_puts_its_days_behind_those_that_are_left(session, running, employer, now):
    posting = running(begun=27)
    before = last_period(session).ends_at
    credits.gift_credits(session, employer, 2, "hello", now)
    spend_credit(session, employer, posting, now)
    assert posting.status is S.PUBLISHED
    assert session.scalars(select(Task.kind)).all() == ["prolong_posting"]
    assert periods.prolong(session, posting, now, ZONE)
    assert (last_period(session).starts_at, last_period(session).ends_at) == (
        before,
        before + 30 * DAY,
    )
    assert not periods.prolong(session, posting, now, ZONE)
    with pytest.raises(Conflict):  # it is not in its last days any more
        spend_credit(session, employer, posting, now)


def test_a_renewal_of_what_was_closed_meanwhile_becomes_a_credit(session, running, employer, now):
    posting = running(begun=27)
    credits.gift_credits(session, employer, 1, "hello", now)
    spend_credit(session, employer, posting, now)
    posting.close(now)
    assert periods.prolong(session, posting, now, ZONE)
    assert employer.credit_balance == 1
    assert last_period(session).revoked_at == now
    reasons = session.scalars(select(credits.LedgerEntry.reason)).all()
    assert reasons[-1] is EntryReason.UNDELIVERABLE


def test_a_posting_that_its_closing_date_ends_is_not_renewed(session, running, now):
    posting = running(begun=27, closes_on=(now + 2 * DAY).date())
    assert not posting.may_renew(now)


def test_a_copy_is_a_draft_that_says_the_same(session, running, now):
    posting = running()
    copy = duplicate_posting(session, posting, now)
    assert (copy.status, copy.details) == (S.DRAFT, posting.details)


NOTHING = {"undecided": False, "renewing": False}


def test_the_desk_offers_what_may_be_done_now(session, running, now):
    offered = {
        (S.DRAFT, 10): {Act.SCHEDULE},
        (S.IN_REVIEW, 10): {Act.SCHEDULE, Act.WITHDRAW},
        (S.PUBLISHED, 10): {Act.AMEND, Act.PAUSE, Act.FILL, Act.CLOSE},
        (S.PUBLISHED, 40): {Act.RELIST, Act.FILL, Act.CLOSE},
        (S.PUBLISHED, -2): {Act.AMEND, Act.SCHEDULE, Act.FILL, Act.CLOSE},
        (S.PAUSED, 10): {Act.AMEND, Act.RESUME, Act.FILL, Act.CLOSE},
        (S.FILLED, 10): {Act.RELIST},
        (S.REMOVED, 10): set(),
    }
    for (status, begun), expected in offered.items():
        found = acts(running(begun, status), now, **NOTHING)
        assert found == expected | {Act.DUPLICATE}, (status, begun)
