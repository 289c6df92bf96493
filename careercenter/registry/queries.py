"""Employers as staff look them up."""

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, joinedload

from careercenter.billing.models import Checkout
from careercenter.database import Page, paginate
from careercenter.employers.models import Employer, EmployerMerge
from careercenter.postings.models import Posting


def employers_like(session: Session, text: str, page: int) -> Page[Employer]:
    """Those whose name, address or website holds ``text``, by name."""
    found = select(Employer)
    if text:
        columns = (Employer.name, Employer.slug, Employer.website)
        found = found.where(or_(*(c.icontains(text, autoescape=True) for c in columns)))
    return paginate(session, found.order_by(func.lower(Employer.name), Employer.id), page)


def employer(session: Session, employer_id: int) -> Employer:
    return session.scalars(select(Employer).where(Employer.id == employer_id)).one()


def merge_of(session: Session, employer_id: int) -> EmployerMerge | None:
    """How an employer went into another, if it did."""
    named = select(EmployerMerge).where(EmployerMerge.gone_id == employer_id)
    return session.scalars(named.options(joinedload(EmployerMerge.kept))).one_or_none()


def merges_into(session: Session, employer_id: int) -> Sequence[EmployerMerge]:
    """Who went into this one, the newest first."""
    return session.scalars(
        select(EmployerMerge)
        .where(EmployerMerge.kept_id == employer_id)
        .options(joinedload(EmployerMerge.gone), joinedload(EmployerMerge.moderator))
        .order_by(EmployerMerge.merged_at.desc())
    ).all()


def id_of(session: Session, slug: str) -> int | None:
    return session.scalar(select(Employer.id).where(Employer.slug == slug))


def locked_employers(
    session: Session, one_id: int, other_id: int
) -> tuple[Employer, Employer, bool]:
    """Locked by id, in the order that was asked for, and whether either went into another before.

    Raises ``NoResultFound``.
    """
    went = exists().where(EmployerMerge.gone_id == Employer.id)
    rows = session.execute(
        select(Employer, went)
        .where(Employer.id.in_((one_id, other_id)))
        .order_by(Employer.id)
        .with_for_update(of=Employer)
        .execution_options(populate_existing=True)
    ).all()
    found = {employer.id: employer for employer, _ in rows}
    if len(found) < 2:
        raise NoResultFound
    return found[one_id], found[other_id], any(gone for _, gone in rows)


def lock_checkouts(session: Session, employer_id: int) -> int:
    """How many an employer has; by id, between its postings and itself."""
    mine = select(Checkout.id).where(Checkout.employer_id == employer_id)
    return len(session.scalars(mine.order_by(Checkout.id).with_for_update()).all())


def lock_postings(session: Session, employer_id: int) -> int:
    """How many an employer has; by id, the first that are locked (see ``billing.queries``)."""
    mine = select(Posting.id).where(Posting.employer_id == employer_id)
    return len(session.scalars(mine.order_by(Posting.id).with_for_update()).all())


def left_with(session: Session, employer_id: int) -> tuple[int, int]:
    """How many postings and how many purchases an employer has, whose row is locked."""
    counts = (
        select(func.count()).where(table.employer_id == employer_id).scalar_subquery()
        for table in (Posting, Checkout)
    )
    postings, checkouts = session.execute(select(*counts)).one()
    return postings, checkouts
