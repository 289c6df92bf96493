"""A résumé is fetched by its owner, or by the employer it was sent to, for ten minutes (C39)."""

import re
from datetime import timedelta

import pytest

from careercenter.accounts.models import Role
from careercenter.applications import access
from careercenter.applications.handlers import handlers
from tests.factories import (
    make_application,
    make_candidate,
    make_employer,
    make_resume,
    make_user,
    owner_of,
)

CONTENT = b"%PDF-1.7 hello"


@pytest.fixture
def sent(session, posting, storage):
    candidate = make_candidate(session)
    resume = make_resume(session, candidate, file_name="Résumé of Ada.pdf")
    storage.files[resume.storage_key] = CONTENT
    return make_application(session, posting, candidate, resume=resume)


@pytest.fixture
def owner(session, posting):
    return owner_of(session, posting.employer)


def link_on(client, path):
    found = re.search(r'href="(/files/resumes/[^"]+)"', client.get(path).text)
    return found.group(1) if found else None


def employers_link(client, sent, owner):
    client.sign_in(owner)
    return link_on(client, f"/hire/applications/{sent.public_id}")


def test_the_employer_downloads_what_was_sent(client, sent, owner):
    response = client.get(employers_link(client, sent, owner))
    assert (response.status_code, response.data) == (200, CONTENT)
    assert response.mimetype == "application/pdf"
    headers = response.headers
    assert headers["Content-Disposition"] == (
        'attachment; filename="Resume of Ada.pdf"; '
        "filename*=UTF-8''R%C3%A9sum%C3%A9%20of%20Ada.pdf"
    )
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "private, no-store"


def test_the_candidate_downloads_it_too(client, sent):
    client.sign_in(sent.candidate.user)
    for path in ("/me/resumes", f"/me/applications/{sent.public_id}"):
        assert client.get(link_on(client, path)).data == CONTENT


def test_a_link_is_made_afresh_for_each_page(client, sent, owner, monkeypatch):
    first = employers_link(client, sent, owner)
    clock = access.URLSafeTimedSerializer.default_signer.get_timestamp
    monkeypatch.setattr(
        access.URLSafeTimedSerializer.default_signer, "get_timestamp", lambda self: clock(self) + 5
    )
    assert employers_link(client, sent, owner) != first


def test_after_ten_minutes_a_link_says_what_to_do(client, sent, owner, monkeypatch):
    link = employers_link(client, sent, owner)
    monkeypatch.setattr(access, "GOOD_FOR", timedelta(seconds=-1))
    response = client.get(link)
    assert response.status_code == 410
    assert "This download link has expired." in response.text


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.EMPLOYER, Role.MODERATOR])
def test_a_link_is_worth_nothing_to_somebody_else(client, session, sent, owner, role):
    link = employers_link(client, sent, owner)
    client.sign_in(make_user(session, role))
    assert client.get(link).status_code == 404


def test_a_link_is_worth_nothing_without_signing_in(client, sent, owner):
    link = employers_link(client, sent, owner)
    client.sign_out()
    assert client.get(link).location == f"/login?next={link}"


def test_a_forged_or_bent_link_is_not_found(client, sent, owner):
    link = employers_link(client, sent, owner)
    for bent in ("/files/resumes/x", "/files/resumes/" + "a.b.c", link[:-1], link.upper()):
        assert client.get(bent).status_code == 404


@pytest.mark.parametrize("who", ["candidate", "employer"])
def test_nobody_signs_a_link_to_what_is_not_theirs(app, client, session, sent, who):
    """Even with a right signature the truth is read again."""
    stranger = make_candidate(session).user
    if who == "employer":
        stranger = owner_of(session, make_employer(session))
    client.sign_in(stranger)
    with app.test_request_context():
        token = access._serializer().dumps([sent.resume.public_id, stranger.id])
    assert client.get(f"/files/resumes/{token}").status_code == 404


def test_a_withdrawn_application_takes_its_resume_away(client, session, sent, owner, now):
    link = employers_link(client, sent, owner)
    sent.withdraw(now)
    assert client.get(link).status_code == 404
    assert link_on(client, f"/hire/applications/{sent.public_id}") is None


def test_a_removed_resume_stays_with_the_employer_it_was_sent_to(client, sent, owner, now):
    sent.resume.remove(now)
    assert client.get(employers_link(client, sent, owner)).status_code == 200


@pytest.mark.parametrize("name", ['"; filename=x.html;.pdf', "a;b\\c.pdf", "\u202eevil.pdf"])
def test_a_strange_name_adds_no_header_and_ends_no_quote(client, sent, owner, name):
    sent.resume.file_name = name
    headers = client.get(employers_link(client, sent, owner)).headers
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert len(headers.getlist("Content-Disposition")) == 1
    plain = re.sub(r"\\.", "", headers["Content-Disposition"])
    assert not re.search(r'"[^"]*";\s*filename=', plain)


def test_a_type_that_is_not_ours_is_sent_as_bytes(client, sent, owner):
    sent.resume.content_type = "text/html"
    response = client.get(employers_link(client, sent, owner))
    assert response.mimetype == "application/octet-stream"


def test_a_store_that_is_away_is_a_503(client, sent, owner, storage):
    link = employers_link(client, sent, owner)
    storage.down = True
    response = client.get(link)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")


@pytest.mark.parametrize(
    ("removed", "withdrawn", "kept"),
    [(False, False, True), (False, True, True), (True, False, True), (True, True, False)],
)
def test_bytes_are_deleted_once_nobody_may_read_them(
    session, sent, storage, now, removed, withdrawn, kept
):
    if removed:
        sent.resume.remove(now)
    if withdrawn:
        sent.withdraw(now)
    session.commit()
    for _ in range(2):  # twice is harmless
        handlers(storage)["discard_file"](session, sent.resume.storage_key, now)
    assert (sent.resume.storage_key in storage.files) == kept


def test_bytes_that_no_row_names_are_deleted(session, storage, now):
    storage.files["orphan"] = CONTENT
    handlers(storage)["discard_file"](session, "orphan", now)
    assert storage.files == {}
