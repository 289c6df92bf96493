"""Who has to wait."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from careercenter.declines.models import LOCK, MOST, WINDOW, DeclinedCard


def locked_until(
    session: Session, employer_id: int, user_id: int, now: datetime
) -> datetime | None:
    """When this person, or whoever pays for this employer, may go on; None: at once."""
    theirs = or_(DeclinedCard.employer_id == employer_id, DeclinedCard.user_id == user_id)
    times = session.scalars(_lately(now).where(theirs))
    return _end_of_lock(times, now)


def locked_employers(session: Session, now: datetime) -> Sequence[tuple[int, datetime]]:
    """Their ids, and until when."""
    counted = (
        select(DeclinedCard.employer_id)
        .where(DeclinedCard.declined_at > now - WINDOW - LOCK, DeclinedCard.forgiven_at.is_(None))
        .group_by(DeclinedCard.employer_id)
        .having(func.count() >= MOST)
    )
    found = []
    for employer_id in session.scalars(counted).all():
        times = session.scalars(_lately(now).where(DeclinedCard.employer_id == employer_id))
        if (until := _end_of_lock(times, now)) is not None:
            found.append((employer_id, until))
    return found


def _lately(now: datetime) -> Select[datetime]:
    return (
        select(DeclinedCard.declined_at)
        .where(DeclinedCard.declined_at > now - WINDOW - LOCK, DeclinedCard.forgiven_at.is_(None))
        .order_by(DeclinedCard.declined_at)
    )


def _end_of_lock(times: Iterable[datetime], now: datetime) -> datetime | None:
    """The last of so many within the window tells."""
    tries = list(times)
    ends = [
        last + LOCK
        for first, last in zip(tries, tries[MOST - 1 :], strict=False)
        if last - first <= WINDOW
    ]
    return ends[-1] if ends and ends[-1] > now else None
