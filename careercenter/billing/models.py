"""What was bought, what was paid, and what came of it. Money is whole cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.plans.models import PlanKind
from careercenter.postings.models import Posting

TERMS_VERSION = "2026-11"
SPARE = timedelta(minutes=5)  # a session with less time than this left is not offered again
KEY_LIFE = timedelta(hours=23)  # Stripe remembers an idempotency key for a day


@dataclass(frozen=True, slots=True)
class RemoteSession:
    """A Checkout session as Stripe tells it. Times are aware; money is cents."""

    id: str
    url: str  # empty once it is over
    status: str  # open | complete | expired
    payment_status: str  # paid | unpaid | no_payment_required
    client_reference_id: str  # ours: the checkout's public id
    metadata: Mapping[str, str]
    livemode: bool
    currency: str
    subtotal_cents: int
    discount_cents: int
    tax_cents: int
    total_cents: int
    quantities: tuple[int, ...]  # of its lines, when they were asked for
    expires_at: datetime
    payment_intent_id: str | None = None
    intent_status: str = ""
    charge_id: str | None = None
    subscription_id: str | None = None  # that it began

    @property
    def outcome(self) -> str:
        """open | expired | paid | waiting (for a bank) | failed (the bank sent it back)"""
        if self.status != "complete":
            return self.status
        if self.payment_status != "unpaid":
            return "paid"
        failed = self.intent_status in ("requires_payment_method", "canceled")
        return "failed" if failed else "waiting"


class PaymentState(StrEnum):
    """Where the money is. Late money wins: ``paid`` is reachable from every end but itself."""

    AWAITING = "awaiting"
    PROCESSING = "processing"  # a bank debit on its way
    INVOICED = "invoiced"  # an invoice is out, to be paid within its days
    PAID = "paid"
    NOTHING_DUE = "nothing-due"  # the plan is free, or a coupon took all
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELED = "canceled"


P = PaymentState
PAYMENT_MOVES: dict[PaymentState, frozenset[PaymentState]] = {
    P.AWAITING: frozenset(set(PaymentState) - {P.AWAITING}),
    P.INVOICED: frozenset({P.PAID, P.CANCELED}),
    P.PROCESSING: frozenset({P.PAID, P.FAILED, P.EXPIRED}),
    P.FAILED: frozenset({P.AWAITING, P.PROCESSING, P.PAID}),
    P.EXPIRED: frozenset({P.AWAITING, P.PROCESSING, P.PAID}),
    P.CANCELED: frozenset({P.AWAITING, P.PROCESSING, P.PAID}),
    P.PAID: frozenset(),
    P.NOTHING_DUE: frozenset(),
}
SETTLED = frozenset({P.PAID, P.NOTHING_DUE})


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
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), index=True)
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    kind: Mapped[PlanKind] = mapped_column(default=PlanKind.POSTING)
    currency: Mapped[str] = mapped_column(String(3), default="usd")
    subtotal_cents: Mapped[int]
    discount_cents: Mapped[int] = mapped_column(default=0)
    tax_cents: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[int]
    stripe_subscription_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    terms_version: Mapped[str] = mapped_column(String(20), default=TERMS_VERSION)
    payment_state: Mapped[PaymentState] = mapped_column(default=PaymentState.AWAITING)
    fulfilment_state: Mapped[FulfilmentState] = mapped_column(default=FulfilmentState.NONE)
    dispute_state: Mapped[DisputeState] = mapped_column(default=DisputeState.NONE)
    created_at: Mapped[datetime]
    paid_at: Mapped[datetime | None]
    fulfilled_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    employer: Mapped[Employer] = relationship()
    posting: Mapped[Posting | None] = relationship()
    placed_by: Mapped[User] = relationship()
    lines: Mapped[list["CheckoutLine"]] = relationship(order_by="CheckoutLine.n")
    attempts: Mapped[list["PaymentAttempt"]] = relationship(
        order_by="PaymentAttempt.n", back_populates="checkout"
    )

    __mapper_args__ = {"version_id_col": version}

    def move_payment(self, state: PaymentState) -> None:
        """To where it is already, or along ``PAYMENT_MOVES``. Raises ``Conflict``."""
        if state not in PAYMENT_MOVES[self.payment_state] | {self.payment_state}:
            raise Conflict
        self.payment_state = state

    @property
    def renews(self) -> bool:
        """Whether it prolongs the stay of a posting that is live."""
        return self.kind is PlanKind.EXTENSION

    @property
    def what(self) -> str:
        """In words, for lists and letters: the posting's title, or what was bought."""
        return self.posting.title if self.posting else self.lines[0].description

    @property
    def due_cents(self) -> int:
        """Before tax, which the payment page adds."""
        return self.subtotal_cents - self.discount_cents

    def live_attempt(self) -> "PaymentAttempt | None":
        return next((attempt for attempt in self.attempts if attempt.state in LIVE_ATTEMPT), None)


class CheckoutLine(Base):
    """What was bought, at the price of that day."""

    __tablename__ = "checkout_line"

    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True)
    plan: Mapped[str] = mapped_column(String(40))
    edition: Mapped[int] = mapped_column(default=1)  # of the plan
    description: Mapped[str] = mapped_column(String(200))
    unit_cents: Mapped[int]
    quantity: Mapped[int] = mapped_column(default=1)
    days: Mapped[int]
    credits: Mapped[int] = mapped_column(default=0)
    credits_last_days: Mapped[int | None]
    slots: Mapped[int] = mapped_column(default=0)
    months: Mapped[int] = mapped_column(default=0)  # how long a subscription's period is


class AttemptState(StrEnum):
    CREATING = "creating"  # our row stands; Stripe may or may not have the session
    OPEN = "open"
    PROCESSING = "processing"
    COMPLETE = "complete"
    FAILED = "failed"
    EXPIRED = "expired"
    ABANDONED = "abandoned"


LIVE_ATTEMPT = frozenset({AttemptState.CREATING, AttemptState.OPEN, AttemptState.PROCESSING})
_LIVE = text("state IN ('creating', 'open', 'processing')")


class PaymentAttempt(Base):
    """One Stripe Checkout session of a checkout; at most one is live.

    ``params`` is what was sent, word for word: a repeat under the same key must be identical.
    """

    __tablename__ = "payment_attempt"
    __table_args__ = (
        UniqueConstraint("checkout_id", "n"),
        Index(
            "uq_payment_attempt_live",
            "checkout_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

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

    checkout: Mapped[Checkout] = relationship(back_populates="attempts")

    @property
    def discount_cents(self) -> int:
        """Of the coupon that its session is to have."""
        return self.checkout.discount_cents if "discounts" in self.params else 0

    def is_about(self, remote: RemoteSession) -> bool:
        if self.stripe_session_id is None:  # its id never reached us
            return bool(remote.metadata == self.params["metadata"])
        return self.stripe_session_id == remote.id

    def usable(self, now: datetime) -> bool:
        """Whether a click may go on with it: an open page, or a call that can be repeated."""
        if self.state is AttemptState.CREATING:
            return now - self.created_at < KEY_LIFE
        return self.state is AttemptState.OPEN and self.expires_at - now > SPARE

    def note(self, remote: RemoteSession) -> None:
        """Remember the session that Stripe made for it. A second time changes nothing."""
        if self.stripe_session_id is None:
            self.stripe_session_id, self.url = remote.id, remote.url
            self.expires_at = remote.expires_at
        if self.state is AttemptState.CREATING:
            self.state = AttemptState.OPEN


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
