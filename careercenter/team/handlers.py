"""The letters about a team."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts import queries as accounts
from careercenter.accounts.tokens import Tokens
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer
from careercenter.employers.rights import ROLE_WORDS
from careercenter.mail import Builder, Letter
from careercenter.team import queries

PURPOSE = "team-invitation"


def letters(tokens: Tokens) -> dict[str, Builder]:
    def team_invitation(session: Session, public_id: str, now: datetime) -> Letter | None:
        invitation = queries.by_public_id(session, public_id)
        if invitation is None or not invitation.is_open(now):
            return None
        context = {
            "inviter": invitation.invited_by.name,
            "employer": invitation.employer.name,
            "role": ROLE_WORDS[invitation.role].lower(),
            "token": tokens.link(PURPOSE, public_id),
            "expires_at": invitation.expires_at,
        }
        subject = f"Join {invitation.employer.name} on CareerCenter"
        return Letter(invitation.email, subject, "team_invitation", context)

    return {
        "team_invitation": team_invitation,
        "team_joined": team_joined,
        "team_removed": team_removed,
    }


def team_joined(session: Session, public_id: str, now: datetime) -> Letter | None:
    invitation = queries.by_public_id(session, public_id)
    if invitation is None:
        return None
    user = accounts.by_email(session, invitation.email)
    context = {
        "name": user.name if user else invitation.email,
        "address": invitation.email,
        "employer": invitation.employer.name,
        "role": ROLE_WORDS[invitation.role].lower(),
    }
    subject = f"{context['name']} has joined {invitation.employer.name}"
    return Letter(invitation.invited_by.email, subject, "team_joined", context)


def team_removed(session: Session, about: str, now: datetime) -> Letter | None:
    """``about`` is "user id@employer id". Whoever is back meanwhile is not written to."""
    user_id, _, employer_id = about.partition("@")
    user = accounts.by_id(session, user_id)
    employer = session.get_one(Employer, int(employer_id))
    member = employers.member_of(session, user.id)
    if member is not None and member.employer_id == employer.id:
        return None
    context = {"name": user.name, "employer": employer.name}
    return Letter(user.email, f"You no longer act for {employer.name}", "team_removed", context)
