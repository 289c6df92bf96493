"""Changing what is on the board. ``posting`` is locked."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.models import User
from careercenter.errors import Conflict, Invalid
from careercenter.periods import usecases as periods
from careercenter.postings.models import Posting, PostingDetails
from careercenter.revisions import queries
from careercenter.revisions.changes import topics
from careercenter.revisions.data import from_data, to_data
from careercenter.revisions.models import RISKY, Revision, RevisionState
from careercenter.revisions.usecases import withdraw_revision

S = RevisionState
NOTHING = "Nothing is different from what is on the board."
CLOSED = "Enter a closing date that is still to come. To end it now, close the posting."


def amend_posting(
    session: Session,
    posting: Posting,
    details: PostingDetails,
    author: User,
    zone: ZoneInfo,
    now: datetime,
) -> Revision:
    """Little things at once; what a moderator should look at waits, and the old stays live.

    One proposal waits at most: a new one takes the place of the last. Raises ``Conflict`` for what
    is not on the board, ``Invalid`` where nothing is different.
    """
    posting.check_on_board()
    details = from_data(to_data(details))  # as it will be read back
    before = posting.details
    found = topics(before, details, queries.reviewed_text(session, posting))
    if not found:
        raise Invalid(NOTHING)
    withdraw_revision(session, posting, now)
    revision = Revision(
        posting_id=posting.id,
        author_id=author.id,
        before=to_data(before),
        after=to_data(details),
        topics=sorted(found),
        state=S.WAITING,
        created_at=now,
    )
    session.add(revision)
    if not found & RISKY:
        revision.state, revision.decided_at = S.APPLIED, now
        _write(session, posting, details, zone, now)
    session.flush()
    return revision


def approve_revision(
    session: Session,
    posting: Posting,
    revision: Revision,
    moderator: User,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Raises ``Conflict`` if it was decided, or the posting has left the board."""
    _decide(revision, S.APPROVED, moderator, now)
    posting.check_on_board()
    _write(session, posting, revision.proposed, zone, now)
    outbox.send_email(session, "revision_approved", revision.id, now)


def reject_revision(
    session: Session,
    revision: Revision,
    moderator: User,
    reason: str,
    words: str,
    now: datetime,
) -> None:
    """``reason``: in words, for the employer. The posting stays as it is."""
    _decide(revision, S.REJECTED, moderator, now)
    revision.reason, revision.words = reason, words
    outbox.send_email(session, "revision_rejected", revision.id, now)


def _decide(revision: Revision, state: RevisionState, moderator: User, now: datetime) -> None:
    if revision.state is not S.WAITING:
        raise Conflict
    revision.state, revision.decided_at, revision.moderator_id = state, now, moderator.id


def _write(
    session: Session, posting: Posting, details: PostingDetails, zone: ZoneInfo, now: datetime
) -> None:
    """Its last day follows its closing date, inside the days that were bought."""
    closes_on, text = posting.closes_on, posting.description
    posting.amend(details)
    if posting.description != text:
        outbox.later(session, "sign_posting", posting.id, now)
    if posting.closes_on != closes_on:
        posting.expires_at = periods.last_moment(session, posting, now, zone)
        if posting.expires_at <= now and not posting.paused_at:
            raise Invalid(CLOSED)
    outbox.index_posting(session, posting)
