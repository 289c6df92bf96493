"""The desk: what needs doing first, and the postings."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.credits.usecases import gift_credits
from careercenter.drafting.usecases import begin_draft
from careercenter.hire.desk_list import A_PAGE
from careercenter.hire.queries import Need, first_todo
from careercenter.hire.usecases import Bench, BulkAct, Chosen, change_postings
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import PostingStatus
from careercenter.tasks import Task
from tests.factories import make_application, make_employer, make_posting, make_user

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
    for number in range(A_PAGE + 1):
        make_posting(session, S.DRAFT, employer, title=f"Coder {number}")
    first, second = desk.get("/hire"), desk.get("/hire?page=2")
    assert (first.text.count("<tr>"), second.text.count("<tr>")) == (A_PAGE + 1, 2)
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


@pytest.fixture
def several(session, employer, now):
    """A live posting, a paused one, a draft and one that has ended."""
    soon, before = now + timedelta(days=2), now - timedelta(days=1)
    return {
        "live": make_posting(session, employer=employer, title="Inpatient coder"),
        "soon": make_posting(session, employer=employer, title="Auditor", expires_at=soon),
        "draft": make_posting(session, S.DRAFT, employer, title="Draft coder"),
        "over": make_posting(session, employer=employer, title="Old one", expires_at=before),
    }


def titles(page):
    return re.findall(r'<th scope="row"><a href="/hire/postings/\d+">([^<]+)</a>', page.text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Old one", "Draft coder", "Auditor", "Inpatient coder"]),
        ("state=live", ["Auditor", "Inpatient coder"]),
        ("state=drafts", ["Draft coder"]),
        ("state=ended", ["Old one"]),
        ("q=CODER", ["Draft coder", "Inpatient coder"]),
        ("q=100%25", []),
        ("state=live&sort=title", ["Auditor", "Inpatient coder"]),
        ("sort=ends", ["Old one", "Auditor", "Inpatient coder", "Draft coder"]),
        ("state=nonsense&sort=nonsense", ["Old one", "Draft coder", "Auditor", "Inpatient coder"]),
    ],
)
def test_the_list_is_narrowed_searched_and_sorted(desk, several, query, found):
    assert titles(desk.get(f"/hire?{query}")) == found


def test_the_states_tell_how_many(desk, several):
    page = desk.get("/hire").text
    counts = re.findall(r'>([A-Z][a-z ]+) <span class="count">(\d+)', page)
    assert dict(counts) == {
        "All": "4", "Live": "2", "Paused": "0", "In review": "0", "Drafts": "1", "Ended": "1",
    }  # fmt: skip


def tick(*rows):
    return [f"{row.id}.{row.version}" for row in rows]


def test_what_is_ticked_is_changed_and_the_rest_is_told(desk, several):
    ticked = tick(several["live"], several["soon"], several["draft"])
    answer = desk.post("/hire/changes", data={"act": "pause", "posting": ticked, "state": "live"})
    assert answer.location == "/hire?state=live"
    assert [several[name].status for name in ("live", "soon", "draft")] == [
        S.PAUSED,
        S.PAUSED,
        S.DRAFT,
    ]
    assert "2 postings changed. 1 could not be" in desk.get("/hire").text
    desk.post("/hire/changes", data={"act": "resume", "posting": tick(several["live"])})
    assert several["live"].status is S.PUBLISHED


def test_several_are_closed_at_once_and_never_twice(desk, several):
    ticked = tick(several["live"], several["soon"])
    for _ in range(2):
        assert (
            desk.post("/hire/changes", data={"act": "close", "posting": ticked}).status_code == 303
        )
    assert {several["live"].status, several["soon"].status} == {S.CLOSED}


def test_renewing_takes_a_credit_each_while_there_are_any(session, employer, now):
    gift_credits(session, employer, 1, "a test", now)
    ends = now + timedelta(days=2)
    both = [make_posting(session, employer=employer, expires_at=ends) for _ in range(2)]
    for posting in both:
        begun = {"starts_at": now - timedelta(days=28), "ends_at": ends, "created_at": now}
        session.add(
            ListingPeriod(posting_id=posting.id, source_ref=f"t:{posting.id}", days=30, **begun)
        )
    session.flush()
    chosen = [Chosen(posting.id, posting.version) for posting in both]
    bench = Bench(ZoneInfo("America/New_York"))
    assert change_postings(session, employer.id, BulkAct.RENEW, chosen, bench, now) == (1, 1)
    assert employer.credit_balance == 0
    renewed = session.scalars(select(Task.subject).where(Task.kind == "prolong_posting"))
    assert renewed.all() == [str(both[0].id)]


@pytest.mark.parametrize("posting", ["x", "1", "1.x", "9999999999.1", "²³.1"])
def test_nonsense_is_not_changed(desk, several, posting):
    assert desk.post("/hire/changes", data={"act": "pause", "posting": posting}).status_code == 303
    assert several["live"].status is S.PUBLISHED


def test_an_act_that_there_is_not_is_not_found(desk, several):
    assert desk.post("/hire/changes", data={"act": "delete"}).status_code == 404


def test_anothers_posting_is_left(desk, session, several):
    other = make_posting(session, employer=make_employer(session))
    desk.post("/hire/changes", data={"act": "close", "posting": tick(other)})
    assert other.status is S.PUBLISHED


def test_five_hundred_postings_take_no_more_statements(desk, session, employer):
    found = []
    for more in (3, 497):
        for number in range(more):
            make_posting(session, employer=employer, title=f"Coder {number}")
        desk.get("/hire")
        found.append(desk.statements)
    assert found[0] == found[1]


def test_what_was_begun_in_the_editor_is_at_hand(desk, session, employer, now):
    draft = begin_draft(session, employer.id, {"title": ["Half an auditor"]}, {}, now)
    page = desk.get("/hire").text
    assert f'<a href="/hire/drafts/{draft.id}/role">Half an auditor</a>' in page
