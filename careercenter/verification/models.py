"""What an employer gave us to check, and what was found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.employers.models import Employer
from careercenter.errors import Conflict

LINK_LIFE = timedelta(days=3)
FILE_LIFE = timedelta(days=30)  # of a document's bytes, once somebody has decided
MOST_DOCUMENTS = 10
ASKED_EVERY = timedelta(days=7)
ASKED_AGAIN = timedelta(days=1)  # once a record was missed: name servers err
MOST_MISSES = 2
LONGEST_WORDS = 1_000


class WorkAddress(Base):
    """An address at the employer's domain, proved by a mailed link."""

    __tablename__ = "work_address"
    __table_args__ = (UniqueConstraint("employer_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    email: Mapped[str] = mapped_column(String(254))  # lower case
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    employer: Mapped[Employer] = relationship()

    def is_open(self, now: datetime) -> bool:
        """Whether the link that was mailed still works."""
        return self.confirmed_at is None and now - self.asked_at <= LINK_LIFE


class DomainRecord(Base):
    """Our TXT record was seen at this domain. It is looked for again every week."""

    __tablename__ = "domain_record"

    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    seen_at: Mapped[datetime]  # the last time
    asked_at: Mapped[datetime]  # when it was looked for last
    misses: Mapped[int] = mapped_column(default=0)  # since it was seen

    @property
    def holds(self) -> bool:
        return self.misses < MOST_MISSES


class DocumentKind(StrEnum):
    REGISTRATION = "registration"
    LICENSE = "license"
    TAX = "tax"
    OTHER = "other"


DOCUMENT_WORDS: dict[DocumentKind, str] = {
    DocumentKind.REGISTRATION: "Business registration",
    DocumentKind.LICENSE: "License or accreditation",
    DocumentKind.TAX: "Tax form, such as a W-9",
    DocumentKind.OTHER: "Another document",
}


class Document(Base):
    """A private file that staff look at once. Its bytes are in the store under ``storage_key``."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    kind: Mapped[DocumentKind]
    file_name: Mapped[str] = mapped_column(String(120))  # made harmless
    content_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(64), unique=True)
    active: Mapped[bool] = mapped_column(default=False)  # as in ``StoredFile``
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    words: Mapped[str] = mapped_column(Text, default="")  # to the employer
    seen_name: Mapped[str] = mapped_column(String(100), default="")  # of whom it was accepted
    version: Mapped[int] = mapped_column()

    employer: Mapped[Employer] = relationship()
    moderator: Mapped[User | None] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def decided_at(self) -> datetime | None:
        return self.accepted_at or self.refused_at

    @property
    def waiting(self) -> bool:
        return self.decided_at is None and self.removed_at is None

    def is_kept(self, now: datetime) -> bool:
        """Whether its bytes may still be read."""
        decided = self.decided_at
        return self.removed_at is None and (decided is None or now - decided < FILE_LIFE)

    def accept(self, moderator: User, now: datetime) -> None:
        self._decide(moderator)
        self.accepted_at, self.seen_name = now, self.employer.name

    def refuse(self, moderator: User, words: str, now: datetime) -> None:
        self._decide(moderator)
        self.refused_at, self.words = now, words

    def remove(self, now: datetime) -> None:
        """Taken back by the employer. What was seen stays seen."""
        if not self.waiting:
            raise Conflict
        self.removed_at = now

    def _decide(self, moderator: User) -> None:
        if not self.waiting:
            raise Conflict
        self.moderator = moderator


@dataclass(frozen=True, slots=True)
class Fact:
    at: datetime
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was checked of an employer; each is None where it was not."""

    mail: Fact | None = None  # somebody reads mail at its site's domain
    domain: Fact | None = None  # it can write that domain's records
    documents: Fact | None = None  # staff have seen papers

    @property
    def any(self) -> bool:
        return any((self.mail, self.domain, self.documents))
