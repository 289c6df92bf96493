"""The team's page, and the pages that a mailed invitation leads to."""

from datetime import datetime

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from careercenter import clock
from careercenter.accounts import passwords
from careercenter.accounts import queries as accounts
from careercenter.accounts.access import begin_session, employer_required
from careercenter.accounts.forms import JoinForm
from careercenter.accounts.tokens import BadLink, Tokens
from careercenter.accounts.usecases import open_session
from careercenter.employers import queries as employers
from careercenter.employers.access import check_right, member_may
from careercenter.employers.models import Member, MemberRole
from careercenter.employers.rights import RIGHT_WORDS, RIGHTS, ROLE_WORDS, Right
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.team import queries, usecases
from careercenter.team.forms import InvitationForm, RoleForm
from careercenter.team.handlers import PURPOSE
from careercenter.team.models import Invitation
from careercenter.web.rendering import render

blueprint = Blueprint("team", __name__)

MEMBER = "/hire/team/members/<int(max=2147483647):member_id>"
INVITATION = "/hire/team/invitations/<public_id>"


@blueprint.get("/hire/team")
@member_may(Right.READ)
def members(member: Member) -> ResponseReturnValue:
    return _team_page(member, InvitationForm(formdata=None))


@blueprint.post("/hire/team/invitations")
@member_may(Right.TEAM)
def invite(member: Member) -> ResponseReturnValue:
    form = InvitationForm()
    if not form.validate_on_submit():
        return _team_page(member, form, problems=form, status=422)
    _lock_team(member, Right.TEAM)
    try:
        role = MemberRole(form.role.data)
        usecases.invite(db.session, member, form.email.data, role, clock.now())
    except Invalid as error:
        form.email.errors = [str(error)]
        return _team_page(member, form, problems=form, status=422)
    db.session.commit()
    flash(f"The invitation to {form.email.data} is on its way.", "good")
    return redirect(url_for(".members"), 303)


@blueprint.post(f"{INVITATION}/renewal")
@member_may(Right.TEAM)
def renew(member: Member, public_id: str) -> ResponseReturnValue:
    _lock_team(member, Right.TEAM)
    invitation = queries.of_employer(db.session, member.employer_id, public_id)
    usecases.renew_invitation(db.session, invitation, clock.now())
    db.session.commit()
    flash(f"Sent to {invitation.email} once more. The link works for a week.", "good")
    return redirect(url_for(".members"), 303)


@blueprint.post(f"{INVITATION}/withdrawal")
@member_may(Right.TEAM)
def withdraw(member: Member, public_id: str) -> ResponseReturnValue:
    _lock_team(member, Right.TEAM)
    invitation = queries.of_employer(db.session, member.employer_id, public_id)
    usecases.withdraw_invitation(invitation, clock.now())
    db.session.commit()
    flash(f"The link that {invitation.email} got no longer works.", "good")
    return redirect(url_for(".members"), 303)


@blueprint.post(f"{MEMBER}/role")
@member_may(Right.TEAM)
def change_role(member: Member, member_id: int) -> ResponseReturnValue:
    form = RoleForm()
    if not form.validate_on_submit():
        return _team_page(member, InvitationForm(formdata=None), problems=form, status=422)
    changed = _locked_member(member, member_id, Right.TEAM)
    usecases.change_role(db.session, changed, MemberRole(form.role.data))
    db.session.commit()
    flash(f"{changed.user.name} is now {ROLE_WORDS[changed.role].lower()}.", "good")
    return redirect(url_for(".members"), 303)


@blueprint.post(f"{MEMBER}/ownership")
@member_may(Right.TEAM)
def transfer(member: Member, member_id: int) -> ResponseReturnValue:
    heir = _locked_member(member, member_id, Right.TEAM)
    usecases.transfer_ownership(member, heir)
    db.session.commit()
    flash(f"{heir.user.name} is now an owner, and you are a recruiter.", "good")
    return redirect(url_for(".members"), 303)


@blueprint.post(f"{MEMBER}/removal")
@member_may(Right.TEAM)
def remove(member: Member, member_id: int) -> ResponseReturnValue:
    gone = _locked_member(member, member_id, Right.TEAM)
    name = gone.user.name
    usecases.remove_member(db.session, gone, clock.now())
    db.session.commit()
    flash(f"{name} no longer acts for {member.employer.name}, and is told by mail.", "good")
    return redirect(url_for(".members"), 303)


@blueprint.post("/hire/team/departure")
@member_may(Right.READ)
def leave(member: Member) -> ResponseReturnValue:
    gone, name = _locked_member(member, member.id, Right.READ), member.employer.name
    usecases.leave(db.session, gone)
    db.session.commit()
    flash(f"You no longer act for {name}.")
    return redirect(url_for("profile.edit"), 303)


@blueprint.get("/invitations/<token>")
def invitation(token: str) -> ResponseReturnValue:
    found = _invitation(token, clock.now())
    return _invitation_page(token, found, JoinForm(found.email, formdata=None))


@blueprint.post("/invitations/<token>/acceptance")
@employer_required
def accept(token: str) -> ResponseReturnValue:
    now = clock.now()
    found = _locked_invitation(token, now)
    usecases.accept_invitation(db.session, found, current_user.user, now)
    db.session.commit()
    flash(f"You now act for {found.employer.name}.", "good")
    return redirect(url_for("hire.desk"), 303)


@blueprint.post("/invitations/<token>/registration")
def register(token: str) -> ResponseReturnValue:
    """Whoever has the link has the address. One that has an account signs in instead."""
    now = clock.now()
    found = _invitation(token, now)
    form = JoinForm(found.email)
    if accounts.is_taken(db.session, found.email) or not form.validate_on_submit():
        return _invitation_page(token, found, form, 422)
    db.session.commit()  # hashing takes long: nothing is locked meanwhile
    hashed = passwords.hash_password(form.password.data)
    found = _locked_invitation(token, now)
    user = usecases.register_invited(db.session, found, form.name.data, hashed, now)
    opened = open_session(db.session, user, request.user_agent.string, now)
    db.session.commit()
    begin_session(user, opened)
    flash(f"Welcome. You now act for {found.employer.name}.", "good")
    return redirect(url_for("hire.desk"), 303)


def _lock_team(member: Member, right: Right) -> None:
    """An owner may have changed this member's role, or ended it, while the lock was waited for."""
    employers.locked(db.session, member.employer_id)
    check_right(queries.member_again(db.session, member), right)


def _locked_member(member: Member, member_id: int, right: Right) -> Member:
    """With the version that the form carried; -1, which no row has, where that is nonsense."""
    _lock_team(member, right)
    seen = request.form.get("version", -1, type=int)
    return queries.member_seen(db.session, member.employer_id, member_id, seen)


def _invitation(token: str, now: datetime) -> Invitation:
    tokens: Tokens = current_app.extensions["tokens"]
    found = queries.by_public_id(db.session, tokens.read_link(PURPOSE, token))
    if found is None or not found.is_open(now):
        raise BadLink
    return found


def _locked_invitation(token: str, now: datetime) -> Invitation:
    employers.locked(db.session, _invitation(token, now).employer_id)
    return _invitation(token, now)


def _invitation_page(
    token: str, found: Invitation, form: JoinForm, status: int = 200
) -> ResponseReturnValue:
    return render(
        "team/invitation.html",
        status=status,
        token=token,
        invitation=found,
        form=form,
        role=ROLE_WORDS[found.role].lower(),
        duties=[words for right, words in RIGHT_WORDS.items() if right in RIGHTS[found.role]],
        known=accounts.is_taken(db.session, found.email),
    )


def _team_page(
    member: Member, form: InvitationForm, problems: FlaskForm | None = None, status: int = 200
) -> ResponseReturnValue:
    return render(
        "team/members.html",
        status=status,
        me=member,
        members=queries.members_of(db.session, member.employer_id),
        waiting=queries.waiting(db.session, member.employer_id),
        form=form,
        problems=problems,
        roles=ROLE_WORDS,
        rights=RIGHTS,
        right_words=RIGHT_WORDS,
        now=clock.now(),
    )
