"""Finding employers and their members."""

from collections.abc import Sequence

from slugify import slugify
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.employers.models import Employer, EmployerMerge, Member, MemberRole
from careercenter.errors import Conflict

MOST_LOOKALIKES = 50


def member_of(session: Session, user_id: int) -> Member | None:
    """For whom this person acts."""
    return session.scalars(select(Member).where(Member.user_id == user_id)).one_or_none()


def by_slug(session: Session, slug: str) -> Employer:
    return session.scalars(select(Employer).where(Employer.slug == slug)).one()


def locked(session: Session, employer_id: int) -> Employer:
    """The row to change money or credits under. Others may go on adding rows that name it."""
    return session.scalars(
        select(Employer)
        .where(Employer.id == employer_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def locked_version(session: Session, employer_id: int, version: int) -> Employer:
    """The row to describe anew. Raises ``Conflict`` if it is not the version that was seen."""
    employer = locked(session, employer_id)
    if employer.version != version:
        raise Conflict
    return employer


def slug_taken(session: Session, slug: str) -> bool:
    return session.scalar(select(Employer.id).where(Employer.slug == slug)) is not None


def lookalikes(session: Session, employer: Employer) -> Sequence[Employer]:
    """Others whose name reads the same in plain letters, whatever alphabet it is written in."""
    plain = slugify(employer.name, max_length=80, word_boundary=True)
    near = or_(Employer.slug == plain, Employer.slug.startswith(f"{plain}-", autoescape=True))
    same = or_(near, func.lower(Employer.name) == employer.name.lower())
    others = select(Employer).where(Employer.id != employer.id, same).order_by(Employer.id)
    found = session.scalars(others.limit(MOST_LOOKALIKES)).all()
    return [other for other in found if slugify(other.name) == slugify(employer.name)]


def owner_addresses(session: Session, employer_id: int) -> Sequence[str]:
    """Where letters to an employer go."""
    return session.scalars(
        select(User.email)
        .join(Member, Member.user_id == User.id)
        .where(Member.employer_id == employer_id, Member.role == MemberRole.OWNER)
        .order_by(Member.id)
    ).all()


def moved_to(session: Session, slug: str) -> str | None:
    """The address that an old one leads to."""
    return session.scalar(
        select(Employer.slug)
        .join(EmployerMerge, EmployerMerge.kept_id == Employer.id)
        .where(EmployerMerge.old_slug == slug)
    )


def id_of_slug(session: Session, slug: str) -> int | None:
    return session.scalar(select(Employer.id).where(Employer.slug == slug))
