"""A posting that ends early gives its unused days back, once, as one credit."""

from datetime import timedelta

import pytest

from careercenter.billing.contradictions import contradictions
from careercenter.credits.models import EntryReason
from careercenter.credits.queries import newest_entries
from careercenter.errors import Conflict
from careercenter.lifecycle.usecases import close_posting, fill_posting, relist_posting
from careercenter.periods.models import UNUSED_RULE, ListingPeriod
from careercenter.periods.queries import last_begun
from careercenter.postings.models import PostingStatus
from careercenter.publishing.usecases import spend_credit


@pytest.mark.parametrize("end", [close_posting, fill_posting])
def test_the_unused_days_come_back_as_one_credit(session, employer, running, end, now):
    posting = running(begun=9.5)
    assert end(session, posting, now) == 20
    entry = newest_entries(session, employer.id)[0]
    assert (entry.delta, entry.days, entry.reason) == (1, 20, EntryReason.UNUSED)
    assert (employer.credit_balance, entry.posting_id) == (1, posting.id)


def test_the_credit_brings_so_many_days_and_no_more(session, employer, running, now):
    posting = running(begun=10)
    close_posting(session, posting, now)
    relist_posting(session, posting, now)
    spend_credit(session, employer, posting, now)
    days = [p.days for p in session.query(ListingPeriod).order_by(ListingPeriod.id)]
    assert (days, employer.credit_balance) == ([30, 20], 0)


def test_its_days_end_with_it_so_that_none_come_back_twice(session, employer, running, now):
    posting = running(begun=10)
    close_posting(session, posting, now)
    assert last_begun(session, posting.id).ends_at == now
    relist_posting(session, posting, now)
    with pytest.raises(Conflict):
        close_posting(session, posting, now)
    assert employer.credit_balance == 1


def test_fewer_than_seven_days_do_not_come_back(session, employer, running, now):
    assert close_posting(session, running(begun=23.5), now) == 0
    assert close_posting(session, running(begun=23), now) == 7


def test_a_free_posting_gives_none_back(session, employer, running, now):
    posting = running(begun=1)
    session.query(ListingPeriod).update({"free": True})
    assert close_posting(session, posting, now) == 0
    assert employer.credit_balance == 0


def test_a_paused_posting_gives_back_what_was_left_when_it_was_paused(session, running, now):
    posting = running(begun=20, status=PostingStatus.PAUSED)
    posting.paused_at = now - timedelta(days=5)
    assert close_posting(session, posting, now) == 15


def test_a_scheduled_posting_gives_all_days_back(session, running, now):
    assert close_posting(session, running(begun=-3), now) == 30


def test_the_closing_page_says_what_comes_back_by_which_rule(session, desk, employer, running):
    posting = running(begun=9.5)
    page = desk.get(f"/hire/postings/{posting.id}/closure").text
    assert "20 unused days come back to you as one credit." in page
    assert UNUSED_RULE in page
    form = {"version": posting.version, "reason": "on-hold"}
    page = desk.post(f"/hire/postings/{posting.id}/closure", data=form, follow_redirects=True).text
    assert "Its 20 unused days are back as one credit." in page
    assert "Unused days of a posting that ended early" in desk.get("/hire/billing").text


def test_several_at_once_each_give_back_their_own(session, desk, employer, running):
    chosen = [running(begun=days) for days in (2.5, 12.5)]
    ticked = [f"{posting.id}.{posting.version}" for posting in chosen]
    desk.post("/hire/changes", data={"act": "fill", "posting": ticked})
    assert sorted(e.days for e in newest_entries(session, employer.id)) == [17, 27]
    assert {p.kind for p in contradictions(session)} <= {"period_without_source"}
