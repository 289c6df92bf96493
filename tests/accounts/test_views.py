"""Registering, confirming, signing in and out, and forgetting a password."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.accounts import passwords
from careercenter.accounts.models import Role, User, UserSession
from careercenter.accounts.tokens import Tokens
from careercenter.tasks import Task
from tests.client import without_tokens
from tests.factories import PASSWORD, make_user

NEW = {
    "role": "candidate",
    "name": "Ada Coder",
    "email": "ada@example.com",
}
CHOSEN = {"name": "Ada Coder", "password": "plum trombone lake"}


def letters(session) -> list[str]:
    return [task.kind for task in session.scalars(select(Task).order_by(Task.id))]


@pytest.fixture
def tokens(app) -> Tokens:
    return app.extensions["tokens"]


def test_registering_promises_a_letter_that_confirms(client, session):
    response = client.post("/register", data=NEW)
    user = session.scalars(select(User).where(User.email == "ada@example.com")).one()
    assert response.location == "/register/sent"
    assert (user.role, user.confirmed, letters(session)) == (
        Role.CANDIDATE,
        False,
        ["mail:confirm_address"],
    )


def test_registering_a_known_address_answers_the_same_and_tells_only_its_owner(client, session):
    make_user(session, email="ada@example.com")
    response = client.post("/register", data=NEW)
    assert (response.location, letters(session)) == ("/register/sent", ["mail:already_registered"])


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "Use at least 12 characters."),
        ("x" * 257, "Use at most 256 characters."),
        ("password12345", "Choose a password that is harder to guess."),
        ("ada@example.com", "Choose a password that is harder to guess."),
        ("careercenter2026", "Choose a password that is harder to guess."),
    ],
)
def test_a_weak_password_is_told_so_beside_its_field(client, session, tokens, password, says):
    user = make_user(session, email="ada@example.com", confirmed_at=None)
    path = f"/account/confirmations/{tokens.confirm(user)}"
    response = client.post(path, data=CHOSEN | {"password": password})
    assert response.status_code == 422
    assert says in response.text
    assert 'value="Ada Coder"' in response.text
    assert not user.confirmed


def test_who_confirms_chooses_the_password_and_nobody_before(client, session, tokens):
    """A stranger who registers somebody else's address has nothing of it afterwards."""
    client.post("/register", data=NEW | {"password": "the stranger's own words"})
    user = session.scalars(select(User)).one()
    for guess in ("the stranger's own words", ""):
        data = {"email": user.email, "password": guess}
        assert client.post("/login", data=data).status_code == 422
    client.post(f"/account/confirmations/{tokens.confirm(user)}", data=CHOSEN)
    client.sign_out()
    data = {"email": user.email, "password": "the stranger's own words"}
    assert client.post("/login", data=data).status_code == 422
    assert client.post("/login", data=data | CHOSEN).location == "/me"


def test_an_address_that_nobody_confirmed_is_registered_anew(client, session):
    client.post("/register", data=NEW)
    client.post("/register", data=NEW | {"role": "employer", "name": "Ada Herself"})
    user = session.scalars(select(User)).one()
    assert (user.role, user.name, user.confirmed) == (Role.EMPLOYER, "Ada Herself", False)
    assert letters(session) == ["mail:confirm_address"] * 2


@pytest.mark.parametrize("name", ["Win at evil.com", "https://x", "www.x", "a@b.example"])
def test_a_name_carries_no_link_into_letters_to_strangers(client, name):
    response = client.post("/register", data=NEW | {"name": name})
    assert (response.status_code, "Leave out web and email" in response.text) == (422, True)


@pytest.mark.parametrize("role", ["moderator", "operator", ""])
def test_nobody_registers_as_staff(client, session, role):
    assert client.post("/register", data=NEW | {"role": role}).status_code == 422
    assert session.scalar(select(User)) is None


def test_confirming_takes_a_click_and_signs_in_once(client, session, tokens):
    user = make_user(session, confirmed_at=None)
    path = f"/account/confirmations/{tokens.confirm(user)}"
    assert client.get(path).status_code == 200
    assert not user.confirmed
    assert client.post(path, data=CHOSEN).location == "/me"
    assert user.confirmed
    assert client.post(path, data=CHOSEN).status_code == 400


def test_a_changed_link_is_refused(client, session, tokens):
    response = client.get(f"/account/confirmations/{tokens.confirm(make_user(session))}x")
    assert response.status_code == 400
    assert "That link is invalid or has expired." in response.text


def test_signing_in_leads_where_one_wanted_to_go(client, session):
    user = make_user(session)
    data = {"email": user.email.upper(), "password": PASSWORD, "next": "/account"}
    assert client.post("/login", data=data).location == "/account"
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    "target",
    [
        "//evil.test",
        "/\t/evil.test",
        "https://evil.test",
        "/\\evil.test",
        "/a//b",
        "https:evil.test",
    ],
)
def test_signing_in_never_leads_off_the_site(client, session, target):
    user = make_user(session)
    data = {"email": user.email, "password": PASSWORD, "next": target}
    assert client.post("/login", data=data).location == "/me"


def test_wrong_password_and_unknown_address_look_alike(client, session):
    user = make_user(session)
    wrong = client.post("/login", data={"email": user.email, "password": "not the secret"})
    unknown = client.post("/login", data={"email": "no@example.com", "password": "not the secret"})
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    shown = (wrong.text.replace(user.email, ""), unknown.text.replace("no@example.com", ""))
    assert without_tokens(shown[0]) == without_tokens(shown[1])
    assert "Email or password is incorrect." in wrong.text


def test_the_eleventh_try_in_five_minutes_is_refused(client, session):
    user = make_user(session)
    data = {"email": user.email, "password": "not the secret"}
    answers = [client.post("/login", data=data).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert "Retry-After" in client.post("/login", data=data).headers


def test_an_unconfirmed_person_cannot_sign_in_and_gets_the_letter_again(client, session):
    user = make_user(session, confirmed_at=None)
    data = {"email": user.email, "password": PASSWORD}
    assert client.post("/login", data=data).status_code == 422
    client.post("/account/password/forgotten", data={"email": user.email})
    assert letters(session) == ["mail:confirm_address"]


def test_a_disabled_person_cannot_sign_in_and_is_signed_out(client, session, now):
    user = make_user(session)
    client.sign_in(user)
    user.disabled_at = now
    assert client.get("/account").location.startswith("/login")
    assert (
        client.post("/login", data={"email": user.email, "password": PASSWORD}).status_code == 422
    )


def test_a_cookie_is_worth_nothing_after_signing_out(client, session):
    client.sign_in(make_user(session))
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    client.post("/logout")
    with client.session_transaction() as cookie:
        cookie.update(kept)
    assert client.get("/account").location == "/login?next=/account"


def test_signing_out_everywhere_ends_every_session(client, session):
    user = make_user(session)
    client.sign_in(user)
    client.sign_in(user)
    client.post("/account/sign-outs")
    assert session.scalar(select(UserSession)) is None


def test_asking_for_a_reset_answers_alike_for_known_and_unknown(client, session):
    user = make_user(session)
    known = client.post("/account/password/forgotten", data={"email": user.email})
    unknown = client.post("/account/password/forgotten", data={"email": "no@example.com"})
    assert known.location == unknown.location == "/register/sent"
    assert letters(session) == ["mail:reset_password"]


def test_the_sixth_reset_of_a_day_sends_no_letter(client, session):
    user = make_user(session)
    for _ in range(6):
        client.post("/account/password/forgotten", data={"email": user.email})
    assert letters(session) == ["mail:reset_password"] * 5


def test_a_reset_link_works_once_and_signs_out_elsewhere(client, session, tokens):
    user = make_user(session)
    client.sign_in(user)
    path = f"/account/password/resets/{tokens.reset(user)}"
    assert client.post(path, data={"password": "plum trombone lake"}).location == "/login"
    assert client.get("/account").location == "/login?next=/account"
    assert client.post(path, data={"password": "another plum trombone"}).status_code == 400


def test_a_reset_link_is_old_after_an_hour(client, session, tokens, monkeypatch):
    path = f"/account/password/resets/{tokens.reset(make_user(session))}"
    monkeypatch.setattr("careercenter.accounts.tokens.RESET_AGE", timedelta(seconds=-1))
    assert client.get(path).status_code == 400


def test_changing_the_password_needs_the_current_one(client, session):
    client.sign_in(make_user(session))
    data = {"current": "wrong", "password": "plum trombone lake"}
    response = client.post("/account", data=data)
    assert response.status_code == 422
    assert "Enter your current password." in response.text
    assert client.post("/account", data=data | {"current": PASSWORD}).location == "/account"
    assert client.get("/account").status_code == 200


def test_mass_assignment_changes_nothing(client, session):
    client.post("/register", data=NEW | {"confirmed_at": "2026-01-01", "id": "1", "staff": "1"})
    assert not session.scalars(select(User)).one().confirmed


def test_nobody_is_written_to_more_than_five_times_a_day(client, session):
    user = make_user(session, confirmed_at=None)
    for _ in range(4):
        client.post("/account/password/forgotten", data={"email": user.email})
        client.post("/register", data=NEW | {"email": user.email})
    assert len(letters(session)) == 5


def test_nothing_is_locked_while_a_password_is_checked(client, session, monkeypatch):
    class Watching:
        def verify(self, hashed, password):
            assert not session.in_transaction()

        def hash(self, password):
            assert not session.in_transaction()
            return "hashed"

    user = make_user(session)
    client.sign_in(user)
    monkeypatch.setattr(passwords, "_hasher", Watching())
    assert client.post("/login", data={"email": user.email, "password": PASSWORD}).location
    data = {"current": PASSWORD, "password": "plum trombone lake"}
    assert client.post("/account", data=data).location == "/account"


@pytest.mark.parametrize(
    ("role", "start"), [(Role.FINANCE, "/staff/money"), (Role.OPERATOR, "/account")]
)
def test_staff_start_at_their_desk_or_their_account(client, session, role, start):
    user = make_user(session, role)
    data = {"email": user.email, "password": PASSWORD}
    assert client.post("/login", data=data).location == start


def test_registering_on_the_way_to_somewhere_leads_there(client, session, tokens):
    page = client.get("/login?next=/jobs/7-coder/apply").text
    assert "/register?next=/jobs/7-coder/apply" in page
    client.post("/register?next=/jobs/7-coder/apply", data=NEW)
    user = session.scalars(select(User)).one()
    path = f"/account/confirmations/{tokens.confirm(user)}"
    assert client.post(path, data=CHOSEN).location == "/jobs/7-coder/apply"


def test_opening_the_letter_again_leads_to_signing_in(client, session, tokens):
    path = f"/account/confirmations/{tokens.confirm(make_user(session))}"
    assert client.get(path).location == "/login"


def test_the_account_says_where_one_is_signed_in_and_which_is_here(client, session):
    client.sign_in(make_user(session))
    page = client.get("/account").text
    assert page.count("A browser we do not know") == 1
    assert "(this one)" in page
