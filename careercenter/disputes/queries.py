"""Finding disputes."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from careercenter.billing.models import Checkout
from careercenter.billing.queries import WITH_POSTING
from careercenter.database import Page, paginate
from careercenter.disputes.models import Dispute

SHOWN = joinedload(Dispute.checkout).options(
    WITH_POSTING, joinedload(Checkout.employer), joinedload(Checkout.placed_by)
)


def page(session: Session, number: int) -> Page[Dispute]:
    """Those that are open first, by when evidence is due; then the newest."""
    ordered = select(Dispute).order_by(
        Dispute.closed_at.is_not(None), Dispute.due_at, Dispute.created_at.desc()
    )
    return paginate(session, ordered.options(SHOWN), number)


def open_disputes(session: Session) -> Sequence[Dispute]:
    """By when evidence is due."""
    waiting = select(Dispute).where(Dispute.closed_at.is_(None)).order_by(Dispute.due_at)
    return session.scalars(waiting.options(SHOWN)).all()


def by_id(session: Session, dispute_id: str) -> Dispute:
    """Raises ``NoResultFound``."""
    this = select(Dispute).where(Dispute.stripe_dispute_id == dispute_id)
    return session.scalars(this.options(SHOWN)).one()


def of_checkout(session: Session, checkout_id: int) -> Sequence[Dispute]:
    """The oldest first."""
    mine = select(Dispute).where(Dispute.checkout_id == checkout_id)
    return session.scalars(mine.order_by(Dispute.created_at)).all()


def pauses(session: Session, posting_id: int) -> bool:
    """Whether a posting waits for a bank's decision."""
    waits = (Checkout.posting_id == posting_id, Dispute.paused, Dispute.closed_at.is_(None))
    of_it = select(Dispute.stripe_dispute_id).join(Checkout).where(*waits)
    return session.scalar(of_it.limit(1)) is not None
