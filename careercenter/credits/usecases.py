"""Changing an employer's credits: the balance and the ledger, always together.

``employer`` is locked by the caller.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from slugify import slugify
from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.credits import queries
from careercenter.credits.models import EntryReason, LedgerEntry, Unspent
from careercenter.employers.models import Employer
from careercenter.errors import Invalid
from careercenter.plans.queries import usual_days

NO_CREDITS = "You have no posting credits left."


def gift_credits(
    session: Session,
    employer: Employer,
    count: int,
    reason: str,
    now: datetime,
    staff: User | None = None,
) -> None:
    """Credits from the board, each as good as a single posting. The reason stands in the ledger.

    ``staff``: who gives them; None for the operator at the command line.
    """
    why = slugify(reason, max_length=40) or "gift"
    ref = f"gift:{employer.id}:{now:%Y%m%dT%H%M%S%f}:{why}"
    give_credits(
        session,
        employer,
        count,
        usual_days(session),
        EntryReason.GIFT,
        ref,
        now,
        note=reason,
        staff=staff,
    )


def give_credits(
    session: Session,
    employer: Employer,
    count: int,
    days: int,
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
    """``days``: on the board, that each of them brings."""
    employer.credit_balance += count
    session.add(
        LedgerEntry(
            employer_id=employer.id,
            delta=count,
            days=days,
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


def take_credits(
    session: Session,
    employer: Employer,
    count: int,
    reason: EntryReason,
    ref: str,
    now: datetime,
    *,
    posting_id: int | None = None,
    checkout_id: int | None = None,
    among: Sequence[Unspent] | None = None,
) -> list[LedgerEntry]:
    """Return the entries by which those had come that were taken, one for each of ours.

    ``among``: of ``queries.unspent``, those that may go; None: any that have not run out. The first
    of several entries has ``ref``, each other one a number behind it. Raises ``Invalid`` where
    there are too few.
    """
    found = queries.usable(session, employer.id, now) if among is None else among
    if sum(unspent.left for unspent in found) < count:
        raise Invalid(NO_CREDITS)
    employer.credit_balance -= count
    sources: list[LedgerEntry] = []
    for unspent, some in _spread(found, count):
        entry = LedgerEntry(
            employer_id=employer.id,
            delta=-some,
            reason=reason,
            ref=f"{ref}:{len(sources) + 1}" if sources else ref,
            taken_from_id=unspent.entry.id,
            posting_id=posting_id,
            checkout_id=checkout_id,
            created_at=now,
        )
        session.add(entry)
        sources.append(unspent.entry)
    session.flush()
    return sources


def expire_credits(session: Session, employer: Employer, now: datetime) -> None:
    """Take what has run out, the oldest first. A second time there is nothing to take."""
    for some in queries.unspent(session, employer.id):
        if some.expired(now):
            ref = f"expired:{some.entry.id}"
            take_credits(session, employer, some.left, EntryReason.EXPIRED, ref, now, among=[some])


def _spread(found: Sequence[Unspent], count: int) -> Iterator[tuple[Unspent, int]]:
    """How many to take of each, the first ones first."""
    for unspent in found:
        some = min(unspent.left, count)
        count -= some
        if some:
            yield unspent, some
