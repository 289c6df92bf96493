"""A change of a posting that is, or was, on the board."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.postings.details import PostingDetails
from careercenter.postings.models import Posting
from careercenter.revisions.data import from_data


class Topic(StrEnum):
    """What a change is about. The first seven are looked at by a moderator."""

    TITLE = "title"
    PAY = "pay"
    PLACE = "place"
    REQUIREMENT = "requirement"
    APPLYING = "applying"
    TEXT = "text"  # much of it
    CUSTOM = "custom"  # what this board asks beside the rest
    WORDING = "wording"  # a little of the text
    CLOSING_DATE = "closing-date"
    DETAILS = "details"


RISKY = frozenset(
    {
        Topic.TITLE,
        Topic.PAY,
        Topic.PLACE,
        Topic.REQUIREMENT,
        Topic.APPLYING,
        Topic.TEXT,
        Topic.CUSTOM,
    }
)
TOPIC_WORDS: Mapping[Topic, str] = {
    Topic.TITLE: "the title",
    Topic.PAY: "the pay or the employment",
    Topic.PLACE: "the place or where one may live",
    Topic.REQUIREMENT: "what is asked for",
    Topic.APPLYING: "how or to whom one applies",
    Topic.TEXT: "much of the text",
    Topic.CUSTOM: "answers to this board’s own questions",
    Topic.WORDING: "a few words of the text",
    Topic.CLOSING_DATE: "the closing date",
    Topic.DETAILS: "other details",
}


class RevisionState(StrEnum):
    WAITING = "waiting"
    APPLIED = "applied"  # at once: there was nothing to look at
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # by the employer, or by another proposal


class Revision(Base):
    """``before`` and ``after``: the posting's details as data. Never edited once decided."""

    __tablename__ = "revision"
    __table_args__ = (
        Index("ix_revision_state", "state", "created_at"),
        Index("ix_revision_posting", "posting_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)
    topics: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[RevisionState]
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")  # in words
    words: Mapped[str] = mapped_column(Text, default="")

    posting: Mapped[Posting] = relationship()
    author: Mapped[User] = relationship(foreign_keys=[author_id])

    @property
    def proposed(self) -> PostingDetails:
        return from_data(self.after)

    @property
    def replaced(self) -> PostingDetails:
        return from_data(self.before)

    @property
    def summary(self) -> str:
        """ "the title, the pay and other details" """
        names = [TOPIC_WORDS[topic] for topic in Topic if topic in self.topics]
        return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
