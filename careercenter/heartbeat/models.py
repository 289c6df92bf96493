"""The question "are you still hiring?", asked by mail, and what came of it."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.database import Base
from careercenter.postings.models import Posting

EVERY = timedelta(days=14)  # since the employer last said that a posting is true
PATIENCE = timedelta(days=3)  # after the letter went out; then the posting is paused
LINK_PURPOSE = "still-hiring"  # what its signature is for
LINK_AGE = timedelta(days=30)


class Answer(StrEnum):
    HIRING = "hiring"
    FILLED = "filled"
    PAUSED = "paused"


class Heartbeat(Base):
    """One question. ``lapsed_at``: nobody answered in time, or there was no more to ask."""

    __tablename__ = "heartbeat"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    asked_at: Mapped[datetime]
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]
    lapsed_at: Mapped[datetime | None]
    paused: Mapped[bool] = mapped_column(default=False)  # the posting, because nobody answered

    posting: Mapped[Posting] = relationship()
