"""People who look for work, and their résumés."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base

MOST_RESUMES = 10
MOST_BYTES = 5 * 1024 * 1024
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived. ``file_name`` is harmless already; the content is anything."""

    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was checked and whose bytes are in the store under ``key``."""

    key: str
    file_name: str
    content_type: str
    size: int  # bytes
    sha256: str


class Candidate(Base):
    __tablename__ = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    home_state: Mapped[str | None] = mapped_column(String(2))

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class Resume(Base):
    """A file a candidate uploaded. The bytes are in the store under ``storage_key``."""

    __tablename__ = "resume"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(120))  # as the candidate knows it, made harmless
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]  # bytes
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    candidate: Mapped[Candidate] = relationship()

    def remove(self, now: datetime) -> None:
        """Off the candidate's list. The bytes stay while an application holds them."""
        self.removed_at = self.removed_at or now
