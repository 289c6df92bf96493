"""Finding members and invitations, scoped to their employer.

Whoever changes them locks the employer first (``employers.queries.locked``).
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.employers.models import Member, MemberRole
from careercenter.errors import Conflict
from careercenter.team.models import Invitation


def members_of(session: Session, employer_id: int) -> Sequence[Member]:
    """By name."""
    by_name = select(Member).join(Member.user).where(Member.employer_id == employer_id)
    return session.scalars(by_name.order_by(func.lower(User.name), Member.id)).all()


def member_seen(session: Session, employer_id: int, member_id: int, version: int) -> Member:
    """Raises ``NoResultFound`` for another employer's, ``Conflict`` if it is not what was seen."""
    mine = (Member.employer_id == employer_id, Member.id == member_id)
    fresh = select(Member).where(*mine).execution_options(populate_existing=True)
    member = session.scalars(fresh).one()
    if member.version != version:
        raise Conflict
    return member


def member_again(session: Session, member: Member) -> Member:
    """As the row is now. Raises ``NoResultFound`` once it is gone."""
    same = (Member.id == member.id, Member.employer_id == member.employer_id)
    fresh = select(Member).where(*same).execution_options(populate_existing=True)
    return session.scalars(fresh).one()


def owners_left(session: Session, member: Member) -> int:
    """How many owners there are beside this member."""
    others = (Member.employer_id == member.employer_id, Member.id != member.id)
    count = select(func.count()).select_from(Member).where(*others)
    return session.scalar(count.where(Member.role == MemberRole.OWNER)) or 0


def is_member(session: Session, employer_id: int, email: str) -> bool:
    found = select(Member.id).join(Member.user).where(Member.employer_id == employer_id)
    return session.scalar(found.where(User.email == email)) is not None


def waiting(session: Session, employer_id: int) -> Sequence[Invitation]:
    """Invitations that nobody has accepted, the newest first."""
    return session.scalars(
        select(Invitation)
        .where(
            Invitation.employer_id == employer_id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .order_by(Invitation.id.desc())
    ).all()


def of_employer(session: Session, employer_id: int, public_id: str) -> Invitation:
    """Raises ``NoResultFound`` for another employer's."""
    mine = (Invitation.employer_id == employer_id, Invitation.public_id == public_id)
    fresh = select(Invitation).where(*mine).execution_options(populate_existing=True)
    return session.scalars(fresh).one()


def by_public_id(session: Session, public_id: str) -> Invitation | None:
    named = select(Invitation).where(Invitation.public_id == public_id)
    fresh = named.execution_options(populate_existing=True)
    return session.scalars(fresh).one_or_none()
