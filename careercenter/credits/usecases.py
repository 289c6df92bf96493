"""Changing an employer's credits: the balance and the ledger, always together."""

from datetime import datetime

from slugify import slugify
from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.employers.models import Employer


def gift_credits(
    session: Session,
    employer: Employer,
    count: int,
    reason: str,
    now: datetime,
    staff: User | None = None,
) -> None:
    """Credits from the board. ``employer`` is locked. The reason stands in the ledger.

    ``staff``: who gives them; None for the operator at the command line.
    """
    why = slugify(reason, max_length=40) or "gift"
    ref = f"gift:{employer.id}:{now:%Y%m%dT%H%M%S%f}:{why}"
    change_credits(session, employer, count, EntryReason.GIFT, ref, now, note=reason, staff=staff)


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
    expires_at: datetime | None = None,
    note: str = "",
    staff: User | None = None,
) -> None:
    """The balance and the ledger, together. ``employer`` is locked."""
    employer.credit_balance += delta
    session.add(
        LedgerEntry(
            employer_id=employer.id,
            delta=delta,
            reason=reason,
            ref=ref,
            note=note[:200],
            by_id=staff.id if staff else None,
            posting_id=posting_id,
            checkout_id=checkout_id,
            expires_at=expires_at,
            created_at=now,
        )
    )
    session.flush()
