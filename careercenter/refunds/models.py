"""Refunds. One stands here before Stripe is asked for it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.billing.models import Checkout
from careercenter.database import Base
from careercenter.errors import Conflict


@dataclass(frozen=True, slots=True)
class RemoteRefund:
    """A refund as Stripe tells it, made by us or in its Dashboard."""

    id: str
    amount_cents: int
    status: str  # pending | requires_action | succeeded | failed | canceled
    refund_id: int | None = None  # ours, where we asked for it


class RefundReason(StrEnum):
    INSTEAD = "instead"  # of the credit that its payment had become; the employer's choice
    DUPLICATE = "duplicate"  # paid more than once
    HELD = "held"  # its payment was not what was ordered
    STAFF = "staff"
    STRIPE = "stripe"  # made in Stripe's Dashboard


class RefundState(StrEnum):
    WAITING = "waiting"  # for a second person
    REQUESTED = "requested"
    PENDING = "pending"  # Stripe has it
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    DECLINED = "declined"  # by the second person


S = RefundState
MOVES: dict[RefundState, frozenset[RefundState]] = {
    S.WAITING: frozenset({S.REQUESTED, S.DECLINED}),
    S.REQUESTED: frozenset({S.PENDING, S.SUCCEEDED, S.FAILED}),
    S.PENDING: frozenset({S.SUCCEEDED, S.FAILED}),
    S.SUCCEEDED: frozenset({S.FAILED}),  # a bank may send it back days later
    S.FAILED: frozenset(),
    S.DECLINED: frozenset(),
}
AT_STRIPE = frozenset({S.PENDING, S.SUCCEEDED})
UNDER_WAY = frozenset({S.REQUESTED, S.PENDING, S.SUCCEEDED})  # its goods went with it
COUNTED = UNDER_WAY | {S.WAITING}  # what more may go back is reckoned without it
ENDED = frozenset({S.SUCCEEDED, S.FAILED, S.DECLINED})
FROM_STRIPE = {"succeeded": S.SUCCEEDED, "failed": S.FAILED, "canceled": S.FAILED}


class Refund(Base):
    """``credits_taken`` and ``ended_listing``: what went with it, to be given back if it fails."""

    __tablename__ = "refund"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount_cents"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"), index=True)
    payment_intent_id: Mapped[str] = mapped_column(
        ForeignKey("payment.payment_intent_id"), index=True
    )
    amount_cents: Mapped[int]
    reason: Mapped[RefundReason]
    note: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[RefundState]
    stripe_refund_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # the second person
    credits_taken: Mapped[int] = mapped_column(default=0)
    ended_listing: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    checkout: Mapped[Checkout] = relationship()
    requested_by: Mapped[User | None] = relationship(foreign_keys=[requested_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])

    def move_to(self, state: RefundState, now: datetime) -> None:
        """Raises ``Conflict`` for a move that there is not."""
        if state not in MOVES[self.state]:
            raise Conflict
        self.state = state
        self.settled_at = now if state in ENDED else None
