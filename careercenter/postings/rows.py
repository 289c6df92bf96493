"""The rows of a posting's lists. ``entry`` is a row as ``lists`` reads it."""

from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base


class TermKind(StrEnum):
    CODING_TYPE = "coding-type"
    SPECIALTY = "specialty"
    STATE = "state"  # whose residents may do this work
    CODE_SET = "code-set"
    SOFTWARE = "software"


class PostingTerm(Base):
    """One value of one of a posting's lists."""

    __tablename__ = "posting_term"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    kind: Mapped[TermKind] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]

    @property
    def entry(self) -> str:
        return f"{self.kind} {self.position} {self.slug}"


class PostingCredential(Base):
    """One alternative of its ``group``; every group must be met. Group -1 is what is preferred."""

    __tablename__ = "posting_credential"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    group: Mapped[int] = mapped_column("group_number", primary_key=True)
    credential: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    within_months: Mapped[int | None]  # of hire; None: at hire
    required: Mapped[bool]

    @property
    def entry(self) -> str:
        return f"{self.group} {self.position} {self.credential} {self.within_months or ''}"


class PostingYears(Base):
    """Years of a coding type or of a specialty that are asked for."""

    __tablename__ = "posting_years"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    years: Mapped[int]

    @property
    def entry(self) -> str:
        return f"{self.topic} {self.years}"
