"""What the page about the health of money shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careercenter.billing.models import Checkout, DisputeState, FulfilmentState, Payment
from careercenter.billing.queries import WITH_POSTING
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.declines.queries import locked_employers
from careercenter.disputes.models import Dispute
from careercenter.employers.models import Employer
from careercenter.refunds.models import AT_STRIPE, Refund
from careercenter.tasks import Task

DAYS = 14


@dataclass
class Day:
    """One day of the board's calendar; money in cents. ``spent``: credits, for postings."""

    day: date
    payments: int = 0
    charged: int = 0
    refunded: int = 0
    disputed: int = 0
    given: int = 0
    spent: int = 0


def daily_totals(session: Session, zone: ZoneInfo, now: datetime) -> Sequence[Day]:
    """The last fortnight's, today first."""
    today = now.astimezone(zone).date()
    days = {today - timedelta(days=n): Day(today - timedelta(days=n)) for n in range(DAYS)}
    since = now - timedelta(days=DAYS)

    def add(name: str, moved: Select[datetime, int]) -> None:
        for at, count in session.execute(moved):
            day = days.get(at.astimezone(zone).date())
            if day is not None:
                setattr(day, name, getattr(day, name) + count)
                day.payments += name == "charged"

    paid = select(Payment.created_at, Payment.amount_cents)
    add("charged", paid.where(Payment.created_at >= since))
    back = select(Refund.created_at, Refund.amount_cents)
    add("refunded", back.where(Refund.created_at >= since, Refund.state.in_(AT_STRIPE)))
    taken = select(Dispute.created_at, Dispute.amount_cents)
    add("disputed", taken.where(Dispute.created_at >= since, Dispute.state.in_(_TAKEN)))
    lately = LedgerEntry.created_at >= since
    came = select(LedgerEntry.created_at, LedgerEntry.delta).where(lately, LedgerEntry.delta > 0)
    add("given", came)
    went = select(LedgerEntry.created_at, -LedgerEntry.delta)
    add("spent", went.where(lately, LedgerEntry.reason == EntryReason.SPENT))
    return list(days.values())


_TAKEN = (DisputeState.OPEN, DisputeState.LOST)


def held(session: Session) -> Sequence[Checkout]:
    """Paid, and waiting for a person; what waits for a bank is among the disputes."""
    waiting = (
        Checkout.fulfilment_state == FulfilmentState.HELD,
        Checkout.dispute_state != DisputeState.OPEN,
    )
    return session.scalars(
        select(Checkout).where(*waiting).options(WITH_POSTING).order_by(Checkout.id)
    ).all()


def dead_tasks(session: Session, limit: int = 50) -> Sequence[Task]:
    """Given up after their last attempt, the newest first."""
    dead = select(Task).where(Task.dead_at.is_not(None), Task.done_at.is_(None))
    return session.scalars(dead.order_by(Task.dead_at.desc()).limit(limit)).all()


def locked_task(session: Session, task_id: int) -> Task:
    """Raises ``NoResultFound``."""
    return session.scalars(select(Task).where(Task.id == task_id).with_for_update()).one()


def locked_out(session: Session, now: datetime) -> Sequence[tuple[Employer, datetime]]:
    """Employers for whom too many cards were declined, and until when they wait."""
    until = dict(locked_employers(session, now))
    theirs = select(Employer).where(Employer.id.in_(until)).order_by(Employer.name)
    return [(employer, until[employer.id]) for employer in session.scalars(theirs)]


def checkout_of(session: Session, payment_intent_id: str) -> str:
    """The public id of what a payment paid for. Raises ``NoResultFound``."""
    paid = select(Checkout.public_id).join(Payment, Payment.checkout_id == Checkout.id)
    return session.scalars(paid.where(Payment.payment_intent_id == payment_intent_id)).one()
