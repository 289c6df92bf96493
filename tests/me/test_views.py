"""The candidate's desk: everything that was sent stays, whatever became of the job."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.applications.models import ApplicationStatus
from careercenter.candidates.models import Resume
from careercenter.postings.models import PostingStatus
from careercenter.tasks import Task
from tests.factories import make_application, make_candidate, make_posting, make_resume, make_user

PATHS = ["/me", "/me/resumes"]


@pytest.fixture
def candidate(session, client):
    candidate = make_candidate(session)
    client.sign_in(candidate.user)
    return candidate


@pytest.fixture
def sent(session, candidate):
    posting = make_posting(session, title="Inpatient coder")
    return make_application(session, posting, candidate, note="My words")


def path_of(application):
    return f"/me/applications/{application.public_id}"


def kinds(session):
    return session.scalars(select(Task.kind).order_by(Task.id)).all()


@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_signs_in_first(client, path):
    assert client.get(path).location == f"/login?next={path}"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.MODERATOR])
def test_the_desk_is_for_candidates(client, session, role, path):
    client.sign_in(make_user(session, role))
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", PATHS)
def test_a_person_who_has_done_nothing_yet_finds_the_first_step(client, session, path):
    client.sign_in(make_user(session))
    page = client.get(path)
    assert page.status_code == 200
    assert "Remove patient data" in page.text or "Start with your résumé" in page.text


def test_the_first_sentence_says_what_matters_most(client, session, candidate):
    assert "Start with your résumé" in client.get("/me").text
    resume = make_resume(session, candidate)
    assert "Nothing is waiting." in client.get("/me").text
    sent = make_application(session, candidate=candidate, resume=resume)
    assert "1 application waits for an answer." in client.get("/me").text
    sent.status = ApplicationStatus.SHORTLISTED
    assert "1 employer has shortlisted you." in client.get("/me").text


def test_a_long_list_has_pages_and_few_statements(client, session, candidate):
    for _ in range(24):
        make_application(session, candidate=candidate)
    assert client.get("/me").text.count("/me/applications/") == 20
    assert client.statements <= 12
    assert client.get("/me?page=2").text.count("/me/applications/") == 4
    assert client.get("/me?page=3").status_code == 404
    assert client.get("/me?page=-1").status_code == 200


ENDED = {
    PostingStatus.FILLED: "The employer filled the job",
    PostingStatus.CLOSED: "The employer closed the job",
    PostingStatus.REMOVED: "The job was taken off the board",
    PostingStatus.PAUSED: "no longer on the board",
    PostingStatus.CHECKOUT: "no longer on the board",
}


@pytest.mark.parametrize("status", ENDED)
@pytest.mark.parametrize("answer", ApplicationStatus)
def test_a_job_that_ended_breaks_no_page(client, session, candidate, now, status, answer):
    posting = make_posting(session, status, title="Inpatient coder")
    posting.ended_at = now
    sent = make_application(session, posting, candidate, status=answer)
    page = client.get(path_of(sent)).text
    assert ENDED[status] in page
    assert "Read the job again" not in page
    assert "Inpatient coder" in client.get("/me").text


def test_a_job_that_expired_says_so(client, session, candidate, now):
    posting = make_posting(session, expires_at=now - timedelta(days=1))
    page = client.get(path_of(make_application(session, posting, candidate))).text
    assert "The job’s time on the board ended" in page


def test_one_application_tells_its_story(client, sent, now):
    sent.shortlist(now)
    page = client.get(path_of(sent)).text
    for words in ("You applied", "The employer shortlisted you", "My words", "resume.pdf"):
        assert words in page
    assert f"/jobs/{sent.posting_id}-inpatient-coder" in page


def test_withdrawing_keeps_the_record(client, session, sent):
    data = {"version": sent.version}
    response = client.post(f"{path_of(sent)}/withdrawal", data=data)
    assert (response.status_code, response.location) == (303, path_of(sent))
    page = client.get(path_of(sent)).text
    assert "You withdrew" in page
    assert "My words" in page
    assert "Withdraw application" not in page
    assert kinds(session) == ["discard_file", "mail:application_withdrawn"]


@pytest.mark.parametrize("version", ["0", "7", "x", ""])
def test_withdrawing_what_has_changed_since_is_refused(client, session, sent, version):
    response = client.post(f"{path_of(sent)}/withdrawal", data={"version": version})
    assert response.status_code == 409
    assert (sent.status, kinds(session)) == ("submitted", [])


@pytest.mark.parametrize("status", ["declined", "hired", "withdrawn"])
def test_what_is_over_cannot_be_withdrawn(client, sent, status):
    sent.status = ApplicationStatus(status)
    client.session.commit()
    response = client.post(f"{path_of(sent)}/withdrawal", data={"version": sent.version})
    assert response.status_code == 409


def test_what_another_candidate_has_is_not_found(client, session, sent):
    resume = sent.resume
    client.sign_in(make_candidate(session).user)
    assert client.get(path_of(sent)).status_code == 404
    data = {"version": sent.version}
    assert client.post(f"{path_of(sent)}/withdrawal", data=data).status_code == 404
    assert client.post(f"/me/resumes/{resume.public_id}/removal").status_code == 404
    assert (sent.status, resume.removed_at) == ("submitted", None)


def test_removing_a_resume_takes_it_off_the_list(client, session, candidate):
    resume = make_resume(session, candidate, file_name="old.pdf")
    path = f"/me/resumes/{resume.public_id}/removal"
    assert client.post(path).location == "/me/resumes"
    assert "old.pdf" not in client.get("/me/resumes").text
    assert client.post(path).status_code == 404
    assert kinds(session) == ["discard_file"]


def test_the_list_of_resumes_says_where_each_is_used(client, session, sent, now):
    assert "1 application" in client.get("/me/resumes").text
    sent.withdraw(now)
    assert "0 applications" in client.get("/me/resumes").text


def test_an_application_outlives_its_removed_resume(client, session, sent, now):
    sent.resume.remove(now)
    assert "/files/resumes/" in client.get(path_of(sent)).text
    sent.withdraw(now)
    page = client.get(path_of(sent)).text
    assert "(deleted)" in page
    assert "/files/resumes/" not in page


def test_when_the_file_store_is_away_nothing_is_kept(client, session, app, candidate, upload):
    app.extensions["storage"].down = True
    response = client.post("/me/resumes", data={"file": upload()})
    assert response.status_code == 503
    assert "Our file store is not answering." in response.text
    assert session.scalars(select(Resume)).all() == []
