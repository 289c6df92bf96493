"""The queue, one posting in it, and the verdicts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.moderation.models import Decision, Reason, Verdict
from careercenter.postings.models import ApplyBy, Applying, Disclosure, PostingStatus
from careercenter.tasks import Task
from tests.factories import make_employer, make_posting, make_user, owner_of


def test_the_queue_shows_the_oldest_first_and_how_long_it_waits(staff, paid, now):
    late, early = paid(title="Second in line"), paid(title="First in line")
    late.submitted_at, early.submitted_at = now - timedelta(hours=5), now - timedelta(days=2)
    page = staff.get("/staff/review").text
    assert "2 postings wait, the first for 2 days" in page
    assert page.index("First in line") < page.index("Second in line")
    assert "5 hours" in page


def test_an_empty_queue_says_so(staff):
    assert "Nothing waits" in staff.get("/staff/review").text


def test_the_queue_comes_in_pages(staff, paid):
    for _ in range(21):
        paid()
    assert staff.get("/staff/review").text.count("<tr>") == 21
    assert staff.get("/staff/review?page=2").text.count("<tr>") == 2
    assert staff.get("/staff/review?page=3").status_code == 404


def test_the_review_shows_the_listing_the_employer_and_what_looks_odd(staff, paid, session):
    employer = make_employer(session, name="Ames Clinic", website="https://ames.example")
    posting = paid(employer=employer, description="Write to us on Telegram. " * 8)
    page = staff.get(f"/staff/review/{posting.id}").text
    for shown in ("Ames Clinic", "https://ames.example", owner_of(session, employer).email):
        assert shown in page
    assert "<mark>Telegram</mark>" in page
    assert "$24.00–$31.00" in page
    assert f'name="version" type="hidden" value="{posting.version}"' in page


def test_a_moderator_knows_whom_the_public_does_not(staff, paid, session):
    posting = paid(
        employer=make_employer(session, name="Ames Clinic"),
        disclosure=Disclosure(client="Mercy Hospital", confidential=True),
        applying=Applying(ApplyBy.MAIL, "jobs@ames.org"),
    )
    page = staff.get(f"/staff/review/{posting.id}").text
    for shown in ("Ames Clinic", "Confidential employer", "Mercy Hospital", "jobs@ames.org"):
        assert shown in page


def test_approval_publishes_and_leads_to_the_queue(staff, paid, session, now, moderator):
    posting = paid()
    path = f"/staff/review/{posting.id}/approval"
    assert staff.post(path, data={"version": posting.version}).location == "/staff/review"
    decision = session.scalars(select(Decision)).one()
    assert posting.is_live(now + timedelta(minutes=1))
    assert (decision.verdict, decision.moderator) == (Verdict.APPROVED, moderator)
    assert "is live. The employer is told by mail." in staff.get("/staff/review").text


def test_rejection_says_why_and_gives_the_credit_back(staff, paid, session):
    posting = paid()
    said = {"version": posting.version, "reason": "pay-unclear", "words": "Say what a chart pays."}
    assert staff.post(f"/staff/review/{posting.id}/rejection", data=said).status_code == 303
    decision = session.scalars(select(Decision)).one()
    assert (decision.reason, decision.words) == (Reason.PAY_UNCLEAR, "Say what a chart pays.")
    assert posting.employer.credit_balance == 1
    page = staff.get(f"/staff/review/{posting.id}").text
    assert "rejected by Mo Derator" in page


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({}, "Choose a reason."),
        ({"reason": "because"}, "Choose from the list."),
        ({"reason": "other"}, "Explain the reason in a sentence or two."),
        ({"reason": "duplicate", "words": "x" * 2001}, "Use at most 2,000 characters."),
    ],
)
@pytest.mark.parametrize("status", [PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED])
def test_a_verdict_without_a_reason_is_refused(staff, paid, session, said, says, status):
    posting = paid()
    posting.status = status
    path = f"/staff/review/{posting.id}/rejection"
    if status is PostingStatus.PUBLISHED:
        path = f"/staff/postings/{posting.id}/removal"
    response = staff.post(path, data={"version": posting.version, **said})
    assert response.status_code == 422
    assert says in response.text
    assert session.scalars(select(Decision)).all() == []
    assert posting.status is status


@pytest.mark.parametrize("version", ["", "0", "x", "9" * 40])
@pytest.mark.parametrize("noun", ["approval", "rejection"])
def test_a_posting_that_changed_meanwhile_is_a_conflict(staff, paid, noun, version, session):
    posting = paid()
    data = {"version": version, "reason": "duplicate"}
    assert staff.post(f"/staff/review/{posting.id}/{noun}", data=data).status_code == 409
    assert posting.status is PostingStatus.IN_REVIEW


@pytest.mark.parametrize("second", ["approval", "rejection"])
def test_the_second_verdict_meets_a_conflict_and_promises_no_letter(staff, paid, session, second):
    posting = paid()
    data = {"version": posting.version, "reason": "duplicate"}
    assert staff.post(f"/staff/review/{posting.id}/approval", data=data).status_code == 303
    assert staff.post(f"/staff/review/{posting.id}/{second}", data=data).status_code == 409
    assert len(session.scalars(select(Decision)).all()) == 1
    assert len(session.scalars(select(Task)).all()) == 1


def test_a_live_posting_is_removed_with_a_reason(staff, session):
    posting = make_posting(session)
    page = staff.get(f"/staff/review/{posting.id}").text
    assert f"/staff/postings/{posting.id}/removal" in page
    data = {"version": posting.version, "reason": "misleading", "words": ""}
    response = staff.post(f"/staff/postings/{posting.id}/removal", data=data)
    assert response.location == "/staff/postings"
    assert posting.status is PostingStatus.REMOVED


@pytest.mark.parametrize("status", PostingStatus)
def test_a_moderator_can_read_a_posting_in_any_state(staff, session, status):
    posting = make_posting(session, status)
    page = staff.get(f"/staff/review/{posting.id}").text
    assert ("/approval" in page) is (status is PostingStatus.IN_REVIEW)


def test_postings_are_searched_by_title_and_employer(staff, session):
    make_posting(session, title="Inpatient coder", employer=make_employer(session, name="Ames"))
    make_posting(session, title="Auditor 100%", employer=make_employer(session, name="Boone"))
    assert "Inpatient coder" in staff.get("/staff/postings").text
    found = staff.get("/staff/postings?q=AMES").text
    assert "Inpatient coder" in found
    assert "Auditor" not in found
    assert "Auditor" in staff.get("/staff/postings?q=100%25").text
    assert "No posting like that" in staff.get("/staff/postings?q=%25%25").text


PATHS = ["/staff/review", "/staff/review/{}", "/staff/postings"]
ACTS = ["/staff/review/{}/approval", "/staff/review/{}/rejection", "/staff/postings/{}/removal"]


@pytest.mark.parametrize("path", PATHS + ACTS)
@pytest.mark.parametrize("role", sorted(set(Role) - {"moderator"}))
def test_only_moderators_decide(client, session, paid, path, role):
    posting = paid()
    act = client.post if path in ACTS else client.get
    address, data = path.format(posting.id), {"version": posting.version, "reason": "duplicate"}
    assert act(address, data=data).status_code == 302
    client.sign_in(make_user(session, Role(role)))
    assert act(address, data=data).status_code == 403
    assert posting.status is PostingStatus.IN_REVIEW


@pytest.mark.parametrize("path", ["/staff/review/{}", *ACTS])
def test_a_posting_that_is_not_there_is_not_found(staff, path):
    act = staff.post if path in ACTS else staff.get
    data = {"version": 1, "reason": "duplicate"}
    assert act(path.format(999_999), data=data).status_code == 404
    assert act(path.format("9" * 12), data=data).status_code == 404
