"""The signature of a posting's text in each version that was sent in, and where to look for it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base
from careercenter.postings.models import Posting

ALIKE = 0.5  # from here moderators are shown it
SAME = 0.8  # from here it is the same text


class CopySignature(Base):
    __tablename__ = "copy_signature"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    numbers: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime]


class CopyBand(Base):
    """One of the bands of a signature."""

    __tablename__ = "copy_band"
    __table_args__ = (
        ForeignKeyConstraint(
            ["posting_id", "version"], ["copy_signature.posting_id", "copy_signature.version"]
        ),
        Index("ix_copy_band_hash", "hash", "posting_id", "version"),
    )

    posting_id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    hash: Mapped[int] = mapped_column(primary_key=True)


@dataclass(frozen=True, slots=True)
class Copy:
    """Another posting with much the same text. ``likeness``: 0 to 1."""

    posting: Posting
    likeness: float

    @property
    def percent(self) -> int:
        return round(self.likeness * 100)
