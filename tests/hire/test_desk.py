"""The desk: what needs doing first, and the postings."""

from datetime import timedelta

import pytest

from careercenter.accounts.models import Role
from careercenter.hire.queries import Need, first_todo
from careercenter.postings.models import PostingStatus
from tests.factories import make_application, make_posting, make_user

S = PostingStatus


@pytest.mark.parametrize(
    ("statuses", "need"),
    [
        ((), Need.WRITE),
        ((S.PUBLISHED,), Need.NOTHING),
        ((S.PUBLISHED, S.DRAFT), Need.FINISH),
        ((S.DRAFT, S.CHECKOUT), Need.PAY),
        ((S.DRAFT, S.CHECKOUT, S.REJECTED), Need.MEND),
    ],
)
def test_the_most_pressing_comes_first(session, employer, now, statuses, need):
    for status in statuses:
        make_posting(session, status, employer)
    assert first_todo(session, employer.id, {}, now).need is need


def test_a_posting_that_ends_soon_needs_a_look(session, employer, now):
    posting = make_posting(session, employer=employer, expires_at=now + timedelta(days=2))
    todo = first_todo(session, employer.id, {}, now)
    assert (todo.need, todo.posting) == (Need.EXTEND, posting)


def test_another_employers_posting_needs_nothing_of_mine(session, employer, now):
    make_posting(session, S.REJECTED)
    assert first_todo(session, employer.id, {}, now).need is Need.WRITE


def test_people_who_wait_come_before_everything(desk, session, employer):
    make_posting(session, S.REJECTED, employer)
    posting = make_posting(session, employer=employer, title="Coder, cardiology")
    make_application(session, posting)
    page = desk.get("/hire").text
    assert "1 application waits for your first answer." in page
    assert f"/hire/postings/{posting.id}/applications" in page


WORDS = {
    S.DRAFT: "Draft",
    S.CHECKOUT: "In payment",
    S.IN_REVIEW: "In review",
    S.PUBLISHED: "Live",
    S.PAUSED: "Paused",
    S.REJECTED: "Not approved",
    S.FILLED: "Filled",
    S.CLOSED: "Closed",
    S.REMOVED: "Removed",
}


@pytest.mark.parametrize("status", S)
def test_every_state_is_shown_in_words_on_the_desk_and_on_its_page(desk, session, employer, status):
    posting = make_posting(session, status, employer)
    posting.ended_at = posting.created_at
    assert WORDS[status] in desk.get("/hire").text
    assert WORDS[status] in desk.get(f"/hire/postings/{posting.id}").text


def test_a_posting_past_its_time_has_ended(desk, session, employer, now):
    posting = make_posting(session, employer=employer, expires_at=now - timedelta(hours=1))
    assert "Ended" in desk.get("/hire").text
    page = desk.get(f"/hire/postings/{posting.id}").text
    assert "/filling" in page
    assert "/pauses" not in page


def test_many_postings_come_in_pages(desk, session, employer):
    for number in range(21):
        make_posting(session, S.DRAFT, employer, title=f"Coder {number}")
    first, second = desk.get("/hire"), desk.get("/hire?page=2")
    assert (first.text.count("<tr>"), second.text.count("<tr>")) == (21, 2)
    assert desk.get("/hire?page=3").status_code == 404
    assert desk.get("/hire?page=nonsense").status_code == 200
    assert desk.get("/hire?page=" + "9" * 40).status_code == 404


@pytest.mark.parametrize("path", ["/hire", "/hire/organization", "/hire/postings/new"])
def test_the_desk_is_for_employers(client, session, path):
    assert client.get(path).location == f"/login?next={path}"
    client.sign_in(make_user(session))
    assert client.get(path).status_code == 403
    client.sign_in(make_user(session, Role.MODERATOR))
    assert client.get(path).status_code == 403
