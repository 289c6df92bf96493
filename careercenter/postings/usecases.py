"""What an employer does with a posting, money apart."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.employers.models import Employer
from careercenter.postings.models import CloseReason, Posting, PostingDetails, PostingStatus


def draft_posting(
    session: Session, employer: Employer, details: PostingDetails, now: datetime
) -> Posting:
    return draft_postings(session, employer, (details,), now)[0]


def draft_postings(
    session: Session, employer: Employer, written: Iterable[PostingDetails], now: datetime
) -> Sequence[Posting]:
    """Many are written at once: one after another takes three times as long."""
    drafts = []
    for details in written:
        posting = Posting(employer=employer, created_at=now, status=PostingStatus.DRAFT)
        posting.revise(details)
        drafts.append(posting)
    session.add_all(drafts)
    session.flush()  # the caller links to them
    return drafts


def revise_posting(posting: Posting, details: PostingDetails) -> None:
    """Write a draft anew. ``posting`` is locked. Raises ``Conflict`` once it was submitted."""
    posting.revise(details)


def pause_posting(session: Session, posting: Posting, now: datetime) -> None:
    """Raises ``Conflict`` for what is not live."""
    posting.pause(now)
    outbox.index_posting(session, posting)


def resume_posting(session: Session, posting: Posting, expires_at: datetime) -> None:
    """Raises ``Conflict`` for what is not paused: only a moderator publishes the first time."""
    posting.resume(expires_at)
    outbox.index_posting(session, posting)


def fill_posting(session: Session, posting: Posting, now: datetime) -> None:
    """Somebody was hired. Right also after the posting expired."""
    posting.fill(now)
    outbox.index_posting(session, posting)


def close_posting(
    session: Session, posting: Posting, now: datetime, reason: CloseReason | None = None
) -> None:
    posting.close(now, reason)
    outbox.index_posting(session, posting)
