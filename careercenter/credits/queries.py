"""Reading the ledger of credits."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careercenter.credits.models import EntryReason, LedgerEntry


def newest_entries(session: Session, employer_id: int, limit: int = 50) -> Sequence[LedgerEntry]:
    """The last changes of the employer's credits."""
    return session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.employer_id == employer_id)
        .order_by(LedgerEntry.id.desc())
        .limit(limit)
    ).all()


def count_spent(session: Session, posting_id: int) -> int:
    """How many credits this posting has taken."""
    spent = (LedgerEntry.posting_id == posting_id, LedgerEntry.delta < 0)
    return session.scalar(select(func.count()).select_from(LedgerEntry).where(*spent)) or 0


def became_credit(session: Session, checkout_id: int) -> bool:
    """Whether the posting that was paid for had moved on, so that a credit was given instead."""
    of_it = select(LedgerEntry.id).where(
        LedgerEntry.checkout_id == checkout_id, LedgerEntry.reason == EntryReason.UNDELIVERABLE
    )
    return session.scalar(of_it.limit(1)) is not None
