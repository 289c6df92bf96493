"""Purchases of anybody, for staff."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from careercenter.billing.models import Checkout
from careercenter.billing.queries import WITH_POSTING
from careercenter.credits.models import LedgerEntry
from careercenter.database import Page, paginate
from careercenter.employers.models import Employer
from careercenter.refunds.queries import about

SHOWN = (WITH_POSTING, joinedload(Checkout.employer), joinedload(Checkout.placed_by))


def checkouts(session: Session, text: str, page: int) -> Page[Checkout]:
    """The newest first; of employers with such a name, or with a reference that begins so."""
    found = select(Checkout).join(Employer, Employer.id == Checkout.employer_id)
    if text:
        called = Employer.name.icontains(text, autoescape=True)
        found = found.where(or_(called, Checkout.public_id.startswith(text, autoescape=True)))
    newest_first = found.options(*SHOWN).order_by(Checkout.created_at.desc(), Checkout.id.desc())
    return paginate(session, newest_first, page)


def by_public_id(session: Session, public_id: str) -> Checkout:
    """Raises ``NoResultFound``."""
    this = select(Checkout).where(Checkout.public_id == public_id)
    return session.scalars(this.options(*SHOWN)).one()


def id_of_employer(session: Session, employer_id: int, public_id: str) -> int:
    """Raises ``NoResultFound`` for what is missing or another employer's."""
    mine = (Checkout.employer_id == employer_id, Checkout.public_id == public_id)
    return session.scalars(select(Checkout.id).where(*mine)).one()


def entries_of(session: Session, checkout: Checkout) -> Sequence[LedgerEntry]:
    """What it gave of credits, and what was taken of them with its money."""
    mine = select(LedgerEntry).where(about(checkout))
    return session.scalars(mine.order_by(LedgerEntry.id)).all()
