"""Counting declined cards, and keeping away who tried too many."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from careercenter.database import insert_once
from careercenter.declines import queries
from careercenter.declines.models import CardsLocked, DeclinedCard
from careercenter.employers.models import Member


def note_decline(
    session: Session,
    charge_id: str,
    checkout_id: int,
    employer_id: int,
    user_id: int,
    at: datetime,
) -> None:
    """One try. A second time changes nothing."""
    values = {
        "charge_id": charge_id,
        "checkout_id": checkout_id,
        "employer_id": employer_id,
        "user_id": user_id,
        "declined_at": at,
    }
    insert_once(session, DeclinedCard, values)


def check_not_locked(session: Session, member: Member, now: datetime) -> None:
    """Raises ``CardsLocked``."""
    until = queries.locked_until(session, member.employer_id, member.user_id, now)
    if until is not None:
        raise CardsLocked(int((until - now).total_seconds()) + 1)


def forgive(session: Session, employer_id: int, now: datetime) -> None:
    """Staff has looked: whoever pays for this employer may go on, as may who tried for it."""
    theirs = (DeclinedCard.employer_id == employer_id, DeclinedCard.forgiven_at.is_(None))
    session.execute(update(DeclinedCard).where(*theirs).values(forgiven_at=now))
