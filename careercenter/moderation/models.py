"""The log of what moderators decided. It is never edited."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.postings.models import Posting


class Verdict(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
    REMOVED = "removed"  # it was on the board
    FOLDED = "folded"  # under the employer's own
    UNFOLDED = "unfolded"


class Reason(StrEnum):
    """Why a posting was turned down."""

    NOT_A_JOB = "not-a-job"
    PAY_UNCLEAR = "pay-unclear"
    MISLEADING = "misleading"
    DUPLICATE = "duplicate"
    ASKS_FOR_MONEY = "asks-for-money"
    EMPLOYER_UNVERIFIED = "employer-unverified"
    LICENSED_TEXT = "licensed-text"
    OTHER = "other"


REASON_TEXTS: dict[Reason, str] = {
    Reason.NOT_A_JOB: "It does not describe one real, current opening.",
    Reason.PAY_UNCLEAR: "What is paid, or how, is not clear.",
    Reason.MISLEADING: "The title, place or duties do not match the text.",
    Reason.DUPLICATE: "The same opening is on the board already.",
    Reason.ASKS_FOR_MONEY: "It asks the coder for money, bank details or equipment purchases.",
    Reason.EMPLOYER_UNVERIFIED: "We could not confirm the employer.",
    Reason.LICENSED_TEXT: "It copies licensed code descriptions.",
    Reason.OTHER: "Another reason, explained below.",
}


@dataclass(frozen=True, slots=True)
class Objection:
    """What a moderator holds against a posting. ``words`` are for the employer."""

    reason: Reason
    words: str = ""


class Decision(Base):
    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    verdict: Mapped[Verdict]
    reason: Mapped[Reason | None]
    words: Mapped[str] = mapped_column(Text, default="")
    posting_version: Mapped[int]
    created_at: Mapped[datetime]

    posting: Mapped[Posting] = relationship()
    moderator: Mapped[User] = relationship()

    @property
    def reason_text(self) -> str:
        return REASON_TEXTS[self.reason] if self.reason else ""
