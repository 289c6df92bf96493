"""The pages of a posting's life, and what they refuse."""

from datetime import timedelta

import pytest

from careercenter.credits.usecases import gift_credits
from careercenter.postings.models import CloseReason, Posting, PostingStatus
from tests.factories import make_posting, make_user

S = PostingStatus


def path(posting: Posting, noun: str) -> str:
    return f"/hire/postings/{posting.id}/{noun}"


def test_closing_asks_for_a_reason(desk, session, running):
    posting = running()
    assert "Close this posting" in desk.get(path(posting, "closure")).text
    refused = desk.post(path(posting, "closure"), data={"version": posting.version})
    assert (refused.status_code, posting.status) == (422, S.PUBLISHED)
    assert '<a href="#reason">Choose a reason.</a>' in refused.text
    data = {"version": posting.version, "reason": "on-hold"}
    assert desk.post(path(posting, "closure"), data=data).status_code == 303
    assert (posting.status, posting.close_reason) == (S.CLOSED, CloseReason.ON_HOLD)
    assert "Hiring is on hold." in desk.get(f"/hire/postings/{posting.id}").text


def test_an_hour_is_chosen_by_the_clock_of_the_board(desk, session, employer, now):
    posting = make_posting(session, S.DRAFT, employer)
    hour = (now + timedelta(days=3)).strftime("%Y-%m-%dT09:30")
    data = {"version": posting.version, "goes_live_at": hour}
    assert desk.post(path(posting, "schedule"), data=data).status_code == 303
    assert posting.goes_live_at.strftime("%H:%M") in ("13:30", "14:30")
    assert f'value="{hour}"' in desk.get(path(posting, "schedule")).text
    data = {"version": posting.version, "goes_live_at": ""}
    desk.post(path(posting, "schedule"), data=data)
    assert posting.goes_live_at is None


@pytest.mark.parametrize(
    "typed", ["tomorrow", "2020-01-01T09:00", "2099-01-01T09:00", "0001-01-01T00:00"]
)
def test_an_hour_that_makes_no_sense_is_named_and_kept(desk, session, employer, typed):
    posting = make_posting(session, S.DRAFT, employer)
    data = {"version": posting.version, "goes_live_at": typed}
    page = desk.post(path(posting, "schedule"), data=data)
    assert page.status_code == 422
    assert '<a href="#goes_live_at">' in page.text
    assert f'value="{typed}"' in page.text
    assert posting.goes_live_at is None


def test_a_copy_leads_to_the_new_draft(desk, session, running):
    posting = running()
    answer = desk.post(path(posting, "duplicates"), data={})
    assert answer.status_code == 303
    assert answer.location != f"/hire/postings/{posting.id}"
    assert "A draft." in desk.get(answer.location).text


@pytest.mark.parametrize("noun", ["closure", "schedule"])
def test_the_pages_are_for_whose_posting_it_is(desk, session, noun):
    posting = make_posting(session, S.PUBLISHED if noun == "closure" else S.DRAFT)
    assert desk.get(path(posting, noun)).status_code == 404
    assert desk.post(path(posting, "duplicates")).status_code == 404
    desk.sign_in(make_user(session))
    assert desk.get(path(posting, noun)).status_code == 403
    desk.sign_out()
    assert desk.get(path(posting, noun)).status_code == 302


@pytest.mark.parametrize(("noun", "status"), [("closure", S.DRAFT), ("schedule", S.PUBLISHED)])
def test_a_page_for_what_cannot_be_done_is_a_conflict(desk, session, employer, noun, status):
    posting = make_posting(session, status, employer)
    assert desk.get(path(posting, noun)).status_code == 409


def test_a_stale_schedule_is_a_conflict(desk, session, employer, now):
    posting = make_posting(session, S.DRAFT, employer)
    hour = (now + timedelta(days=3)).strftime("%Y-%m-%dT09:30")
    data = {"version": posting.version + 1, "goes_live_at": hour}
    assert desk.post(path(posting, "schedule"), data=data).status_code == 409


def test_in_its_last_days_a_posting_is_renewed_on_its_own_page(
    desk, session, running, employer, now
):
    posting = running(begun=28)
    gift_credits(session, employer, 1, "welcome", now)
    page = desk.get(f"/hire/postings/{posting.id}").text
    assert "Renew" in page
    assert "Renew this posting" in desk.get(path(posting, "checkout")).text
    data = {"version": posting.version}
    assert desk.post(path(posting, "credit-uses"), data=data).status_code == 303
    assert posting.status is S.PUBLISHED


def test_what_is_not_in_its_last_days_is_not_renewed(desk, session, running, employer, now):
    posting = running(begun=20)
    gift_credits(session, employer, 1, "welcome", now)
    assert desk.get(path(posting, "checkout")).status_code == 303
    data = {"version": posting.version}
    assert desk.post(path(posting, "credit-uses"), data=data).status_code == 409


def test_a_scheduled_posting_is_not_found_before_its_hour(client, session, running):
    posting = running(begun=-2)
    assert client.get(f"/jobs/{posting.id}-{posting.slug}").status_code == 404
