"""Inviting by mail: who gets in, who does not, and for how long."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role, User
from careercenter.employers.models import MemberRole
from careercenter.employers.queries import member_of
from careercenter.mail import compose
from careercenter.tasks import Task
from careercenter.team.handlers import letters as team_letters
from careercenter.team.models import INVITATIONS_A_DAY, Invitation
from tests.factories import make_employer, make_user, owner_of

INVITE = "/hire/team/invitations"
NEW = {"name": "Rae Reviewer", "password": "plum trombone lake"}


def sent(session) -> list[str]:
    return [task.kind for task in session.query(Task).order_by(Task.id)]


@pytest.fixture
def rae(session) -> User:
    return make_user(session, Role.EMPLOYER, email="rae@cedar.example", name="Rae Reviewer")


def test_an_owner_invites_by_mail(desk, session, employer):
    data = {"email": "Rae@Cedar.example", "role": "reviewer"}
    assert desk.post(INVITE, data=data).location == "/hire/team"
    found = session.scalars(select(Invitation)).one()
    assert (found.email, found.role, found.employer) == (
        "rae@cedar.example", MemberRole.REVIEWER, employer,
    )  # fmt: skip
    assert sent(session) == ["mail:team_invitation"]
    assert "rae@cedar.example" in desk.get("/hire/team").text


def test_the_letter_leads_to_the_invitation(app, settings, session, invited, link, now):
    letter = team_letters(app.extensions["tokens"])["team_invitation"]
    found = letter(session, invited.public_id, now)
    text = compose(app, settings, found).get_body(("plain",)).get_content()
    assert (found.to, link in text) == ("rae@cedar.example", True)
    invited.withdrawn_at = now
    assert letter(session, invited.public_id, now) is None


@pytest.mark.parametrize("email", ["", "no address", "a@b@c", "x" * 300 + "@cedar.example"])
def test_what_is_no_address_is_refused_with_what_was_typed(desk, session, email):
    response = desk.post(INVITE, data={"email": email, "role": "billing"})
    assert (response.status_code, sent(session)) == (422, [])
    assert '<option selected value="billing">' in response.text


def test_nobody_is_invited_twice_or_into_their_own_team(desk, session, employer, invited):
    for email in (invited.email, owner_of(session, employer).email):
        response = desk.post(INVITE, data={"email": email, "role": "owner"})
        assert (response.status_code, sent(session)) == (422, [])
        assert '<a href="#email">This' in response.text


def test_too_many_invitations_in_a_day_are_refused(desk, session):
    for number in range(INVITATIONS_A_DAY):
        data = {"email": f"p{number}@cedar.example", "role": "recruiter"}
        assert desk.post(INVITE, data=data).status_code == 303
    data = {"email": "one-more@cedar.example", "role": "recruiter"}
    assert desk.post(INVITE, data=data).status_code == 429


def test_the_page_of_the_link_says_who_invites_to_what(client, link, invited):
    page = client.get(link).text
    for words in ("Join Cedar Valley Health", invited.invited_by.name, "as reviewer"):
        assert words in page
    assert "Write postings" not in page


def test_whoever_has_no_account_makes_one_and_is_in(client, session, employer, link, invited):
    assert client.post(f"{link}/registration", data=NEW).location == "/hire"
    user = session.scalars(select(User).where(User.email == invited.email)).one()
    member = member_of(session, user.id)
    assert (user.confirmed, user.role, member.role, member.employer) == (
        True, Role.EMPLOYER, MemberRole.REVIEWER, employer,
    )  # fmt: skip
    assert client.get("/hire").status_code == 200
    assert sent(session) == ["mail:team_joined"]


def test_a_weak_password_is_told_so(client, session, link):
    response = client.post(f"{link}/registration", data=NEW | {"password": "short"})
    assert response.status_code == 422
    assert "Use at least 12 characters." in response.text
    assert 'value="Rae Reviewer"' in response.text


def test_whoever_has_an_account_signs_in_and_joins(client, session, employer, link, rae):
    assert f"/login?next={link}" in client.get(link).text
    assert client.post(f"{link}/acceptance").location == "/login?next=/"
    client.sign_in(rae)
    assert "Sign in to join" not in client.get(link).text
    assert client.post(f"{link}/acceptance").location == "/hire"
    assert member_of(session, rae.id).employer is employer


def test_an_account_is_not_made_over_one_that_exists(client, session, link, rae):
    assert client.post(f"{link}/registration", data=NEW).status_code == 422
    assert member_of(session, rae.id) is None


def test_a_link_works_once(client, session, link, rae):
    client.sign_in(rae)
    client.post(f"{link}/acceptance")
    assert client.post(f"{link}/acceptance").status_code == 400
    assert "That link is invalid or has expired." in client.get(link).text


def test_a_link_that_is_old_withdrawn_or_changed_is_refused(client, session, link, invited, now):
    assert client.get(f"{link}x").status_code == 400
    invited.expires_at = now - timedelta(seconds=1)
    assert client.get(link).status_code == 400
    assert client.post(f"{link}/registration", data=NEW).status_code == 400
    invited.expires_at, invited.withdrawn_at = now + timedelta(days=1), now
    assert client.get(link).status_code == 400


def test_a_forwarded_link_lets_nobody_else_in(client, session, link):
    other = make_user(session, Role.EMPLOYER)
    client.sign_in(other)
    assert "Sign out, then open the link again." in client.get(link).text
    assert client.post(f"{link}/acceptance").status_code == 403
    assert member_of(session, other.id) is None


def test_a_candidates_account_does_not_join(client, session, link, invited):
    client.sign_in(make_user(session, email=invited.email))
    assert "Your account is a candidate’s." in client.get(link).text
    assert client.post(f"{link}/acceptance").status_code == 403


def test_whoever_acts_for_another_employer_leaves_it_first(client, session, link, rae):
    make_employer(session, owner=rae)
    client.sign_in(rae)
    response = client.post(f"{link}/acceptance")
    assert (response.status_code, "Leave it first" in response.text) == (409, True)


def test_an_invitation_is_sent_again_or_withdrawn(desk, session, invited, now):
    invited.expires_at = now - timedelta(days=1)
    path = f"{INVITE}/{invited.public_id}"
    assert "Expired" in desk.get("/hire/team").text
    assert desk.post(f"{path}/renewal").status_code == 303
    assert (invited.is_open(now), sent(session)) == (True, ["mail:team_invitation"])
    assert desk.post(f"{path}/withdrawal").status_code == 303
    assert not invited.waiting
    for noun in ("renewal", "withdrawal"):
        assert desk.post(f"{path}/{noun}").status_code == 409


def test_another_employers_invitation_is_not_found(client, session, invited):
    client.sign_in(owner_of(session, make_employer(session)))
    for noun in ("renewal", "withdrawal"):
        assert client.post(f"{INVITE}/{invited.public_id}/{noun}").status_code == 404
