"""What somebody without an account wrote."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base

KEPT_FOR = timedelta(days=30)  # after the last change; the mailed link works as long
REMIND_AFTER = timedelta(days=3)
DRAFTS_AN_HOUR, LINKS_AN_HOUR = 10, 20  # of one network address
LONGEST_TITLE, LONGEST_TEXT = 100, 20_000


@dataclass(frozen=True, slots=True)
class Hirer:
    """Who hires, and where the link goes."""

    organization: str
    kind: str  # taxonomy: employer kinds
    email: str  # lower case


class GuestDraft(Base):
    """A posting's first words. One browser holds its key; whoever gets its mailed link claims it.

    ``version`` guards against two claims at once.
    """

    __tablename__ = "guest_draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    key_hash: Mapped[str] = mapped_column(String(64), index=True)  # SHA-256 of the cookie's
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    text: Mapped[str] = mapped_column(Text, default="")  # Markdown, or an advertisement as pasted
    organization: Mapped[str] = mapped_column(String(100), default="")
    kind: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]  # when the link was mailed last
    reminded_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    def is_open(self, now: datetime) -> bool:
        """Whether it may still be claimed."""
        return self.claimed_at is None and now - self.changed_at < KEPT_FOR
