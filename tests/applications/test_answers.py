"""An employer reads and answers the applications to its own postings, and no others."""

import pytest
from sqlalchemy import func, select

from careercenter.accounts.models import Role
from careercenter.applications import queries
from careercenter.applications.models import ApplicationStatus
from careercenter.tasks import Task
from tests.factories import (
    make_application,
    make_candidate,
    make_employer,
    make_posting,
    make_user,
    owner_of,
)

NOUNS = {"shortlisting": "shortlisted", "declining": "declined", "hiring": "hired"}


@pytest.fixture
def employer(session, client):
    employer = make_employer(session)
    client.sign_in(owner_of(session, employer))
    return employer


@pytest.fixture
def received(session, employer, user_of_candidate):
    posting = make_posting(session, employer=employer, title="Inpatient coder")
    candidate = make_candidate(session, user=user_of_candidate)
    return make_application(session, posting, candidate, note="First line\nSecond <b>line</b>")


@pytest.fixture
def user_of_candidate(session):
    return make_user(session, name="Ada Coder", email="ada.coder@example.com")


def path_of(application, noun=""):
    return f"/hire/applications/{application.public_id}" + (f"/{noun}" if noun else "")


def letters(session):
    return session.scalars(select(Task.subject).where(Task.kind == "mail:application_answered"))


def test_the_list_shows_who_applied(client, received):
    page = client.get(f"/hire/postings/{received.posting_id}/applications").text
    for words in ("Ada Coder", "1 application waits", path_of(received), "New"):
        assert words in page


def test_the_list_is_filtered_by_state(client, session, received):
    make_application(session, received.posting, status=ApplicationStatus.DECLINED)
    base = f"/hire/postings/{received.posting_id}/applications"
    assert "Ada Coder" in client.get(f"{base}?status=submitted").text
    assert "Ada Coder" not in client.get(f"{base}?status=declined").text
    assert "None in this state" in client.get(f"{base}?status=hired").text
    assert "Ada Coder" in client.get(f"{base}?status=__class__").text


def test_a_long_list_has_pages_and_few_statements(client, session, received):
    for _ in range(24):
        make_application(session, received.posting)
    base = f"/hire/postings/{received.posting_id}/applications"
    assert client.get(base).text.count("/hire/applications/") == 20
    assert client.statements <= 13
    assert client.get(f"{base}?page=2").text.count("/hire/applications/") == 5
    for number in ("3", "99999999999999999999999"):
        assert client.get(f"{base}?page={number}").status_code == 404
    for number in ("0", "-1", "x", "1e3"):
        assert client.get(f"{base}?page={number}").status_code == 200


def test_an_empty_list_says_what_will_come(client, session, employer):
    posting = make_posting(session, employer=employer)
    page = client.get(f"/hire/postings/{posting.id}/applications").text
    assert "Nobody has applied yet." in page


def test_one_application_shows_all_but_how_to_reach_the_candidate(client, received):
    page = client.get(path_of(received)).text
    for words in ("First line<br>Second &lt;b&gt;", "resume.pdf", "CPC or CCS-P", "Shortlist"):
        assert words in page
    assert "ada.coder@example.com" not in page


@pytest.mark.parametrize(
    ("status", "shown"),
    [("submitted", 0), ("shortlisted", 1), ("declined", 0), ("hired", 1), ("withdrawn", 0)],
)
def test_the_address_is_shown_after_a_good_answer_only(client, session, received, status, shown):
    received.status = ApplicationStatus(status)
    page = client.get(path_of(received)).text
    listed = client.get(f"/hire/postings/{received.posting_id}/applications").text
    assert page.count(">ada.coder@example.com<") == shown
    assert "ada.coder@example.com" not in listed


def test_a_withdrawn_application_shows_neither_note_nor_resume(client, received, now):
    received.withdraw(now)
    page = client.get(path_of(received)).text
    assert "The candidate withdrew this application." in page
    assert "First line" not in page
    assert "/files/resumes/" not in page


@pytest.mark.parametrize("noun", NOUNS)
def test_each_answer_is_kept_and_the_candidate_told(client, session, received, noun):
    response = client.post(path_of(received, noun), data={"version": received.version})
    assert (response.status_code, response.location) == (303, path_of(received))
    assert (received.status, received.answered_at is not None) == (NOUNS[noun], True)
    assert list(letters(session)) == [f"{received.id}@{received.version}"]
    assert "told by mail" in client.get(response.location).text


@pytest.mark.parametrize("version", ["0", "2", "999999999999999999999", "x", ""])
def test_an_answer_to_what_has_changed_since_is_refused(client, session, received, version):
    response = client.post(path_of(received, "declining"), data={"version": version})
    assert response.status_code == 409
    assert "This changed since you opened it. Reload and try again." in response.text
    assert (received.status, list(letters(session))) == ("submitted", [])


def test_of_two_members_the_slower_one_is_told(client, session, received):
    seen = received.version
    assert client.post(path_of(received, "hiring"), data={"version": seen}).status_code == 303
    assert client.post(path_of(received, "declining"), data={"version": seen}).status_code == 409
    assert received.status == "hired"
    assert session.scalar(select(func.count(Task.id)).where(Task.kind.like("mail:%"))) == 1


def test_what_is_final_stays(client, received, now):
    received.hire(now)
    client.session.commit()
    for noun in NOUNS:
        response = client.post(path_of(received, noun), data={"version": received.version})
        assert response.status_code == 409


def test_a_declined_candidate_may_be_shortlisted_after_all(client, received):
    client.post(path_of(received, "declining"), data={"version": received.version})
    client.post(path_of(received, "shortlisting"), data={"version": received.version})
    assert received.status == "shortlisted"


def test_another_employers_applications_are_not_found(client, session, received):
    client.sign_in(owner_of(session, make_employer(session)))
    missing = client.get(path_of(received).replace(received.public_id, "0" * 32))
    assert client.get(path_of(received)).status_code == missing.status_code == 404
    assert client.get(f"/hire/postings/{received.posting_id}/applications").status_code == 404
    for noun in NOUNS:
        response = client.post(path_of(received, noun), data={"version": received.version})
        assert response.status_code == 404
    assert received.status == "submitted"


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.MODERATOR])
def test_only_an_employer_may_enter(client, session, received, role):
    client.sign_in(make_user(session, role))
    assert client.get(path_of(received)).status_code == 403
    assert client.get(f"/hire/postings/{received.posting_id}/applications").status_code == 403
    assert client.post(path_of(received, "hiring")).status_code == 403


def test_a_stranger_signs_in_first(client, received):
    client.sign_out()
    assert client.get(path_of(received)).location == f"/login?next={path_of(received)}"
    assert client.post(path_of(received, "hiring")).status_code == 302


def test_an_employer_without_an_organization_names_one_first(client, session, received):
    client.sign_in(make_user(session, Role.EMPLOYER))
    assert client.get(path_of(received)).location == "/hire/organization"


def test_the_new_ones_are_counted_by_posting(session, received, employer):
    make_application(session, received.posting)
    make_application(session, received.posting, status=ApplicationStatus.HIRED)
    make_application(session)
    assert queries.count_new(session, employer.id) == {received.posting_id: 2}
