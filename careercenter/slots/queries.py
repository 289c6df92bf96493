"""Finding subscriptions, and counting what stands in their slots."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import Posting, PostingStatus
from careercenter.slots.models import OVER, Subscription, SubscriptionInvoice


def running_of(session: Session, employer_id: int) -> Subscription | None:
    """The one that is not over; the newest, if there should be two."""
    mine = (Subscription.employer_id == employer_id, Subscription.status.not_in(OVER))
    newest = select(Subscription).where(*mine).order_by(Subscription.id.desc())
    return session.scalars(newest.limit(1)).first()


def locked(session: Session, subscription_id: int) -> Subscription:
    return session.scalars(
        select(Subscription)
        .where(Subscription.id == subscription_id)
        .with_for_update(of=Subscription)
        .execution_options(populate_existing=True)
    ).one()


def id_at_stripe(session: Session, stripe_id: str) -> int | None:
    """Ours, of one that Stripe names."""
    named = Subscription.stripe_subscription_id == stripe_id
    return session.scalar(select(Subscription.id).where(named))


def stripe_ids_running(session: Session) -> Sequence[str]:
    running = Subscription.status.not_in(OVER)
    return session.scalars(select(Subscription.stripe_subscription_id).where(running)).all()


def invoices_of(session: Session, subscription_id: int) -> Sequence[SubscriptionInvoice]:
    """The newest first, two years of monthly ones at most."""
    mine = select(SubscriptionInvoice).where(SubscriptionInvoice.subscription_id == subscription_id)
    return session.scalars(mine.order_by(SubscriptionInvoice.created_at.desc()).limit(24)).all()


def slots_of(session: Session, employer_id: int, now: datetime) -> int:
    mine = select(Subscription).where(Subscription.employer_id == employer_id)
    return sum(subscription.slots_at(now) for subscription in session.scalars(mine))


def slots_used(session: Session, employer_id: int, now: datetime, but: int = 0) -> int:
    """By postings, other than one, that are on the board by a slot or on their way there."""
    waits = Posting.status.in_((PostingStatus.IN_REVIEW, PostingStatus.PAUSED))
    in_slots = (
        select(func.count(func.distinct(Posting.id)))
        .join(ListingPeriod, ListingPeriod.posting_id == Posting.id)
        .where(
            ListingPeriod.subscription_id.is_not(None),
            ListingPeriod.revoked_at.is_(None),
            or_(ListingPeriod.ends_at.is_(None), ListingPeriod.ends_at > now, waits),
            Posting.employer_id == employer_id,
            Posting.id != but,
            or_(waits, Posting.upcoming(now)),
        )
    )
    return session.scalar(in_slots) or 0


def slots_left(session: Session, employer_id: int, now: datetime, but: int = 0) -> int:
    """For another posting, or for this one. Asked under the employer's lock it cannot be raced."""
    slots = slots_of(session, employer_id, now)
    return max(0, slots - slots_used(session, employer_id, now, but)) if slots else 0
