"""Inviting, joining, changing roles, handing over, leaving.

The caller locks the employer first, so that two owners cannot both be the last to leave.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import Role, User
from careercenter.accounts.tokens import BadLink
from careercenter.accounts.usecases import count_attempts, join, sign_out_everywhere
from careercenter.employers.models import Member, MemberRole
from careercenter.employers.usecases import add_member
from careercenter.errors import Conflict, Forbidden, Invalid
from careercenter.team import queries
from careercenter.team.models import GOOD_FOR, INVITATIONS_A_DAY, Invitation

DAY = timedelta(days=1)
MEMBER_ALREADY = "This person is in your team already."
INVITED_ALREADY = "This address was invited already. Send that invitation again instead."
LAST_OWNER = "An organization needs an owner. Make somebody else an owner first."
NOT_YOURS = "Your account can't do that. The invitation is for another address."
NOT_HIRING = (
    "Your account can't do that. It is a candidate's; ask to be invited at another address."
)
ELSEWHERE = "You act for an organization already. Leave it first, then open the invitation again."


def invite(
    session: Session, inviter: Member, email: str, role: MemberRole, now: datetime
) -> Invitation:
    """Raises ``Invalid`` for who was invited or is a member, ``TooMany`` after thirty in a day."""
    employer_id = inviter.employer_id
    if queries.is_member(session, employer_id, email):
        raise Invalid(MEMBER_ALREADY, "email")
    if any(invitation.email == email for invitation in queries.waiting(session, employer_id)):
        raise Invalid(INVITED_ALREADY, "email")
    invitation = Invitation(
        public_id=secrets.token_hex(16),
        employer_id=employer_id,
        email=email,
        role=role,
        invited_by_id=inviter.user_id,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    session.add(invitation)
    session.flush()  # the letter names it
    _mail(session, invitation, now)
    return invitation


def renew_invitation(session: Session, invitation: Invitation, now: datetime) -> None:
    """Send it again; the link works for another week."""
    if not invitation.waiting:
        raise Conflict
    invitation.expires_at = now + GOOD_FOR
    _mail(session, invitation, now)


def withdraw_invitation(invitation: Invitation, now: datetime) -> None:
    if not invitation.waiting:
        raise Conflict
    invitation.withdrawn_at = now


def accept_invitation(session: Session, invitation: Invitation, user: User, now: datetime) -> None:
    """Raises ``BadLink`` once it is over, ``Forbidden`` for somebody else, ``Conflict`` for who
    acts for an organization already.
    """
    if not invitation.is_open(now):
        raise BadLink
    if user.email != invitation.email:
        raise Forbidden(NOT_YOURS)
    if user.role is not Role.EMPLOYER:
        raise Forbidden(NOT_HIRING)
    try:
        add_member(session, invitation.employer, user.id, invitation.role, now)
    except Conflict as error:
        raise Conflict(ELSEWHERE) from error
    invitation.accepted_at = now
    outbox.send_email(session, "team_joined", invitation.public_id, now)


def register_invited(
    session: Session, invitation: Invitation, name: str, password_hash: str, now: datetime
) -> User:
    """An account for the invited address, which the link proves, and a member at once."""
    if not invitation.is_open(now):
        raise BadLink
    user = join(session, invitation.email, name, password_hash, Role.EMPLOYER, now)
    accept_invitation(session, invitation, user, now)
    return user


def change_role(session: Session, member: Member, role: MemberRole) -> None:
    """Raises ``Conflict`` for the last owner."""
    if role is not MemberRole.OWNER:
        _keep_an_owner(session, member)
    member.role = role


def transfer_ownership(owner: Member, heir: Member) -> None:
    """Another owner; this one stays as a recruiter."""
    if owner.id == heir.id:
        raise Conflict
    heir.role, owner.role = MemberRole.OWNER, MemberRole.RECRUITER


def remove_member(session: Session, member: Member, now: datetime) -> None:
    """Sign them out everywhere: what is open on their screens ends with the next click."""
    user_id, employer_id = member.user_id, member.employer_id
    leave(session, member)
    sign_out_everywhere(session, user_id)
    outbox.send_email(session, "team_removed", f"{user_id}@{employer_id}", now)


def leave(session: Session, member: Member) -> None:
    """Raises ``Conflict`` for the last owner."""
    _keep_an_owner(session, member)
    session.delete(member)


def _keep_an_owner(session: Session, member: Member) -> None:
    if member.role is MemberRole.OWNER and not queries.owners_left(session, member):
        raise Conflict(LAST_OWNER)


def _mail(session: Session, invitation: Invitation, now: datetime) -> None:
    key = f"invite:{invitation.employer_id}"
    count_attempts(session, [(key, INVITATIONS_A_DAY)], DAY, now)
    outbox.send_email(session, "team_invitation", invitation.public_id, now)
