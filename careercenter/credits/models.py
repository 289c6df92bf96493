"""The ledger of credits. One credit is one listing period."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base


class EntryReason(StrEnum):
    BOUGHT = "bought"
    SPENT = "spent"
    REJECTED = "rejected"  # a rejected posting's payment, back as a credit
    WITHDRAWN = "withdrawn"  # a posting that its employer took back from review
    UNDELIVERABLE = "undeliverable"  # paid for, but its posting could no longer be submitted
    GIFT = "gift"
    REFUNDED = "refunded"  # the money went back, and so did the credits
    DISPUTED = "disputed"  # kept back while a payer's bank decides; back when it is won
    EXPIRED = "expired"
    UNUSED = "unused"  # days of a posting that was closed early
    MERGED = "merged"  # one employer went into another


class LedgerEntry(Base):
    """A change of an employer's credits. Append-only; ``ref`` makes a repeat impossible.

    Credits that go name the entry by which they had come: whoever paid for days gets these days.
    """

    __tablename__ = "ledger_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    delta: Mapped[int]  # credits; one credit is one listing period
    reason: Mapped[EntryReason]
    ref: Mapped[str] = mapped_column(String(80), unique=True)
    note: Mapped[str] = mapped_column(String(200), default="")  # of staff, for a gift
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # of staff: who gave it
    days: Mapped[int | None]  # of credits that came: what each of them brings
    expires_at: Mapped[datetime | None]  # of credits that came
    taken_from_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"), index=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"))
    checkout_id: Mapped[int | None] = mapped_column(ForeignKey("checkout.id"))
    created_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Unspent:
    """Credits that came together, and how many of them are ``left``."""

    entry: LedgerEntry
    left: int

    def expired(self, now: datetime) -> bool:
        return self.entry.expires_at is not None and self.entry.expires_at <= now
