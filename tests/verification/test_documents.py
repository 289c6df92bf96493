"""Documents: private, looked at once by staff, then forgotten."""

from datetime import timedelta
from io import BytesIO

import pytest

from careercenter.accounts.models import Role
from careercenter.candidates.gateway import WRONG_NAME
from careercenter.employers.models import MemberRole
from careercenter.tasks import Task
from careercenter.verification.handlers import document_decided, handlers
from careercenter.verification.models import FILE_LIFE, MOST_DOCUMENTS, Document
from careercenter.verification.queries import facts_of
from tests.candidates import files
from tests.factories import make_employer, make_member, make_posting, make_user, owner_of

PAGE = "/hire/verification"
STAFF = "/staff/documents"


@pytest.fixture
def moderator(session):
    return make_user(session, Role.MODERATOR)


def hand_in(desk, content: bytes, name: str = "w9.pdf", kind: str = "tax"):
    data = {"kind": kind, "file": (BytesIO(content), name)}
    return desk.post(f"{PAGE}/documents", data=data)


def test_a_document_is_handed_in_and_waits(desk, app, session, moderator):
    assert hand_in(desk, files.pdf()).location == PAGE
    document = session.query(Document).one()
    assert app.extensions["storage"].files[document.storage_key] == files.pdf()
    assert "Waits for staff" in desk.get(PAGE).text
    desk.sign_in(moderator)
    assert "w9.pdf" in desk.get(STAFF).text


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("w9.exe", b"MZ", "tax"), ("w9.pdf", b"MZ", "tax"), ("w9.pdf", b"%PDF-1.4", "secret")],
)
def test_what_is_no_document_is_refused(desk, session, name, content, kind):
    response = hand_in(desk, content, name, kind)
    assert response.status_code == 422
    assert name != "w9.exe" or WRONG_NAME in response.text
    assert session.query(Document).all() == []


def test_ten_documents_are_kept(desk, session, document, employer, now):
    for number in range(MOST_DOCUMENTS - 1):
        columns = {c.key: getattr(document, c.key) for c in Document.__table__.columns}
        unique = {"public_id": f"p{number}", "storage_key": f"k{number}"}
        session.add(Document(**(columns | unique | {"id": None})))
    response = hand_in(desk, files.pdf())
    assert (response.status_code, "Take one back first." in response.text) == (422, True)


def test_staff_mark_it_as_seen(client, session, document, employer, moderator, now):
    client.sign_in(moderator)
    data = {"version": document.version}
    assert client.post(f"{STAFF}/{document.public_id}/sighting", data=data).location == STAFF
    assert (document.moderator, facts_of(session, employer).documents is not None) == (
        moderator, True,
    )  # fmt: skip
    letter = document_decided(session, document.public_id, now)
    assert letter.subject == "We have seen your document"
    assert client.post(f"{STAFF}/{document.public_id}/sighting", data=data).status_code == 409


def test_staff_say_what_is_missing(client, session, document, employer, moderator, now):
    client.sign_in(moderator)
    path, data = f"{STAFF}/{document.public_id}/refusal", {"version": document.version}
    response = client.post(path, data=data)
    assert (response.status_code, "Say what is missing." in response.text) == (422, True)
    assert client.post(path, data=data | {"words": "It has no name."}).status_code == 303
    assert (facts_of(session, employer).documents, document.words) == (None, "It has no name.")
    assert "about your document" in document_decided(session, "d" * 32, now).subject.lower()


@pytest.mark.parametrize("noun", ["sighting", "refusal"])
@pytest.mark.parametrize("version", ["", "x", "9" * 40])
def test_a_stale_decision_is_a_conflict(client, document, moderator, noun, version):
    client.sign_in(moderator)
    data = {"version": version, "words": "No."}
    assert client.post(f"{STAFF}/{document.public_id}/{noun}", data=data).status_code == 409


def test_the_file_is_for_staff_and_for_its_owner_alone(client, session, employer, document):
    path = f"/files/documents/{document.public_id}"
    assert client.get(path).status_code == 302
    for user in (owner_of(session, employer), make_user(session, Role.MODERATOR)):
        client.sign_in(user)
        response = client.get(path)
        assert response.headers["Content-Disposition"].startswith("attachment")
        assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    strangers = (
        owner_of(session, make_employer(session)),
        make_member(session, employer, MemberRole.RECRUITER).user,
        make_user(session, Role.EMPLOYER),
    )
    for user in strangers:
        client.sign_in(user)
        assert client.get(path).status_code == 404
    client.sign_in(make_user(session))
    assert client.get(path).status_code == 403


def test_it_is_taken_back_while_it_waits(desk, session, document, now):
    path, data = f"{PAGE}/documents/{document.public_id}/removal", {"version": document.version}
    assert desk.post(path, data={"version": 99}).status_code == 409
    assert desk.post(path, data=data).status_code == 303
    assert "w9.pdf" not in desk.get(PAGE).text
    assert desk.get(f"/files/documents/{document.public_id}").status_code == 404
    assert [t.kind for t in session.query(Task)] == ["discard_document"]


def test_another_employers_document_is_not_found(client, session, document):
    client.sign_in(owner_of(session, make_employer(session)))
    data = {"version": document.version}
    path = f"{PAGE}/documents/{document.public_id}/removal"
    assert client.post(path, data=data).status_code == 404


def test_bytes_are_deleted_when_nobody_may_read_them(
    app, settings, session, document, moderator, now
):
    storage, resolver = app.extensions["storage"], app.extensions["resolver"]
    discard = handlers(storage, resolver, settings)["discard_document"]
    document.accept(moderator, now)
    session.flush()
    discard(session, "stored", now + FILE_LIFE - timedelta(hours=1))
    assert "stored" in storage.files
    discard(session, "stored", now + FILE_LIFE)
    discard(session, "unknown", now)
    assert storage.files == {}


def test_the_list_is_for_moderators(client, session, employer):
    assert client.get(STAFF).status_code == 302
    client.sign_in(owner_of(session, employer))
    assert client.get(STAFF).status_code == 403


def test_papers_speak_for_the_name_they_were_seen_under(
    client, session, document, employer, moderator
):
    """Whoever is called otherwise later has to be believed anew."""
    client.sign_in(moderator)
    client.post(f"{STAFF}/{document.public_id}/sighting", data={"version": document.version})
    assert facts_of(session, employer).documents
    employer.name = "Mayo Clinic"
    session.flush()
    assert facts_of(session, employer).documents is None
    posting = make_posting(session, employer=employer)
    page = client.get(f"/jobs/{posting.id}-{posting.slug}").text
    assert "Documents seen" not in page
    employer.name = "Lakeside"
    session.flush()
    assert "Documents seen" in client.get(f"/jobs/{posting.id}-{posting.slug}").text


def test_staff_are_told_of_a_document_that_does_something(client, session, document, moderator):
    document.active = True
    client.sign_in(moderator)
    assert "carries a script" in client.get(STAFF).text
