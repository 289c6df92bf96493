"""What was bought, what was paid, and what came of it. Money is whole cents."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.database import Base
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.postings.models import Posting

TERMS_VERSION = "2026-11"


class PaymentState(StrEnum):
    """Where the money is. Late money wins: ``paid`` is reachable from every end but itself."""

    AWAITING = "awaiting"
    PROCESSING = "processing"  # a bank debit on its way
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELED = "canceled"


P = PaymentState
PAYMENT_MOVES: dict[PaymentState, frozenset[PaymentState]] = {
    P.AWAITING: frozenset({P.PROCESSING, P.PAID, P.FAILED, P.EXPIRED, P.CANCELED}),
    P.PROCESSING: frozenset({P.PAID, P.FAILED, P.EXPIRED}),
    P.FAILED: frozenset({P.AWAITING, P.PROCESSING, P.PAID}),
    P.EXPIRED: frozenset({P.AWAITING, P.PROCESSING, P.PAID}),
    P.CANCELED: frozenset({P.AWAITING, P.PROCESSING, P.PAID}),
    P.PAID: frozenset(),
}


class FulfilmentState(StrEnum):
    """Whether what was bought was given."""

    NONE = "none"
    FULFILLED = "fulfilled"
    HELD = "held"  # what Stripe says does not match what was ordered; a person looks
    REVOKED = "revoked"


class DisputeState(StrEnum):
    NONE = "none"
    INQUIRY = "inquiry"
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Checkout(Base):
    """One purchase by an employer. The price is a copy taken when it was made."""

    __tablename__ = "checkout"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    currency: Mapped[str] = mapped_column(String(3), default="usd")
    subtotal_cents: Mapped[int]
    discount_cents: Mapped[int] = mapped_column(default=0)
    tax_cents: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[int]
    terms_version: Mapped[str] = mapped_column(String(20), default=TERMS_VERSION)
    payment_state: Mapped[PaymentState] = mapped_column(default=PaymentState.AWAITING)
    fulfilment_state: Mapped[FulfilmentState] = mapped_column(default=FulfilmentState.NONE)
    dispute_state: Mapped[DisputeState] = mapped_column(default=DisputeState.NONE)
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    fulfilled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    employer: Mapped[Employer] = relationship()
    posting: Mapped[Posting] = relationship()
    lines: Mapped[list["CheckoutLine"]] = relationship(
        lazy="selectin", order_by="CheckoutLine.n", cascade="all, delete-orphan"
    )
    attempts: Mapped[list["PaymentAttempt"]] = relationship(
        lazy="selectin", order_by="PaymentAttempt.n", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def open(self) -> bool:
        """Whether it can still be paid by a click of the employer's."""
        return self.payment_state is not P.PAID and self.fulfilment_state is FulfilmentState.NONE

    def move_payment(self, state: PaymentState) -> None:
        if state is self.payment_state:
            return
        if state not in PAYMENT_MOVES[self.payment_state]:
            raise Conflict
        self.payment_state = state

    def live_attempt(self) -> "PaymentAttempt | None":
        return next((attempt for attempt in self.attempts if attempt.state in LIVE_ATTEMPT), None)


class CheckoutLine(Base):
    """What was bought, at the price of that day."""

    __tablename__ = "checkout_line"

    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    plan: Mapped[str] = mapped_column(String(40))
    description: Mapped[str] = mapped_column(String(200))
    unit_cents: Mapped[int]
    quantity: Mapped[int] = mapped_column(default=1)
    days: Mapped[int]


class AttemptState(StrEnum):
    CREATING = "creating"  # our row stands; Stripe may or may not have the session
    OPEN = "open"
    PROCESSING = "processing"
    COMPLETE = "complete"
    FAILED = "failed"
    EXPIRED = "expired"
    ABANDONED = "abandoned"


LIVE_ATTEMPT = frozenset({AttemptState.CREATING, AttemptState.OPEN, AttemptState.PROCESSING})


class PaymentAttempt(Base):
    """One Stripe Checkout session of a checkout; at most one is live.

    ``params`` is what was sent, word for word: a repeat under the same key must be identical.
    """

    __tablename__ = "payment_attempt"
    __table_args__ = (UniqueConstraint("checkout_id", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"))
    n: Mapped[int]
    idempotency_key: Mapped[str] = mapped_column(String(80), unique=True)
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    stripe_session_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    state: Mapped[AttemptState] = mapped_column(default=AttemptState.CREATING)
    url: Mapped[str] = mapped_column(Text, default="")
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]


Index(
    "uq_payment_attempt_live",
    PaymentAttempt.checkout_id,
    unique=True,
    sqlite_where=PaymentAttempt.state.in_(LIVE_ATTEMPT),
    postgresql_where=PaymentAttempt.state.in_(LIVE_ATTEMPT),
)


class Payment(Base):
    """Money that Stripe says moved."""

    __tablename__ = "payment"

    payment_intent_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"), index=True)
    charge_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    amount_cents: Mapped[int]
    refunded_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime]


class EventState(StrEnum):
    NEW = "new"
    DONE = "done"
    IGNORED = "ignored"


class StripeEvent(Base):
    """A message from Stripe. It says where to look; what to believe is fetched afresh."""

    __tablename__ = "stripe_event"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    type: Mapped[str] = mapped_column(String(80))
    object_id: Mapped[str] = mapped_column(String(120))
    livemode: Mapped[bool]
    state: Mapped[EventState] = mapped_column(default=EventState.NEW)
    via: Mapped[str] = mapped_column(String(10), default="webhook")  # or backfill
    received_at: Mapped[datetime]


class EntryReason(StrEnum):
    SPENT = "spent"
    REJECTED = "rejected"  # a rejected posting's payment, back as a credit
    UNDELIVERABLE = "undeliverable"  # paid for, but its posting could no longer be submitted
    GIFT = "gift"


class LedgerEntry(Base):
    """A change of an employer's credits. Append-only; ``ref`` makes a repeat impossible."""

    __tablename__ = "ledger_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    delta: Mapped[int]  # credits; one credit is one listing period
    reason: Mapped[EntryReason]
    ref: Mapped[str] = mapped_column(String(80), unique=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"))
    checkout_id: Mapped[int | None] = mapped_column(ForeignKey("checkout.id"))
    created_at: Mapped[datetime]


class ListingPeriod(Base):
    """Days on the board that were bought. Dates come with approval; none come when revoked."""

    __tablename__ = "listing_period"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    source_ref: Mapped[str] = mapped_column(String(80), unique=True)  # checkout:7:1 | spend:…
    days: Mapped[int]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Finding(Base):
    """Something about money that a person must look at."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("kind", "object_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    object_id: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
