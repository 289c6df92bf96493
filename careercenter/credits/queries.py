"""Reading the ledger of credits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from careercenter.credits.models import EntryReason, LedgerEntry, Unspent


def newest_entries(session: Session, employer_id: int, limit: int = 50) -> Sequence[LedgerEntry]:
    """The last changes of the employer's credits."""
    return session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.employer_id == employer_id)
        .order_by(LedgerEntry.id.desc())
        .limit(limit)
    ).all()


def unspent(session: Session, employer_id: int) -> Sequence[Unspent]:
    """What the balance is made of, in the order in which it is spent: what expires first, then
    what came first. The employer is locked by whoever takes of it.
    """
    gone = aliased(LedgerEntry)
    taken = select(func.coalesce(func.sum(gone.delta), 0)).where(
        gone.taken_from_id == LedgerEntry.id
    )
    left = LedgerEntry.delta + taken.scalar_subquery()
    rows = session.execute(
        select(LedgerEntry, left)
        .where(LedgerEntry.employer_id == employer_id, LedgerEntry.delta > 0, left > 0)
        .order_by(LedgerEntry.expires_at.asc().nulls_last(), LedgerEntry.id)
    )
    return [Unspent(entry, count) for entry, count in rows]


def usable(session: Session, employer_id: int, now: datetime) -> Sequence[Unspent]:
    """Those that have not run out, whether or not the ledger says so yet."""
    return [some for some in unspent(session, employer_id) if not some.expired(now)]


def count_usable(session: Session, employer_id: int, now: datetime) -> int:
    return sum(some.left for some in usable(session, employer_id, now))


def with_expired(session: Session, now: datetime) -> Sequence[int]:
    """The ids of employers some of whose credits have run out and stand in the balance still."""
    gone = aliased(LedgerEntry)
    taken = select(func.coalesce(func.sum(gone.delta), 0)).where(
        gone.taken_from_id == LedgerEntry.id
    )
    over = (LedgerEntry.expires_at <= now, LedgerEntry.delta + taken.scalar_subquery() > 0)
    return session.scalars(select(LedgerEntry.employer_id).where(*over).distinct()).all()


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
