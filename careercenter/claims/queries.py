"""Finding claims."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.claims.models import Claim
from careercenter.database import Page, paginate
from careercenter.employers.models import Member, MemberRole
from careercenter.errors import Conflict


def waiting_of(session: Session, user_id: int) -> Claim | None:
    """The one claim of a person that nobody has decided."""
    return session.scalars(
        select(Claim).where(
            Claim.user_id == user_id, Claim.approved_at.is_(None), Claim.rejected_at.is_(None)
        )
    ).one_or_none()


def by_public_id(session: Session, public_id: str) -> Claim | None:
    return session.scalars(select(Claim).where(Claim.public_id == public_id)).one_or_none()


def locked(session: Session, public_id: str, version: int) -> Claim:
    """Anybody's, locked: for moderators. Raises ``Conflict`` if it is not what was seen."""
    claim = session.scalars(
        select(Claim)
        .where(Claim.public_id == public_id)
        .with_for_update(of=Claim)
        .execution_options(populate_existing=True)
    ).one()
    if claim.version != version:
        raise Conflict
    return claim


def waiting_page(session: Session, page: int) -> Page[Claim]:
    """What staff have to decide: those with a proved address first, then the oldest."""
    in_order = (
        select(Claim)
        .where(Claim.approved_at.is_(None), Claim.rejected_at.is_(None))
        .order_by(Claim.confirmed_at.is_(None), Claim.id)
    )
    return paginate(session, in_order, page)


def owners_of(session: Session, employer_ids: Collection[int]) -> Mapping[int, Sequence[str]]:
    """Employer id → the addresses of its owners; who has none is left out."""
    rows = session.execute(
        select(Member.employer_id, User.email)
        .join(User, User.id == Member.user_id)
        .where(Member.employer_id.in_(employer_ids), Member.role == MemberRole.OWNER)
        .order_by(Member.id)
    )
    found: dict[int, list[str]] = {}
    for employer_id, email in rows:
        found.setdefault(employer_id, []).append(email)
    return found
