"""A file as the answer to a question."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from careercenter.applications.models import KEPT_FOR, Application
from careercenter.applications.queries import is_wanted
from careercenter.applications.usecases import forget_old_applications
from careercenter.candidates.models import MOST_BYTES, Resume
from careercenter.candidates.queries import resumes_of
from careercenter.listings.wording import listing_url
from careercenter.screening.models import Kind, Question, ScreeningAnswer
from careercenter.screening.queries import questions_of
from careercenter.screening.usecases import write_questions
from tests.candidates.files import active_pdf, pdf
from tests.factories import make_candidate, make_employer, make_posting, make_resume, owner_of

EPIC = Question(1, "Do you know Epic?", Kind.CHOICE, options=("Yes", "No"))
PROOF = Question(2, "Show your certificate", Kind.FILE, True, after=1, after_answer="Yes")


@pytest.fixture
def posting(session):
    posting = make_posting(session)
    write_questions(session, posting.id, [EPIC, PROOF])
    return posting


@pytest.fixture
def candidate(client, session, posting):
    candidate = make_candidate(session)
    client.sign_in(candidate.user)
    return candidate


@pytest.fixture
def apply(client, candidate, posting):
    def apply(content=None, name="proof.pdf", **fields):
        data = {"file": (BytesIO(pdf()), "cv.pdf"), "question_1": "Yes", **fields}
        if content is not None:
            data["question_2"] = (BytesIO(content), name)
        return client.post(f"{listing_url(posting.id, posting.slug)}/apply", data=data)

    return apply


def link(page):
    """The link beside the file's name."""
    before = page[: page.index("proof.pdf</a>")]
    return re.findall(r'href="(/files/resumes/[^"]+)"', before)[-1]


def part(name, content):
    """Of a body in memory; the test client would leave a large file open."""
    head = f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n"


def sent(session):
    return session.scalars(select(Application)).one()


def answer(session):
    return session.scalars(select(ScreeningAnswer).where(ScreeningAnswer.number == 2)).one()


def test_the_employer_downloads_the_file_and_others_do_not(apply, client, session, posting):
    assert apply(pdf() + b"\n% mine").status_code == 303
    client.sign_in(owner_of(session, posting.employer))
    path = link(client.get(f"/hire/applications/{sent(session).public_id}").text)
    got = client.get(path)
    assert got.data.endswith(b"% mine")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["Cache-Control"] == "private, no-store"
    client.sign_in(owner_of(session, make_employer(session)))
    assert client.get(path).status_code == 404


def test_the_candidate_finds_it_with_the_application_not_among_the_resumes(
    apply, client, session, candidate
):
    page = client.get(apply(pdf()).location).text
    assert client.get(link(page)).status_code == 200
    assert [one.file_name for one in resumes_of(session, candidate.user_id)] == ["cv.pdf"]


def test_who_keeps_ten_resumes_still_answers_with_a_file(apply, session, candidate):
    kept = [make_resume(session, candidate) for _ in range(10)]
    assert apply(pdf(), file="", resume=kept[0].public_id).status_code == 303
    assert answer(session).answer == "proof.pdf"


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (None, "", "Answer this question."),
        (b"hello", "proof.txt", "Upload a PDF or Word"),
        (b"hello", "proof.pdf", "look like a PDF"),
    ],
)
def test_a_bad_file_is_refused_at_its_question(apply, session, content, name, words):
    response = apply(content, name, note="Kept words")
    assert response.status_code == 422
    assert words in response.text
    assert "Kept words" in response.text
    assert 'href="#question_2"' in response.text
    assert session.scalars(select(Resume)).all() == []


def test_too_large_a_file_is_refused_at_its_question(client, candidate, posting, session):
    kept = make_resume(session, candidate).public_id
    parts = {"resume": kept, "question_1": "Yes", "note": "Kept words"}
    body = b"".join(part(name, value.encode()) for name, value in parts.items())
    body += part('question_2"; filename="proof.pdf', pdf() + bytes(MOST_BYTES)) + b"--edge--\r\n"
    response = client.post(
        f"{listing_url(posting.id, posting.slug)}/apply",
        data=body,
        content_type="multipart/form-data; boundary=edge",
    )
    assert response.status_code == 413
    assert "The limit is 5 MB." in response.text
    assert "Kept words" in response.text
    assert 'href="#question_2"' in response.text


def test_text_in_place_of_the_file_is_refused(apply):
    assert apply(question_2="text").status_code == 422


def test_a_file_that_is_not_asked_for_is_not_kept(apply, session):
    assert apply(pdf(), question_1="No").status_code == 303
    assert [one.file_name for one in session.scalars(select(Resume))] == ["cv.pdf"]


def test_the_employer_is_told_of_a_file_that_does_something(apply, client, session, posting):
    apply(active_pdf("script"))
    client.sign_in(owner_of(session, posting.employer))
    page = client.get(f"/hire/applications/{sent(session).public_id}").text
    assert "It carries a script" in page


def test_it_is_gone_with_a_withdrawn_application(apply, client, session):
    page = client.get(apply(pdf()).location).text
    key = answer(session).file.storage_key
    assert is_wanted(session, key)
    application = sent(session)
    path = f"/me/applications/{application.public_id}/withdrawal"
    client.post(path, data={"version": application.version})
    assert not is_wanted(session, key)
    assert client.get(link(page)).status_code == 404


def test_it_is_gone_with_an_application_of_two_years_ago(apply, session, now):
    apply(pdf())
    key = answer(session).file.storage_key
    forget_old_applications(session, "", now + KEPT_FOR + timedelta(days=1))
    session.flush()
    assert not is_wanted(session, key)


def test_one_file_is_asked_for_at_most(client, session, posting):
    client.sign_in(owner_of(session, posting.employer))
    form = {f"{name}_{n}": value for n in (1, 2) for name, value in
            {"text": "Show it", "kind": "file"}.items()}  # fmt: skip
    path = f"/hire/postings/{posting.id}/questions"
    response = client.post(path, data={"version": posting.version, **form})
    assert response.status_code == 422
    assert "Ask for one file only." in response.text
    assert questions_of(session, posting.id) == (EPIC, PROOF)
