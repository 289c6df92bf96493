"""Disputes: a payer asked their bank for the money back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.billing.models import Checkout, DisputeState
from careercenter.database import Base

D = DisputeState
ENDS = {"won": D.WON, "warning_closed": D.WON, "lost": D.LOST}


@dataclass(frozen=True, slots=True)
class RemoteDispute:
    """A dispute as Stripe tells it."""

    id: str
    status: str  # warning_…: an inquiry; needs_response, under_review, won, lost
    reason: str
    amount_cents: int
    due_at: datetime | None  # of the evidence

    @property
    def state(self) -> DisputeState:
        inquiry = D.INQUIRY if self.status.startswith("warning") else D.OPEN
        return ENDS.get(self.status, inquiry)


@dataclass(frozen=True, slots=True)
class Declined:
    """Cards that were declined for one checkout: (charge, when)."""

    public_id: str  # of the checkout
    tries: tuple[tuple[str, datetime], ...]


class Dispute(Base):
    """``kept_credits``, ``paused`` and ``ended_listing``: what waits for the bank's answer."""

    __tablename__ = "dispute"

    stripe_dispute_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"), index=True)
    payment_intent_id: Mapped[str] = mapped_column(ForeignKey("payment.payment_intent_id"))
    state: Mapped[DisputeState]
    status: Mapped[str] = mapped_column(String(40))  # in Stripe's words
    reason: Mapped[str] = mapped_column(String(60))
    amount_cents: Mapped[int]
    due_at: Mapped[datetime | None]
    kept_credits: Mapped[int] = mapped_column(default=0)
    paused: Mapped[bool] = mapped_column(default=False)
    ended_listing: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    checkout: Mapped[Checkout] = relationship()

    @property
    def asks(self) -> bool:
        """Whether evidence is awaited."""
        return self.closed_at is None and self.status.endswith("needs_response")
