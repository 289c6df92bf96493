"""The team's page: roles, handing over, leaving, removing."""

import pytest
from sqlalchemy import delete, event, update

from careercenter.accounts.models import Role
from careercenter.employers.models import Member, MemberRole
from careercenter.employers.queries import member_of
from careercenter.tasks import Task
from careercenter.team.handlers import team_removed
from tests.factories import make_employer, make_member, make_user, owner_of

TEAM = "/hire/team"


def path(member: Member, noun: str) -> str:
    return f"{TEAM}/members/{member.id}/{noun}"


def letters(session) -> list[str]:
    return [task.kind for task in session.query(Task).order_by(Task.id)]


def test_the_page_says_who_is_in_the_team_and_what_each_role_may_do(desk, owner, recruiter):
    page = desk.get(TEAM).text
    for shown in (
        owner.user.name,
        recruiter.user.email,
        "Read applications and résumés",
        "Billing",
    ):
        assert shown in page


def test_an_owner_changes_a_role(desk, recruiter):
    data = {"version": recruiter.version, "role": "billing"}
    assert desk.post(path(recruiter, "role"), data=data).location == TEAM
    assert recruiter.role is MemberRole.BILLING


@pytest.mark.parametrize("noun", ["role", "removal", "ownership"])
@pytest.mark.parametrize("version", ["", "x", "9" * 40])
def test_a_member_who_changed_meanwhile_is_a_conflict(desk, recruiter, noun, version):
    data = {"version": version, "role": "billing"}
    assert desk.post(path(recruiter, noun), data=data).status_code == 409
    assert recruiter.role is MemberRole.RECRUITER


def test_a_role_that_does_not_exist_is_refused_with_words(desk, recruiter):
    data = {"version": recruiter.version, "role": "emperor"}
    response = desk.post(path(recruiter, "role"), data=data)
    assert (response.status_code, "Choose from the list." in response.text) == (422, True)


@pytest.mark.parametrize("noun", ["role", "removal", "ownership"])
def test_another_employers_member_is_not_found(desk, session, noun):
    other = make_member(session, make_employer(session), MemberRole.RECRUITER)
    data = {"version": other.version, "role": "owner"}
    assert desk.post(path(other, noun), data=data).status_code == 404


@pytest.mark.parametrize("role", [MemberRole.RECRUITER, MemberRole.REVIEWER, MemberRole.BILLING])
def test_only_an_owner_changes_the_team(client, session, employer, owner, role):
    client.sign_in(make_member(session, employer, role).user)
    assert "Invite somebody" not in client.get(TEAM).text
    data = {"version": owner.version, "role": "recruiter"}
    for noun in ("role", "removal", "ownership"):
        response = client.post(path(owner, noun), data=data)
        assert response.status_code == 403
        assert "Your account can&#39;t do that." in response.text


def test_ownership_is_handed_over(desk, owner, recruiter):
    data = {"version": recruiter.version}
    assert desk.post(path(recruiter, "ownership"), data=data).status_code == 303
    assert (recruiter.role, owner.role) == (MemberRole.OWNER, MemberRole.RECRUITER)


def test_nobody_hands_over_to_oneself(desk, owner):
    assert desk.post(path(owner, "ownership"), data={"version": owner.version}).status_code == 409
    assert owner.role is MemberRole.OWNER


def test_a_removed_members_open_tabs_die_at_the_next_request(client, session, owner, recruiter):
    gone, version = recruiter.user, recruiter.version
    client.sign_in(gone)
    assert client.get("/hire").status_code == 200
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    client.sign_in(owner.user)
    assert client.post(path(recruiter, "removal"), data={"version": version}).status_code == 303
    with client.session_transaction() as cookie:
        cookie.clear()
        cookie.update(kept)
    assert client.get("/hire").location == "/login?next=/hire"
    assert client.post("/hire/postings/1/closure").status_code == 302
    assert member_of(session, gone.id) is None
    assert letters(session) == ["mail:team_removed"]


def test_a_member_leaves(client, session, employer, recruiter):
    client.sign_in(recruiter.user)
    user_id, data = recruiter.user_id, {"version": recruiter.version}
    assert client.post(f"{TEAM}/departure", data=data).location == "/hire/organization"
    assert member_of(session, user_id) is None


def test_the_last_owner_neither_leaves_nor_steps_down(desk, owner, recruiter):
    data = {"version": owner.version, "role": "billing"}
    for address in (f"{TEAM}/departure", path(owner, "role"), path(owner, "removal")):
        response = desk.post(address, data=data)
        assert response.status_code == 409
        assert "Make somebody else an owner first." in response.text
    assert owner.role is MemberRole.OWNER


def test_one_of_two_owners_may_leave(desk, session, employer, owner):
    make_member(session, employer, MemberRole.OWNER)
    assert desk.post(f"{TEAM}/departure", data={"version": owner.version}).status_code == 303


def test_whoever_was_removed_is_told_unless_they_are_back(session, employer, recruiter, now):
    stranger = make_user(session, Role.EMPLOYER)
    letter = team_removed(session, f"{stranger.id}@{employer.id}", now)
    assert (letter.to, letter.subject) == (
        stranger.email, "You no longer act for Cedar Valley Health",
    )  # fmt: skip
    assert team_removed(session, f"{recruiter.user_id}@{employer.id}", now) is None


def test_the_page_is_for_members(client, session):
    assert client.get(TEAM).location == f"/login?next={TEAM}"
    client.sign_in(make_user(session))
    assert client.get(TEAM).status_code == 403
    assert owner_of(session, make_employer(session)).role is Role.EMPLOYER


def meanwhile(session, statement) -> None:
    """Somebody else commits this just before the first row is locked."""
    to_do = [statement]

    def change(state) -> None:
        if to_do and state.is_select and state.statement._for_update_arg is not None:
            session.connection().execute(to_do.pop())

    event.listen(session, "do_orm_execute", change)


@pytest.mark.parametrize("noun", ["role", "removal", "ownership"])
def test_an_owner_who_no_longer_is_one_changes_nobody(desk, session, owner, recruiter, noun):
    """The other owner was quicker by the time that this one waited for the lock."""
    make_member(session, owner.employer, MemberRole.OWNER)
    members = Member.__table__
    demoted = update(members).where(members.c.id == owner.id).values(role=MemberRole.RECRUITER)
    meanwhile(session, demoted)
    data = {"version": recruiter.version, "role": "billing"}
    assert desk.post(path(recruiter, noun), data=data).status_code == 403


def test_who_was_removed_meanwhile_invites_nobody(desk, session, owner):
    make_member(session, owner.employer, MemberRole.OWNER)
    members = Member.__table__
    meanwhile(session, delete(members).where(members.c.id == owner.id))
    data = {"email": "friend@cedar.example", "role": "owner"}
    assert desk.post(f"{TEAM}/invitations", data=data).status_code == 404
    assert letters(session) == []
