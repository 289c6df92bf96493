"""A candidate applies, once, to a posting that is live."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from careercenter.accounts.models import Role
from careercenter.applications.models import Application
from careercenter.candidates.models import Candidate, Resume
from careercenter.errors import Unavailable
from careercenter.postings.models import ApplyBy, Applying, Posting, PostingStatus
from tests.candidates import files
from tests.factories import make_application, make_candidate, make_posting, make_resume, make_user


def applications(session):
    return session.scalars(select(Application)).all()


def test_a_stranger_signs_in_first_and_comes_back(client, address):
    assert client.get(address).location == f"/login?next={address}"


@pytest.mark.parametrize("role", [Role.EMPLOYER, Role.MODERATOR])
def test_only_a_candidate_may_apply(client, session, address, role):
    client.sign_in(make_user(session, role))
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403


def test_where_the_employer_takes_applications_itself_none_is_taken_here(
    client, session, user, address, posting, upload
):
    posting.applying = Applying(ApplyBy.WEB, "https://mercy.example/jobs/7")
    session.flush()
    assert client.get(address).status_code == 409
    response = client.post(address, data={"file": upload("Ada Coder.pdf"), "note": "Hello"})
    assert response.status_code == 409
    assert "takes applications on its own site" in response.text
    assert applications(session) == []


def test_the_page_shows_pay_requirements_and_who_reads(client, user, address, posting):
    page = client.get(address).text
    for words in (
        "$24.00–$31.00",
        "CPC or CCS-P",
        posting.employer.name,
        "We show them your email address only if they shortlist you.",
        "24 months",
        "Remove patient data before you upload.",
        "4,000 characters",
    ):
        assert words in page, words


def test_a_first_application_with_a_file(client, session, user, address, upload, storage):
    response = client.post(address, data={"file": upload("Ada Coder.pdf"), "note": "Hello"})
    application = applications(session)[0]
    resume = application.resume
    assert response.status_code == 303
    assert response.location == f"/me/applications/{application.public_id}"
    assert (application.note, application.status) == ("Hello", "submitted")
    assert (application.candidate.user_id, resume.file_name) == (user.id, "Ada Coder.pdf")
    assert storage.files == {resume.storage_key: files.pdf()}
    assert "on its way" in client.get(response.location).text


def test_both_sides_are_written_to(client, session, user, address, upload, promised):
    client.post(address, data={"file": upload()})
    number = str(applications(session)[0].id)
    assert [kind for kind in promised() if kind[0].startswith("mail:")] == [
        ("mail:new_application", number),
        ("mail:application_sent", number),
    ]


def test_a_word_file_will_do(client, session, user, address, upload):
    client.post(address, data={"file": upload("cv.docx", files.docx())})
    assert applications(session)[0].resume.content_type.endswith("wordprocessingml.document")


def test_a_kept_resume_is_chosen_instead(client, session, user, address, storage):
    candidate = make_candidate(session, user=user)
    kept = make_resume(session, candidate)
    make_resume(session, candidate)
    client.post(address, data={"resume": kept.public_id})
    assert applications(session)[0].resume == kept
    assert storage.files == {}


def test_a_new_file_wins_over_a_kept_resume(client, session, user, address, upload):
    kept = make_resume(session, make_candidate(session, user=user))
    client.post(address, data={"resume": kept.public_id, "file": upload("new.pdf")})
    assert applications(session)[0].resume.file_name == "new.pdf"


def test_the_resume_sent_last_is_already_chosen(client, session, user, address, now):
    candidate = make_candidate(session, user=user)
    used = make_resume(session, candidate, created_at=now - timedelta(days=9))
    newer = make_resume(session, candidate)
    assert f'value="{newer.public_id}" checked' in client.get(address).text
    make_application(session, candidate=candidate, resume=used)
    assert f'value="{used.public_id}" checked' in client.get(address).text


@pytest.mark.parametrize("ours", ["resume", "removed"])
def test_only_a_resume_of_ones_own_can_be_sent(client, session, user, address, now, ours):
    owner = make_candidate(session, user=user) if ours == "removed" else make_candidate(session)
    resume = make_resume(session, owner, removed_at=now if ours == "removed" else None)
    response = client.post(address, data={"resume": resume.public_id, "note": "Kept words"})
    assert response.status_code == 422
    assert "Choose a file." in response.text
    assert "Kept words" in response.text
    assert applications(session) == []


def test_a_note_may_be_long_but_not_longer(client, session, user, address):
    kept = make_resume(session, make_candidate(session, user=user))
    data = {"resume": kept.public_id, "note": "n" * 4001}
    assert "Use at most 4,000 characters." in client.post(address, data=data).text
    assert client.post(address, data={**data, "note": "n" * 4000}).status_code == 303


def test_applying_again_shows_the_first_application(client, session, user, address, upload):
    first = client.post(address, data={"file": upload(), "note": "One"}).location
    assert client.post(address, data={"file": upload(), "note": "Two"}).location == first
    assert client.get(address).location == first
    assert [application.note for application in applications(session)] == ["One"]
    assert session.scalar(select(func.count(Resume.id))) == 1


ENDED = [
    PostingStatus.PAUSED,
    PostingStatus.CLOSED,
    PostingStatus.FILLED,
    PostingStatus.REMOVED,
]


@pytest.mark.parametrize("status", ENDED)
def test_what_has_ended_is_gone(client, session, user, status, upload):
    address = f"/jobs/{make_posting(session, status).id}-x/apply"
    for response in (client.get(address), client.post(address, data={"file": upload()})):
        assert response.status_code == 410
        assert "This job is no longer available." in response.text
    assert applications(session) == []


def test_what_has_expired_is_gone_without_any_worker(client, session, user, now):
    posting = make_posting(session, expires_at=now - timedelta(seconds=1))
    assert client.get(f"/jobs/{posting.id}-x/apply").status_code == 410


def test_what_was_never_published_is_not_found(client, session, user):
    for status in (PostingStatus.DRAFT, PostingStatus.IN_REVIEW, PostingStatus.REJECTED):
        posting = make_posting(session, status)
        assert client.get(f"/jobs/{posting.id}-x/apply").status_code == 404
    for number in ("0", "99999999999", "-1", "x"):
        assert client.get(f"/jobs/{number}-x/apply").status_code == 404


def test_who_has_applied_still_finds_the_application_when_the_job_has_ended(
    client, session, user, now
):
    posting = make_posting(session, PostingStatus.CLOSED)
    sent = make_application(session, posting, make_candidate(session, user=user))
    location = client.get(f"/jobs/{posting.id}-x/apply").location
    assert location == f"/me/applications/{sent.public_id}"


def test_the_twenty_first_application_of_a_day_waits(client, session, user):
    kept = make_resume(session, make_candidate(session, user=user))
    employer = make_posting(session).employer
    for number in range(21):
        posting = make_posting(session, employer=employer)
        data = {"resume": kept.public_id}
        response = client.post(f"/jobs/{posting.id}-x/apply", data=data)
        assert response.status_code == (303 if number < 20 else 429)
    assert int(response.headers["Retry-After"]) > 0


def test_when_the_file_store_is_away_nothing_typed_is_lost(
    client, session, user, address, upload, storage
):
    storage.down = True
    response = client.post(address, data={"file": upload(), "note": "Long considered"})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "Our file store is not answering. Your file was not saved. Try again." in response.text
    assert "Long considered" in response.text
    assert applications(session) == []


def test_no_transaction_is_open_while_the_file_is_stored(
    client, session, user, address, upload, storage, monkeypatch
):
    def save(key: str, content: bytes) -> None:
        if session.in_transaction():
            raise Unavailable("a transaction is open")

    monkeypatch.setattr(storage, "save", save)
    assert client.post(address, data={"file": upload()}).status_code == 303


def test_a_posting_that_ends_while_the_file_travels_is_gone(
    client, session, user, address, upload, storage, monkeypatch
):
    def save(key: str, content: bytes) -> None:
        session.execute(update(Posting).values(status=PostingStatus.CLOSED))
        session.commit()

    monkeypatch.setattr(storage, "save", save)
    assert client.post(address, data={"file": upload()}).status_code == 410
    assert session.scalar(select(func.count(Candidate.id))) == 0
