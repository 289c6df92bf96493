"""Naming an organization and describing it."""

from datetime import datetime

from slugify import slugify
from sqlalchemy.orm import Session

from careercenter.employers import queries
from careercenter.employers.models import Employer, EmployerDetails, Member, MemberRole
from careercenter.errors import Conflict


def found_employer(
    session: Session, user_id: int, details: EmployerDetails, now: datetime
) -> Employer:
    """A new organization, with this person as its owner. Raises ``Conflict`` if they have one."""
    employer = Employer(slug=_free_slug(session, details.name), created_at=now)
    employer.describe(details)
    session.add(employer)
    session.flush()  # the member needs its id
    add_member(session, employer, user_id, MemberRole.OWNER, now)
    return employer


def add_member(
    session: Session, employer: Employer, user_id: int, role: MemberRole, now: datetime
) -> None:
    """Let a person act for an employer. Raises ``Conflict`` if they act for one already."""
    if queries.member_of(session, user_id) is not None:
        raise Conflict
    session.add(Member(employer_id=employer.id, user_id=user_id, role=role, joined_at=now))


def _free_slug(session: Session, name: str) -> str:
    wanted = slugify(name, max_length=80, word_boundary=True) or "employer"
    slug, number = wanted, 2
    while queries.slug_taken(session, slug):
        slug, number = f"{wanted}-{number}", number + 1
    return slug
