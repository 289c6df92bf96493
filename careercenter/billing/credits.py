"""Credits and their ledger. Each credit is one listing period."""

from datetime import datetime

from slugify import slugify
from sqlalchemy.orm import Session

from careercenter.billing.models import EntryReason, LedgerEntry
from careercenter.employers.models import Employer


def gift_credits(
    session: Session, employer: Employer, count: int, reason: str, now: datetime
) -> None:
    """Credits from the board. ``employer`` is locked. The reason is kept in the entry's ``ref``."""
    why = slugify(reason, max_length=40) or "gift"
    ref = f"gift:{employer.id}:{now:%Y%m%dT%H%M%S}:{why}"
    change_credits(session, employer, count, EntryReason.GIFT, ref, now)


def change_credits(
    session: Session,
    employer: Employer,
    delta: int,
    reason: EntryReason,
    ref: str,
    now: datetime,
    *,
    posting_id: int | None = None,
    checkout_id: int | None = None,
) -> None:
    """The balance and the ledger, together. ``employer`` is locked."""
    employer.credit_balance += delta
    session.add(
        LedgerEntry(
            employer_id=employer.id,
            delta=delta,
            reason=reason,
            ref=ref,
            posting_id=posting_id,
            checkout_id=checkout_id,
            created_at=now,
        )
    )
    session.flush()
