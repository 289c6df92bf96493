"""Subscriptions as they begin, change and end. Rows are locked by the caller."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.slots.models import (
    RemoteSubscription,
    Subscription,
    SubscriptionInvoice,
    SubscriptionStatus,
)

SYNC = "sync_subscription"  # a task: ask Stripe how one stands


@dataclass(frozen=True, slots=True)
class Taken:
    """What was bought, by whom."""

    employer_id: int
    user_id: int
    stripe_id: str
    plan: str
    slots: int
    days: int
    months: int
    price_cents: int


@dataclass(frozen=True, slots=True)
class RemoteBill:
    """A bill as Stripe tells it; ``subscription_id``: Stripe's, empty where it is of none."""

    id: str
    subscription_id: str
    number: str
    status: str
    total_cents: int
    url: str
    created_at: datetime


def begin_subscription(session: Session, taken: Taken, ref: str, now: datetime) -> None:
    """Its first period is paid. When that ends a task asks."""
    session.add(
        Subscription(
            employer_id=taken.employer_id,
            taken_by_id=taken.user_id,
            source_ref=ref,
            stripe_subscription_id=taken.stripe_id,
            plan=taken.plan,
            slots=taken.slots,
            days=taken.days,
            months=taken.months,
            price_cents=taken.price_cents,
            status=SubscriptionStatus.ACTIVE,
            created_at=now,
        )
    )
    session.flush()
    outbox.later(session, SYNC, taken.stripe_id, now)


def follow(
    session: Session, subscription: Subscription, remote: RemoteSubscription, now: datetime
) -> None:
    """Our row becomes what Stripe says; who pays is told what that means, once."""
    before, was_over = subscription.status, subscription.over
    subscription.follow(remote, now)
    if subscription.status is SubscriptionStatus.PAST_DUE and before is not subscription.status:
        _write(session, "subscription_past_due", subscription, now)
    if subscription.over and not was_over:
        _write(session, "subscription_ended", subscription, now)
    session.flush()


def keep_invoice(session: Session, subscription: Subscription, remote: RemoteBill) -> None:
    """As Stripe told it last."""
    session.merge(
        SubscriptionInvoice(
            stripe_invoice_id=remote.id,
            subscription_id=subscription.id,
            number=remote.number,
            status=remote.status,
            total_cents=remote.total_cents,
            url=remote.url,
            created_at=remote.created_at,
        )
    )


def _write(session: Session, letter: str, subscription: Subscription, now: datetime) -> None:
    period = subscription.period_ends_at or now
    dedupe = f"{letter}:{subscription.id}:{period:%Y%m%d}"
    outbox.send_email(session, letter, subscription.id, now, dedupe)
