"""People who look for work, and their résumés."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, String, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base

MOST_RESUMES = 10
MOST_CREDENTIALS = 40  # that a person lists, expired ones too
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
    active: bool = False  # it carries a script, an action or another file


@dataclass(frozen=True, slots=True)
class Qualifications:
    """What somebody says they bring. Slugs."""

    credentials: tuple[str, ...] = ()
    years: int | None = None  # of coding
    years_in: Mapping[str, int] = field(default_factory=dict)  # coding type or specialty → years
    state: str = ""  # where they live

    @property
    def told(self) -> bool:
        """Whether enough is known to say if they qualify."""
        return bool(self.credentials or self.years_in) or self.years is not None


class Candidate(Base):
    __tablename__ = "candidate"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    home_state: Mapped[str | None] = mapped_column(String(2))
    years: Mapped[int | None]  # of coding

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class CandidateCredential(Base):
    """A credential that a candidate says they hold."""

    __tablename__ = "candidate_credential"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    credential: Mapped[str] = mapped_column(String(40), primary_key=True)
    expires_on: Mapped[date | None]

    @classmethod
    def in_force(cls, today: date) -> ColumnElement[bool]:
        return or_(cls.expires_on.is_(None), cls.expires_on >= today)


class CandidateYears(Base):
    """Years in a coding type or a specialty."""

    __tablename__ = "candidate_years"

    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    years: Mapped[int]


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
    active: Mapped[bool] = mapped_column(default=False)  # as in ``StoredFile``
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    candidate: Mapped[Candidate] = relationship()

    def remove(self, now: datetime) -> None:
        """Off the candidate's list. The bytes stay while an application holds them."""
        self.removed_at = self.removed_at or now
