"""Subscriptions as Stripe tells them, and how many slots they give at an instant."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.database import Base
from careercenter.employers.models import Employer

GRACE = timedelta(days=7)  # for which slots stay after a payment failed


class SubscriptionStatus(StrEnum):
    """In Stripe's words."""

    INCOMPLETE = "incomplete"
    INCOMPLETE_EXPIRED = "incomplete_expired"
    TRIALING = "trialing"
    ACTIVE = "active"
    PAST_DUE = "past_due"
    CANCELED = "canceled"
    UNPAID = "unpaid"
    PAUSED = "paused"


S = SubscriptionStatus
RUNNING = frozenset({S.TRIALING, S.ACTIVE})
OVER = frozenset({S.CANCELED, S.INCOMPLETE_EXPIRED})


@dataclass(frozen=True, slots=True)
class RemoteSubscription:
    """A subscription as Stripe tells it. ``metadata`` is what we wrote: its plan and slots."""

    id: str
    item_id: str
    product_id: str
    status: SubscriptionStatus
    metadata: Mapping[str, str]
    price_cents: int
    months: int
    period_ends_at: datetime | None
    cancels_at_end: bool
    ended_at: datetime | None

    @property
    def slots(self) -> int:
        text = self.metadata.get("slots", "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


class Subscription(Base):
    """One that an employer took. Every column below ``days`` repeats what Stripe said last."""

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    taken_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    source_ref: Mapped[str] = mapped_column(String(80), unique=True)  # checkout:7:1
    stripe_subscription_id: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]
    days: Mapped[int]  # on the board, of each posting in a slot, until it is renewed
    plan: Mapped[str] = mapped_column(String(40))  # its slug
    slots: Mapped[int]
    price_cents: Mapped[int]
    months: Mapped[int]  # of a period: 1 or 12
    status: Mapped[SubscriptionStatus]
    item_id: Mapped[str] = mapped_column(String(120), default="")
    product_id: Mapped[str] = mapped_column(String(120), default="")
    period_ends_at: Mapped[datetime | None]
    cancels_at_end: Mapped[bool] = mapped_column(default=False)
    past_due_at: Mapped[datetime | None]  # since when
    ended_at: Mapped[datetime | None]
    synced_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    employer: Mapped[Employer] = relationship()

    __mapper_args__ = {"version_id_col": version}

    def slots_at(self, now: datetime) -> int:
        """A payment that failed costs no slot for a week."""
        if self.status in RUNNING:
            return self.slots
        late = self.status is S.PAST_DUE and self.past_due_at is not None
        return self.slots if late and self.past_due_at and now < self.past_due_at + GRACE else 0

    @property
    def over(self) -> bool:
        return self.status in OVER

    def follow(self, remote: RemoteSubscription, now: datetime) -> None:
        """Be as Stripe says. Any number of times, in any order."""
        if remote.status is not S.PAST_DUE:
            self.past_due_at = None
        elif self.past_due_at is None:
            self.past_due_at = now
        self.status, self.slots = remote.status, remote.slots
        self.plan = remote.metadata.get("plan", self.plan)
        self.item_id, self.product_id = remote.item_id, remote.product_id
        self.price_cents, self.months = remote.price_cents, remote.months
        self.period_ends_at, self.cancels_at_end = remote.period_ends_at, remote.cancels_at_end
        self.ended_at, self.synced_at = remote.ended_at, now


class SubscriptionInvoice(Base):
    """A bill of a subscription, as Stripe told it last."""

    __tablename__ = "subscription_invoice"

    stripe_invoice_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    subscription_id: Mapped[int] = mapped_column(ForeignKey("subscription.id"), index=True)
    number: Mapped[str] = mapped_column(String(60), default="")
    status: Mapped[str] = mapped_column(String(20))  # paid | open | void | uncollectible | draft
    total_cents: Mapped[int]
    url: Mapped[str] = mapped_column(Text, default="")  # of its page at Stripe
    created_at: Mapped[datetime]
