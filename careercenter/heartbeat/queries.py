"""Which postings to ask about, and which questions nobody answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, exists, literal, select
from sqlalchemy.orm import Session, joinedload

from careercenter.heartbeat.models import EVERY, PATIENCE, Heartbeat
from careercenter.postings.models import Posting
from careercenter.tasks import Task

MOST = 300  # in one go

_OPEN = (Heartbeat.answered_at.is_(None), Heartbeat.lapsed_at.is_(None))
_LETTER = Task.dedupe == literal("still_hiring:") + cast(Heartbeat.id, String)


def letter_key(heartbeat_id: int) -> str:
    """Of the letter's task: it is sent once."""
    return f"still_hiring:{heartbeat_id}"


def to_ask(session: Session, now: datetime) -> Sequence[int]:
    """Ids of live postings whose employer has said nothing of them for too long."""
    asked = exists().where(Heartbeat.posting_id == Posting.id, *_OPEN)
    silent = (Posting.live(now), Posting.confirmed_at <= now - EVERY, ~asked)
    oldest_first = select(Posting.id).where(*silent).order_by(Posting.confirmed_at, Posting.id)
    return session.scalars(oldest_first.limit(MOST)).all()


def unanswered(session: Session, now: datetime) -> Sequence[Heartbeat]:
    """By posting. Time runs from when the letter went out, however late that was."""
    went_out = exists().where(_LETTER, Task.done_at <= now - PATIENCE)
    late = select(Heartbeat).where(*_OPEN, Heartbeat.asked_at <= now - PATIENCE, went_out)
    return session.scalars(late.order_by(Heartbeat.posting_id).limit(MOST)).all()


def unsent(session: Session, now: datetime) -> Sequence[Heartbeat]:
    """Old questions whose letter could not be sent."""
    went_out = exists().where(_LETTER, Task.done_at.is_not(None))
    old = select(Heartbeat).where(*_OPEN, Heartbeat.asked_at <= now - EVERY, ~went_out)
    return session.scalars(old.order_by(Heartbeat.id).limit(MOST)).all()


def by_id(session: Session, heartbeat_id: int) -> Heartbeat:
    """With its posting. Raises ``NoResultFound``."""
    wanted = select(Heartbeat).where(Heartbeat.id == heartbeat_id)
    return session.scalars(wanted.options(joinedload(Heartbeat.posting))).one()


def locked(session: Session, heartbeat_id: int) -> Heartbeat:
    """Its posting is locked."""
    wanted = select(Heartbeat).where(Heartbeat.id == heartbeat_id).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def of_posting(session: Session, posting_id: int) -> Sequence[Heartbeat]:
    """The questions about a posting, the newest first."""
    mine = select(Heartbeat).where(Heartbeat.posting_id == posting_id)
    return session.scalars(mine.order_by(Heartbeat.id.desc())).all()
