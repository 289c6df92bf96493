"""A file of postings, its rows, and what became of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.errors import Conflict
from careercenter.postings.models import Posting

MOST_ROWS = 10_000
MOST_BYTES = 30 * 1024 * 1024
MOST_COLUMNS = 100
LONGEST_FEED = 40
LONGEST_ID = 100  # characters of an employer's own number for a posting
LONGEST_CELL = 20_000
KEPT = timedelta(days=30)  # the rows of a file; what was made of them stays

Values = dict[str, str]  # column or field → what the row holds


class Format(StrEnum):
    CSV = "csv"
    INDEED = "indeed"
    GREENHOUSE = "greenhouse"
    LEVER = "lever"


class ImportStatus(StrEnum):
    MAPPING = "mapping"  # somebody says which column is what
    CHECKING = "checking"  # a worker reads the rows, and changes nothing
    CHECKED = "checked"
    RUNNING = "running"  # a worker makes postings of them
    DONE = "done"
    CANCELLED = "cancelled"


S = ImportStatus
MOVES = {
    S.MAPPING: frozenset({S.CHECKING, S.CANCELLED}),
    S.CHECKING: frozenset({S.CHECKED, S.CANCELLED}),
    S.CHECKED: frozenset({S.MAPPING, S.CHECKING, S.RUNNING, S.CANCELLED}),
    S.RUNNING: frozenset({S.DONE}),
    S.DONE: frozenset[ImportStatus](),
    S.CANCELLED: frozenset[ImportStatus](),
}


class Outcome(StrEnum):
    """What is to be done with a row, and after the run what was done."""

    WAITING = "waiting"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"  # its posting cannot be changed just now
    ERROR = "error"
    MADE = "made"
    UPDATED = "updated"
    CLOSED = "closed"  # gone from the file


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A posting of a file, as the file has it."""

    number: int  # in the file, from one on; a table's heading does not count
    values: Values


@dataclass(frozen=True, slots=True)
class Source:
    """A file that could be read. ``columns`` in its order; for XML and JSON our own names."""

    format: Format
    columns: tuple[str, ...]
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How the rows of a file are to be read."""

    feed: str
    mapping: Values
    defaults: Values


class Import(Base):
    """One file. ``mapping``: our field → its column. ``defaults``: a field of the posting form →
    what it is where a row does not say. ``version`` guards against two at once.
    """

    __tablename__ = "import"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(120))  # of the file
    format: Mapped[Format]
    feed: Mapped[str] = mapped_column(String(LONGEST_FEED))  # which earlier files it follows
    columns: Mapped[list[str]] = mapped_column(JSON)
    mapping: Mapped[Values] = mapped_column(JSON, default=dict)
    defaults: Mapped[Values] = mapped_column(JSON, default=dict)
    status: Mapped[ImportStatus] = mapped_column(default=ImportStatus.MAPPING)
    whole: Mapped[bool] = mapped_column(default=False)  # what is not in it is to be closed
    spends: Mapped[bool] = mapped_column(default=False)  # new ones go to review, paid by credits
    rows: Mapped[int]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    user: Mapped[User] = relationship()

    @property
    def working(self) -> bool:
        return self.status in (S.CHECKING, S.RUNNING)

    def move_to(self, status: ImportStatus) -> None:
        if status not in MOVES[self.status]:
            raise Conflict
        self.status = status

    def column_of(self, field: str) -> str:
        """Empty where no column holds the field."""
        return self.mapping.get(field, "")


class ImportRow(Base):
    """A row of a file; ``words`` say what is wrong with it, or what was not done."""

    __tablename__ = "import_row"
    __table_args__ = (
        Index("ix_import_row_outcome", "import_id", "outcome", "number"),
        Index("ix_import_row_external_id", "import_id", "external_id", "number"),
    )

    import_id: Mapped[int] = mapped_column(ForeignKey("import.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(String(LONGEST_ID), default="")
    values: Mapped[Values] = mapped_column(JSON)
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # see ``revisions.data``
    outcome: Mapped[Outcome] = mapped_column(default=Outcome.WAITING)
    words: Mapped[str] = mapped_column(Text, default="")
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"))

    posting: Mapped[Posting | None] = relationship()


class ImportedPosting(Base):
    """The posting that an employer's own number stands for. ``digest``: of its row, read last."""

    __tablename__ = "imported_posting"
    __table_args__ = (UniqueConstraint("employer_id", "feed", "external_id"),)

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    feed: Mapped[str] = mapped_column(String(LONGEST_FEED))
    external_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    digest: Mapped[str] = mapped_column(String(64))

    posting: Mapped[Posting] = relationship()
