"""Finding plans: what is sold today, and every version there was."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from careercenter.plans.models import Plan, PlanKind

USUAL_DAYS = 30  # where there is no single posting at all


def newest(session: Session) -> Sequence[Plan]:
    """The newest version of every plan, those no longer sold included, in their order."""
    return session.scalars(_newest().order_by(Plan.position, Plan.id)).all()


def on_sale(session: Session, *kinds: PlanKind) -> Sequence[Plan]:
    """What can be bought today; of these kinds, or of any."""
    sold = _newest().where(Plan.on_sale, Plan.kind.in_(kinds or tuple(PlanKind)))
    return session.scalars(sold.order_by(Plan.position, Plan.id)).all()


def by_slug(session: Session, slug: str) -> Plan:
    """The newest version, whether or not it is sold. Raises ``NoResultFound``."""
    return session.scalars(_newest().where(Plan.slug == slug)).one()


def posting_plan(session: Session) -> Plan | None:
    """What one posting costs, and for how many days; None: single ones are not sold."""
    return next(iter(on_sale(session, PlanKind.POSTING)), None)


def usual_days(session: Session) -> int:
    """Those of a single posting, sold or not: what a credit brings that nobody bought."""
    newest = _newest().where(Plan.kind == PlanKind.POSTING)
    plan = session.scalars(newest.order_by(Plan.on_sale.desc(), Plan.position, Plan.id)).first()
    return plan.days if plan else USUAL_DAYS


def versions(session: Session, slug: str) -> Sequence[Plan]:
    """All there were, the newest first."""
    return session.scalars(
        select(Plan).where(Plan.slug == slug).order_by(Plan.edition.desc())
    ).all()


def _newest() -> Select[Plan]:
    of_slug = aliased(Plan)
    last = (
        select(func.max(of_slug.edition)).where(of_slug.slug == Plan.slug).correlate(Plan)
    ).scalar_subquery()
    return select(Plan).where(Plan.edition == last)
