"""A verdict, and what follows from it in the same transaction."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.errors import Conflict, Invalid
from careercenter.moderation.models import Decision, Objection, Reason, Verdict
from careercenter.moderation.usecases import approve_posting, reject_posting, remove_posting
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import PostingStatus
from careercenter.tasks import Task
from tests.factories import make_posting

ZONE = ZoneInfo("America/New_York")
UNCLEAR = Objection(Reason.PAY_UNCLEAR, "Say what a chart pays.")


def letters(session) -> list[tuple[str, str]]:
    return [(task.kind, task.subject) for task in session.scalars(select(Task))]


def decided(session) -> Decision:
    return session.scalars(select(Decision)).one()


def test_approval_publishes_begins_the_days_and_promises_a_letter(session, paid, moderator, now):
    posting = paid()
    seen, told = posting.version, posting.search_seq
    approve_posting(session, posting, moderator, ZONE, now)
    decision = decided(session)
    assert posting.is_live(now)
    assert timedelta(days=30) < posting.expires_at - now <= timedelta(days=31)
    assert posting.search_seq > told
    assert (decision.verdict, decision.reason, decision.posting_version) == (
        Verdict.APPROVED,
        None,
        seen,
    )
    assert letters(session) == [("mail:posting_approved", str(decision.id))]


def test_a_posting_leaves_with_its_closing_date(session, paid, moderator):
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    posting = paid(closes_on=now.date() + timedelta(days=3))
    approve_posting(session, posting, moderator, ZONE, now)
    assert posting.expires_at == datetime(2026, 11, 28, 5, tzinfo=UTC)


def test_what_could_not_be_seen_for_a_day_is_not_approved(session, paid, moderator, now):
    posting = paid(closes_on=now.date() - timedelta(days=3))
    with pytest.raises(Invalid, match="closing date has passed"):
        approve_posting(session, posting, moderator, ZONE, now)


def test_what_was_not_paid_for_is_not_approved(session, moderator, now):
    posting = make_posting(session, PostingStatus.IN_REVIEW)
    with pytest.raises(Conflict):
        approve_posting(session, posting, moderator, ZONE, now)


@pytest.mark.parametrize("status", sorted(set(PostingStatus) - {"in-review"}))
def test_only_what_is_in_review_is_approved(session, paid, moderator, now, status):
    posting = paid()
    posting.status = PostingStatus(status)
    with pytest.raises(Conflict):
        approve_posting(session, posting, moderator, ZONE, now)


def test_rejection_gives_the_credit_back_and_says_why(session, paid, moderator, now):
    posting = paid()
    reject_posting(session, posting, moderator, UNCLEAR, now)
    entry = session.scalars(select(LedgerEntry)).one()
    decision = decided(session)
    assert posting.status is PostingStatus.REJECTED
    assert posting.employer.credit_balance == 1
    assert (entry.delta, entry.reason) == (1, EntryReason.REJECTED)
    assert session.scalars(select(ListingPeriod)).one().revoked_at == now
    assert (decision.reason, decision.words) == (UNCLEAR.reason, UNCLEAR.words)
    assert letters(session) == [("mail:posting_rejected", str(decision.id))]


def test_a_second_rejection_gives_nothing(session, paid, moderator, now):
    posting = paid()
    reject_posting(session, posting, moderator, UNCLEAR, now)
    with pytest.raises(Conflict):
        reject_posting(session, posting, moderator, UNCLEAR, now)
    assert posting.employer.credit_balance == 1


@pytest.mark.parametrize("status", [PostingStatus.PUBLISHED, PostingStatus.PAUSED])
def test_removal_takes_it_off_the_board_without_a_credit(session, moderator, now, status):
    posting = make_posting(session, status)
    told = posting.search_seq
    remove_posting(session, posting, moderator, UNCLEAR, now)
    assert (posting.status, posting.ended_at) == (PostingStatus.REMOVED, now)
    assert posting.search_seq > told
    assert posting.employer.credit_balance == 0
    assert letters(session) == [("mail:posting_removed", str(decided(session).id))]


def test_a_draft_is_not_removed(session, moderator, now):
    with pytest.raises(Conflict):
        remove_posting(session, make_posting(session, PostingStatus.DRAFT), moderator, UNCLEAR, now)
