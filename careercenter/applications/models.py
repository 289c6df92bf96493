"""A candidate applies to a posting, once; the employer answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.candidates.models import Candidate, Resume, StoredFile
from careercenter.database import Base
from careercenter.errors import Conflict, DomainError
from careercenter.postings.models import Posting
from careercenter.screening.models import Answer

LONGEST_NOTE = 4000
KEPT_FOR = timedelta(days=730)  # after it was sent, then erased; the page says 24 months


@dataclass(frozen=True, slots=True)
class Sending:
    """What a candidate sends: a stored file, or else the public id of a résumé they keep."""

    resume: StoredFile | str
    note: str
    answers: tuple[Answer, ...] = ()  # to what the employer asks


class PostingEnded(DomainError):
    """The posting may no longer be applied to (410)."""


class ApplicationStatus(StrEnum):
    SUBMITTED = "submitted"
    SHORTLISTED = "shortlisted"
    DECLINED = "declined"
    HIRED = "hired"
    WITHDRAWN = "withdrawn"


A = ApplicationStatus
MOVES: dict[ApplicationStatus, frozenset[ApplicationStatus]] = {
    A.SUBMITTED: frozenset({A.SHORTLISTED, A.DECLINED, A.HIRED, A.WITHDRAWN}),
    A.SHORTLISTED: frozenset({A.DECLINED, A.HIRED, A.WITHDRAWN}),
    A.DECLINED: frozenset({A.SHORTLISTED}),
    A.HIRED: frozenset(),
    A.WITHDRAWN: frozenset(),
}


class Application(Base):
    """``version`` guards against two members answering at once."""

    __tablename__ = "application"
    __table_args__ = (
        UniqueConstraint("posting_id", "candidate_id"),
        Index("ix_application_candidate", "candidate_id", "submitted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    resume_id: Mapped[int] = mapped_column(ForeignKey("resume.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[ApplicationStatus] = mapped_column(default=ApplicationStatus.SUBMITTED)
    submitted_at: Mapped[datetime]
    first_answered_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]  # when the employer last moved it
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    posting: Mapped[Posting] = relationship(lazy="joined", innerjoin=True)
    candidate: Mapped[Candidate] = relationship(lazy="joined", innerjoin=True)
    resume: Mapped[Resume] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}

    @property
    def open(self) -> bool:
        """Whether the candidate may still withdraw it."""
        return A.WITHDRAWN in MOVES[self.status]

    @property
    def contact_shown(self) -> bool:
        """Whether the employer may see how to reach the candidate: only after a good answer."""
        return self.status in (A.SHORTLISTED, A.HIRED)

    @property
    def readable(self) -> bool:
        """Whether the employer may read the note and the résumé."""
        return self.status is not A.WITHDRAWN

    def may(self, status: ApplicationStatus) -> bool:
        return status in MOVES[self.status]

    def shortlist(self, now: datetime) -> None:
        self._answer(A.SHORTLISTED, now)

    def decline(self, now: datetime) -> None:
        self._answer(A.DECLINED, now)

    def hire(self, now: datetime) -> None:
        self._answer(A.HIRED, now)

    def withdraw(self, now: datetime) -> None:
        self._move_to(A.WITHDRAWN)
        self.withdrawn_at = now

    def _answer(self, status: ApplicationStatus, now: datetime) -> None:
        self._move_to(status)
        self.answered_at = now
        self.first_answered_at = self.first_answered_at or now

    def _move_to(self, status: ApplicationStatus) -> None:
        if status not in MOVES[self.status]:
            raise Conflict
        self.status = status
