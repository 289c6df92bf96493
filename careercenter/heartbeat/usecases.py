"""Asking, hearing the answer, and pausing what nobody answers for. Postings are locked first."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.errors import Conflict
from careercenter.heartbeat import queries
from careercenter.heartbeat.models import Answer, Heartbeat
from careercenter.lifecycle.usecases import fill_posting, resume_posting
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.usecases import pause_posting

S = PostingStatus
ANSWERED = "This was answered already. Sign in to change the posting."
OVER = "This job has left the board meanwhile."


def ask(session: Session, now: datetime) -> None:
    """One letter for each posting that is due. A second run finds none."""
    for posting_id in queries.to_ask(session, now):
        heartbeat = Heartbeat(posting_id=posting_id, asked_at=now, paused=False)
        session.add(heartbeat)
        session.flush()
        key = queries.letter_key(heartbeat.id)
        outbox.send_email(session, "still_hiring", heartbeat.id, now, key)


def forget_unsent(session: Session, now: datetime) -> None:
    """Whom no letter reached in two weeks was not asked: the next one tries anew."""
    for heartbeat in queries.unsent(session, now):
        heartbeat.lapsed_at = now


def lapse(session: Session, now: datetime) -> None:
    """Pause what nobody answered for. It does not expire: its days wait for an answer."""
    silent = queries.unanswered(session, now)
    locked = [postings.locked_any(session, heartbeat.posting_id) for heartbeat in silent]
    for heartbeat, posting in zip(silent, locked, strict=True):  # the feed is locked after them all
        heartbeat.lapsed_at = now
        confirmed = posting.confirmed_at is not None and posting.confirmed_at > heartbeat.asked_at
        if posting.is_live(now) and not confirmed:
            heartbeat.paused = True
            pause_posting(session, posting, now)
            key = f"paused_unanswered:{heartbeat.id}"
            outbox.send_email(session, "paused_unanswered", heartbeat.id, now, key)


def take_answer(
    session: Session, heartbeat_id: int, answer: Answer, zone: ZoneInfo, now: datetime
) -> None:
    """What the employer says by a link in the letter. Twice the same is once.

    Raises ``Conflict`` after another answer, or where the posting has left the board.
    """
    posting_id = queries.by_id(session, heartbeat_id).posting_id
    posting = postings.locked_any(session, posting_id)
    heartbeat = queries.locked(session, heartbeat_id)
    if heartbeat.answer is answer:
        return
    if heartbeat.answer is not None:
        raise Conflict(ANSWERED)
    if posting.status not in (S.PUBLISHED, S.PAUSED) or posting.is_expired(now):
        raise Conflict(OVER)
    heartbeat.answer, heartbeat.answered_at = answer, now
    _follow(session, posting, heartbeat, answer, zone, now)


def _follow(
    session: Session,
    posting: Posting,
    heartbeat: Heartbeat,
    answer: Answer,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    if answer is Answer.FILLED:
        fill_posting(session, posting, now)
    elif answer is Answer.PAUSED and posting.status is S.PUBLISHED:
        pause_posting(session, posting, now)
    elif answer is Answer.HIRING:
        posting.confirm(now)
        if posting.status is S.PAUSED and heartbeat.paused:
            resume_posting(session, posting, zone, now)
