"""What a moderator decides, and what follows from it in the same transaction."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import User
from careercenter.copies.usecases import fold_posting
from careercenter.errors import Conflict, Invalid
from careercenter.moderation.models import Decision, Objection, Reason, Verdict
from careercenter.periods.usecases import revoke_period, start_period
from careercenter.postings.models import Posting
from careercenter.revisions.usecases import withdraw_revision

TOO_LATE = "Its closing date has passed. Turn it down, so that the employer gets the credit back."


def approve_posting(
    session: Session, posting: Posting, moderator: User, zone: ZoneInfo, now: datetime
) -> None:
    """Put it on the board, at once or at the hour that was chosen. ``posting`` is locked.

    Raises ``Conflict`` where it is not in review or not paid for, ``Invalid`` where it is too late.
    """
    seen = posting.version
    begins_at = max(posting.goes_live_at or now, now)
    expires_at = start_period(session, posting, begins_at, zone)
    if expires_at <= begins_at:
        raise Invalid(TOO_LATE)
    withdraw_revision(session, posting, now)  # proposed in an earlier run on the board
    posting.publish(begins_at, expires_at)
    _decide(session, posting, seen, moderator, Verdict.APPROVED, None, now)
    outbox.index_posting(session, posting)


def reject_posting(
    session: Session, posting: Posting, moderator: User, objection: Objection, now: datetime
) -> None:
    """Turn it down; what was paid comes back as a credit. ``posting`` is locked."""
    seen = posting.version
    posting.reject()
    revoke_period(session, posting, now)
    _decide(session, posting, seen, moderator, Verdict.REJECTED, objection, now)


def remove_posting(
    session: Session, posting: Posting, moderator: User, objection: Objection, now: datetime
) -> None:
    """Take it off the board for good. No credit comes back. ``posting`` is locked."""
    seen = posting.version
    posting.remove(now)
    _decide(session, posting, seen, moderator, Verdict.REMOVED, objection, now)
    outbox.index_posting(session, posting)


def fold(
    session: Session, posting: Posting, original: Posting, moderator: User, now: datetime
) -> None:
    """An agency's copy leaves the search and points to the employer's own. Both are locked.

    Raises ``Invalid`` where ``original`` is none.
    """
    seen = posting.version
    fold_posting(session, posting, original, now)
    _decide(session, posting, seen, moderator, Verdict.FOLDED, Objection(Reason.DUPLICATE), now)
    outbox.index_posting(session, posting)


def unfold(session: Session, posting: Posting, moderator: User, now: datetime) -> None:
    """It stands for itself again. Raises ``Conflict`` for what is not folded."""
    if posting.folded_into_id is None:
        raise Conflict
    seen, posting.folded_into_id = posting.version, None
    _decide(session, posting, seen, moderator, Verdict.UNFOLDED, None, now)
    outbox.index_posting(session, posting)


def _decide(
    session: Session,
    posting: Posting,
    seen: int,
    moderator: User,
    verdict: Verdict,
    objection: Objection | None,
    now: datetime,
) -> None:
    """Write it down, and promise the letter that tells the employer."""
    decision = Decision(
        posting=posting,
        moderator=moderator,
        verdict=verdict,
        reason=objection.reason if objection else None,
        words=objection.words if objection else "",
        posting_version=seen,
        created_at=now,
    )
    session.add(decision)
    session.flush()  # the letter reads it
    outbox.send_email(session, f"posting_{verdict.value}", decision.id, now)
