"""Announcing that a posting renews itself, and renewing it. Its row is locked by the caller."""

from contextlib import suppress
from datetime import datetime

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer
from careercenter.errors import Conflict, Forbidden, Invalid
from careercenter.periods.queries import renewing
from careercenter.postings.models import Posting
from careercenter.publishing.usecases import spend_credit, take_slot


def set_auto_renewal(posting: Posting, wanted: bool) -> None:
    """Raises ``Conflict`` for what is not on the board. Off is always possible."""
    if wanted:
        posting.check_on_board()
    posting.auto_renews = wanted


def announce(session: Session, posting: Posting, now: datetime) -> None:
    """Once for each end of its days."""
    _write(session, "renewal_announced", posting, now)


def renew(session: Session, posting: Posting, now: datetime) -> None:
    """By a credit, else in a slot. Where there is neither its employer is told, once, and it stays
    until its days end; a credit that comes meanwhile still renews it.
    """
    if not posting.auto_renews or not renewing(session, posting, now):
        return
    employer = employers.locked(session, posting.employer_id)
    if _take(session, employer, posting, now):
        _write(session, "renewal_done", posting, now)
    else:
        _write(session, "renewal_failed", posting, now)


def _take(session: Session, employer: Employer, posting: Posting, now: datetime) -> bool:
    """False where nothing pays for it, or money for it is undecided."""
    for pay in (spend_credit, take_slot):
        with suppress(Invalid, Conflict, Forbidden):
            pay(session, employer, posting, now)
            return True
    return False


def _write(session: Session, letter: str, posting: Posting, now: datetime) -> None:
    end = posting.expires_at or now
    outbox.send_email(session, letter, posting.id, now, f"{letter}:{posting.id}:{end:%Y%m%d}")
