"""What may come in by the file field (U2 to U7, U9 and U12)."""

from io import BytesIO

import pytest
from sqlalchemy import select

from careercenter.applications.models import Application
from careercenter.candidates.gateway import UNLIKE, WRONG_NAME
from careercenter.candidates.models import MOST_BYTES, Resume
from tests.candidates import files
from tests.factories import make_candidate, make_resume, owner_of

LOCKED = "That PDF is password-protected. Remove the password and upload it again."
REFUSED = [
    ("cv.exe", files.pdf(), WRONG_NAME),
    ("cv.pdf.exe", files.pdf(), WRONG_NAME),
    ("cv", files.pdf(), WRONG_NAME),
    ("cv.pdf", b"MZ\x90\x00", UNLIKE),
    ("cv.pdf", b"", UNLIKE),
    ("cv.pdf", b"<script>x</script>" + files.pdf(), UNLIKE),
    ("cv.docx", files.docx(main=files.MACRO), UNLIKE),
    ("cv.pdf", files.pdf(password="x"), LOCKED),
]


MULTIPART = "multipart/form-data; boundary=edge"


def multipart(content: bytes) -> bytes:
    """A body in memory; the test client would write a large one to a file and leave it open."""
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="cv.pdf"\r\n\r\n'
    return head + content + b"\r\n--edge--\r\n"


@pytest.fixture(params=["/me/resumes", "apply"])
def path(request, address):
    return address if request.param == "apply" else request.param


@pytest.mark.parametrize(("name", "content", "words"), REFUSED)
def test_a_bad_file_is_refused_in_words(client, session, user, path, upload, name, content, words):
    response = client.post(path, data={"file": upload(name, content), "note": "Kept words"})
    assert response.status_code == 422
    assert words.replace("'", "&#39;") in response.text
    assert 'href="#file"' in response.text
    assert path == "/me/resumes" or "Kept words" in response.text
    assert session.scalars(select(Resume)).all() == []


def test_one_file_is_wanted_and_nothing_else(client, session, user, path, upload):
    for data in (
        {},
        {"file": "text"},
        {"file": (BytesIO(), "")},
        {"file": [upload(), upload()]},
    ):
        response = client.post(path, data=data, content_type="multipart/form-data")
        assert response.status_code == 422
        assert "Choose a file." in response.text


def test_text_in_place_of_a_file_is_refused_beside_a_kept_resume(client, session, user, address):
    kept = make_resume(session, make_candidate(session, user=user))
    response = client.post(address, data={"resume": kept.public_id, "file": "text"})
    assert response.status_code == 422
    assert "Choose a file." in response.text


@pytest.mark.parametrize("more", [1, 200_000, 2_000_000, 12_000_000])
def test_five_megabytes_are_the_limit(client, session, user, path, more):
    body = multipart(files.pdf() + bytes(MOST_BYTES - len(files.pdf()) + more))
    response = client.post(path, data=body, content_type=MULTIPART)
    assert response.status_code == 413
    assert "That file is too large. The limit is 5 MB." in response.text
    assert session.scalars(select(Resume)).all() == []


@pytest.mark.parametrize("more", [1, 5_000_000])
def test_what_was_typed_beside_too_large_a_file_is_kept(client, session, user, address, more):
    note = b'--edge\r\nContent-Disposition: form-data; name="note"\r\n\r\nKept words\r\n'
    body = note + multipart(files.pdf() + bytes(MOST_BYTES + more))
    response = client.post(address, data=body, content_type=MULTIPART)
    assert (response.status_code, "Kept words" in response.text) == (413, True)
    assert 'href="#file"' in response.text


def test_an_employer_is_told_of_a_file_that_does_something(client, session, user, address, upload):
    client.post(address, data={"file": upload("cv.pdf", files.active_pdf("script"))})
    application = session.scalars(select(Application)).one()
    client.sign_in(owner_of(session, application.posting.employer))
    page = client.get(f"/hire/applications/{application.public_id}").text
    assert "carries a script" in page


def test_exactly_five_megabytes_arrive(client, user, storage):
    content = files.pdf()
    content += b"\n" * (MOST_BYTES - len(content))
    response = client.post("/me/resumes", data=multipart(content), content_type=MULTIPART)
    assert response.status_code == 303
    assert list(storage.files.values()) == [content]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.pdf", "a\x00.pdf", "x" * 300 + ".pdf", "fdp\u202e.pdf", "<b>b</b>.pdf"],
)
def test_a_strange_name_is_shown_harmlessly(client, session, user, upload, storage, name):
    body = upload(name)
    assert client.post("/me/resumes", data={"file": body}).status_code == 303
    resume = session.scalars(select(Resume)).one()
    assert resume.file_name.endswith(".pdf")
    assert len(resume.file_name) <= 120
    assert not {"/", "\\", "\r", "\n", "\x00", "\u202e"} & set(resume.file_name)
    assert resume.storage_key.isalnum()
    assert "<b>b<" not in client.get("/me/resumes").text


def test_the_eleventh_resume_is_refused(client, session, user, path, upload):
    candidate = make_candidate(session, user=user)
    for _ in range(10):
        make_resume(session, candidate)
    response = client.post(path, data={"file": upload()})
    assert response.status_code == 422
    assert "You can keep up to 10 resumes. Delete one first." in response.text


def test_the_twenty_first_upload_of_an_hour_waits(client, user, upload):
    for number in range(21):
        response = client.post("/me/resumes", data={"file": upload("cv.pdf", b"nonsense")})
        assert response.status_code == (422 if number < 20 else 429)
