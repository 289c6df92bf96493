"""Write first, sign up later: a draft, a mailed link, an account, the editor."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role, User
from careercenter.drafting.models import Draft
from careercenter.employers.models import MemberRole
from careercenter.employers.queries import member_of
from careercenter.guests.handlers import letters
from careercenter.guests.models import (
    DRAFTS_AN_HOUR,
    KEPT_FOR,
    LINKS_AN_HOUR,
    REMIND_AFTER,
    GuestDraft,
)
from careercenter.guests.usecases import forget_guest_drafts, remind_guests
from careercenter.mail import compose
from careercenter.tasks import Task
from tests.factories import PASSWORD, make_employer, make_member, make_user, owner_of

WORDS = {"title": "Inpatient coder", "text": "CCS required. Pay $30 to $36 an hour. Remote."}
WHO = {"organization": "Lakeside", "kind": "physician-practice", "email": "Ada@lakeside.example"}
NEW = {"name": "Ada Manager", "password": "plum trombone lake"}


@pytest.fixture
def draft(client, session) -> GuestDraft:
    client.post("/post/drafts", data=WORDS)
    return session.scalars(select(GuestDraft)).one()


@pytest.fixture
def path(draft) -> str:
    return f"/post/drafts/{draft.public_id}"


@pytest.fixture
def asked(client, draft, path) -> GuestDraft:
    client.post(f"{path}/link", data=WHO | {"version": draft.version})
    return draft


@pytest.fixture
def link(app, asked) -> str:
    return "/post/links/" + app.extensions["tokens"].link("guest-draft", asked.public_id)


def sent(session) -> list[str]:
    return [task.kind for task in session.query(Task).order_by(Task.id)]


def test_a_visitor_begins_without_an_account(client, path):
    assert "Write first, sign up later." in client.get("/post").text
    assert "Inpatient coder" in client.get(path).text
    assert "You began" in client.get("/post").text


def test_only_writing_gives_a_browser_its_key(client):
    client.get("/post")
    with client.session_transaction() as cookie:
        assert "guest" not in cookie


def test_an_employer_goes_straight_to_the_editor(client, session):
    client.sign_in(owner_of(session, make_employer(session)))
    assert client.get("/post").location == "/hire/postings/new"


def test_a_title_is_needed_and_what_was_typed_is_kept(client, session):
    response = client.post("/post/drafts", data=WORDS | {"title": " "})
    assert (response.status_code, "CCS required." in response.text) == (422, True)
    assert session.scalars(select(GuestDraft)).all() == []


def test_ten_drafts_an_hour_are_enough(client):
    statuses = [client.post("/post/drafts", data=WORDS).status_code for _ in range(11)]
    assert statuses == [303] * DRAFTS_AN_HOUR + [429]


def test_a_draft_is_no_way_to_write_to_many_strangers(client, draft, path):
    def ask(n: int) -> int:
        data = WHO | {"email": f"p{n}@lakeside.example", "version": draft.version}
        return client.post(f"{path}/link", data=data).status_code

    assert [ask(n) for n in range(21)] == [303] * LINKS_AN_HOUR + [429]


def test_a_title_carries_no_link_into_letters(client):
    response = client.post("/post/drafts", data=WORDS | {"title": "Win at evil.com"})
    assert (response.status_code, "Leave out web" in response.text) == (422, True)


def test_another_browser_does_not_find_it(client, draft, path):
    client.sign_out()
    assert client.get(path).status_code == 404
    for noun in ("words", "link", "removal"):
        data = WORDS | WHO | {"version": draft.version}
        assert client.post(f"{path}/{noun}", data=data).status_code == 404


def test_words_are_changed_and_a_draft_is_discarded(client, session, draft, path):
    data = WORDS | {"title": "Outpatient coder", "version": draft.version}
    assert client.post(f"{path}/words", data=data).location == path
    assert draft.title == "Outpatient coder"
    assert client.post(f"{path}/words", data=data).status_code == 409
    data = {"version": draft.version}
    assert client.post(f"{path}/removal", data=data).location == "/post"
    assert session.scalars(select(GuestDraft)).all() == []


@pytest.mark.parametrize("change", [{"organization": ""}, {"kind": "circus"}, {"email": "x"}])
def test_who_hires_has_to_be_said(client, session, draft, path, change):
    response = client.post(f"{path}/link", data=WHO | {"version": draft.version} | change)
    assert (response.status_code, sent(session)) == (422, [])
    assert "There is something to put right" in response.text


def test_the_address_gets_a_link(client, app, settings, session, asked, path, link, now):
    assert sent(session) == ["mail:guest_link"]
    letter = letters(app.extensions["tokens"])["guest_link"](session, asked.public_id, now)
    text = compose(app, settings, letter).get_body(("plain",)).get_content()
    assert (letter.to, link in text) == ("ada@lakeside.example", True)
    assert "We mailed a link to ada@lakeside.example." in client.get(path).text


def test_whoever_has_no_account_makes_one_and_is_in_the_editor(client, session, link, asked):
    client.sign_out()  # another browser
    assert "You sign in with ada@lakeside.example." in client.get(link).text
    assert asked.claimed_at is None
    begun = client.post(f"{link}/registration", data=NEW).location
    draft = session.scalars(select(Draft)).one()
    assert begun == f"/hire/drafts/{draft.id}/role"
    user = session.scalars(select(User).where(User.email == asked.email)).one()
    member = member_of(session, user.id)
    assert (user.confirmed, member.employer.name, member.role) == (
        True, "Lakeside", MemberRole.OWNER,
    )  # fmt: skip
    assert (draft.typed["title"], draft.typed["description"]) == (
        ["Inpatient coder"], [WORDS["text"]],
    )  # fmt: skip
    assert "Inpatient coder" in client.get(begun).text


def test_whoever_has_an_account_signs_in_and_claims(client, session, link, asked):
    user = make_user(session, Role.EMPLOYER, email=asked.email)
    employer = make_employer(session, owner=user)
    assert f"/login?next={link}" in client.get(link).text
    assert client.post(f"{link}/registration", data=NEW).status_code == 422
    client.sign_in(user)
    assert client.post(f"{link}/claim").status_code == 303
    assert session.scalars(select(Draft)).one().employer_id == employer.id
    assert client.post(f"{link}/claim").status_code == 400
    assert client.get(link).status_code == 400


def test_a_draft_of_a_title_alone_is_claimed_too(client, session, link, asked):
    asked.text = ""
    client.post(f"{link}/registration", data=NEW)
    assert session.scalars(select(Draft)).one().typed == {"title": ["Inpatient coder"]}


def test_an_account_that_a_stranger_began_goes_to_who_has_the_link(client, session, link, asked):
    user = make_user(session, email=asked.email, confirmed_at=None)
    assert "You sign in with ada@lakeside.example." in client.get(link).text
    assert client.post(f"{link}/registration", data=NEW).status_code == 303
    assert (user.role, user.name, user.confirmed) == (Role.EMPLOYER, "Ada Manager", True)
    client.sign_out()
    stranger = {"email": user.email, "password": PASSWORD}
    assert client.post("/login", data=stranger).status_code == 422
    assert client.post("/login", data=stranger | NEW).location == "/hire"


def test_a_weak_password_is_told_so(client, link):
    response = client.post(f"{link}/registration", data=NEW | {"password": "short"})
    assert (response.status_code, "Use at least 12 characters." in response.text) == (422, True)


def test_who_may_not_write_postings_claims_nothing(client, session, link, asked):
    client.sign_in(make_user(session))
    assert "not an account for hiring" in client.get(link).text
    assert client.post(f"{link}/claim").status_code == 403
    client.sign_in(make_member(session, make_employer(session), MemberRole.BILLING).user)
    assert client.post(f"{link}/claim").status_code == 403
    assert asked.claimed_at is None


def test_a_link_that_is_old_or_changed_is_refused(client, session, link, asked, now):
    assert client.get(f"{link}x").status_code == 400
    asked.changed_at = now - KEPT_FOR
    assert client.get(link).status_code == 400
    assert client.post(f"{link}/registration", data=NEW).status_code == 400


def test_an_abandoned_draft_gets_exactly_one_reminder(app, session, asked, now):
    later = now + REMIND_AFTER
    remind_guests(session, "", now + timedelta(days=1))
    assert sent(session) == ["mail:guest_link"]
    for days in range(1, 20):
        remind_guests(session, "", later + timedelta(days=days))
        session.flush()
    assert sent(session) == ["mail:guest_link", "mail:guest_reminder"]
    reminder = letters(app.extensions["tokens"])["guest_reminder"]
    assert reminder(session, asked.public_id, later).template == "guest_reminder"
    asked.claimed_at = later
    assert reminder(session, asked.public_id, later) is None


def test_what_was_claimed_or_has_no_address_is_not_reminded_of(session, draft, now):
    draft.email, draft.asked_at, draft.claimed_at = "a@b.example", now, now
    remind_guests(session, "", now + timedelta(days=5))
    draft.claimed_at, draft.asked_at = None, None
    remind_guests(session, "", now + timedelta(days=5))
    assert sent(session) == []


def test_what_nobody_comes_back_for_is_forgotten(session, draft, now):
    forget_guest_drafts(session, "", now + timedelta(days=29))
    assert session.scalars(select(GuestDraft)).all() == [draft]
    forget_guest_drafts(session, "", now + KEPT_FOR + timedelta(minutes=1))
    assert session.scalars(select(GuestDraft)).all() == []


def test_the_key_survives_signing_in(client, session, draft):
    user = make_user(session, Role.EMPLOYER)
    client.post("/login", data={"email": user.email, "password": "a long enough secret"})
    with client.session_transaction() as cookie:
        assert "guest" in cookie
