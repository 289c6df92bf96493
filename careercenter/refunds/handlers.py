"""Sending refunds, what Stripe tells of money that goes back, and the letter about it.

A handler ends its transaction before it waits on the network, and begins another to write.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter.billing import queries as billing
from careercenter.billing.gateway import PaymentsRefused
from careercenter.billing.handlers import Followers
from careercenter.billing.models import Payment
from careercenter.config import Settings
from careercenter.mail import Builder, Letter
from careercenter.refunds import queries, usecases
from careercenter.refunds.gateway import Refunds
from careercenter.refunds.models import AT_STRIPE, Refund, RefundState, RemoteRefund
from careercenter.tasks import Handler

EVENTS = (
    "charge.refunded",
    "charge.refund.updated",
    "refund.created",
    "refund.updated",
    "refund.failed",
)
DUPLICATES = "refund_duplicates"


def task_handlers(refunds: Refunds, settings: Settings) -> dict[str, Handler]:
    zone = ZoneInfo(settings.board_zone)

    def send_refund(session: Session, refund_id: str, now: datetime) -> None:
        send(session, refunds, int(refund_id), zone, now)

    def refund_duplicates(session: Session, _: str, now: datetime) -> None:
        for checkout_id in queries.paid_more_than_once(session):
            checkout = billing.locked(session, checkout_id)
            usecases.refund_duplicates(session, checkout, zone, now)
            session.commit()

    return {"send_refund": send_refund, DUPLICATES: refund_duplicates}


def event_handlers(refunds: Refunds, settings: Settings) -> Followers:
    """By the kind of event. The object is a payment intent, whose truth is asked for."""
    zone = ZoneInfo(settings.board_zone)

    def refunded(session: Session, intent: str, now: datetime) -> bool:
        payment = session.get(Payment, intent)
        checkout_id = payment.checkout_id if payment else None
        session.commit()
        if checkout_id is None:
            return False
        follow(session, checkout_id, intent, refunds.list_refunds(intent), zone, now)
        return True

    return dict.fromkeys(EVENTS, refunded)


def send(session: Session, refunds: Refunds, refund_id: int, zone: ZoneInfo, now: datetime) -> None:
    """Ask Stripe for it, once: what it made and could not tell us is looked for first, for it
    forgets the key of a call after a day.
    """
    refund = session.get_one(Refund, refund_id)
    if refund.state is not RefundState.REQUESTED:
        return
    checkout_id, intent, cents = refund.checkout_id, refund.payment_intent_id, refund.amount_cents
    session.commit()
    told = [*refunds.list_refunds(intent)]
    if not any(remote.refund_id == refund_id for remote in told):
        try:
            told.append(refunds.create_refund(refund_id, intent, cents))
        except PaymentsRefused:
            billing.locked(session, checkout_id)
            usecases.fail_refund(session, queries.locked(session, checkout_id, refund_id), now)
    follow(session, checkout_id, intent, told, zone, now)


def follow(
    session: Session,
    checkout_id: int,
    intent: str,
    told: Sequence[RemoteRefund],
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Whatever was given back of a payment, by us or in Stripe's Dashboard."""
    checkout = billing.locked(session, checkout_id)
    payment = queries.payment_of(session, checkout_id, intent)
    for remote in told:
        usecases.note_refund(session, checkout, payment, remote, zone, now)
    session.flush()
    usecases.count_refunded(session, checkout_id)


def _refunded(session: Session, refund_id: str, now: datetime) -> Letter | None:
    refund = session.get_one(Refund, int(refund_id))
    if refund.state not in AT_STRIPE:
        return None
    checkout = refund.checkout
    facts = {
        "name": checkout.placed_by.name,
        "title": checkout.what,
        "public_id": checkout.public_id,
        "cents": refund.amount_cents,
        "reason": refund.reason.value,
        "credits": refund.credits_taken,
        "ended": refund.ended_listing,
    }
    return Letter(checkout.placed_by.email, "Your refund", "refunded", facts)


LETTERS: dict[str, Builder] = {"refunded": _refunded}
