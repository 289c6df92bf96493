"""What Stripe tells of disputes, of warnings of fraud and of declined cards, and the letter.

A handler ends its transaction before it waits on the network, and begins another to write.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter.billing import queries as billing
from careercenter.billing import settling
from careercenter.billing.gateway import Payments
from careercenter.billing.handlers import Followers
from careercenter.billing.models import DisputeState, Payment
from careercenter.config import Settings
from careercenter.declines.queries import locked_until
from careercenter.declines.usecases import note_decline
from careercenter.disputes import usecases
from careercenter.disputes.gateway import Disputes
from careercenter.disputes.models import Dispute
from careercenter.findings.usecases import record_finding
from careercenter.mail import Builder, Letter
from careercenter.refunds.queries import payment_of
from careercenter.tasks import Handler

DISPUTE_EVENTS = (
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
WARNING_EVENT = "radar.early_fraud_warning.created"
DECLINED_EVENT = "payment_intent.payment_failed"
WARNED = "A bank warns of fraud. Give the money back before it becomes a dispute?"
SUBJECTS = {
    DisputeState.OPEN: "A payment is disputed",
    DisputeState.WON: "The dispute is over",
    DisputeState.LOST: "The dispute is over",
}


def remind_dispute(session: Session, dispute_id: str, now: datetime) -> None:
    """Evidence is due in a few days."""
    dispute = session.get(Dispute, dispute_id)
    if dispute is not None:
        usecases.remind(session, dispute, now)


TASKS: dict[str, Handler] = {"remind_dispute": remind_dispute}


def event_handlers(disputes: Disputes, payments: Payments, settings: Settings) -> Followers:
    """By the kind of event. The object is a payment intent, whose truth is asked for."""
    zone = ZoneInfo(settings.board_zone)

    def disputed(session: Session, intent: str, now: datetime) -> bool:
        return follow_disputes(session, disputes, intent, zone, now)

    def declined(session: Session, intent: str, now: datetime) -> bool:
        return count_declined(session, disputes, payments, intent, now)

    return {
        **dict.fromkeys(DISPUTE_EVENTS, disputed),
        WARNING_EVENT: note_warning,
        DECLINED_EVENT: declined,
    }


def follow_disputes(
    session: Session, disputes: Disputes, intent: str, zone: ZoneInfo, now: datetime
) -> bool:
    payment = session.get(Payment, intent)
    checkout_id = payment.checkout_id if payment else None
    session.commit()
    if checkout_id is None:
        return False
    told = disputes.list_disputes(intent)
    checkout = billing.locked(session, checkout_id)
    payment = payment_of(session, checkout_id, intent)
    for remote in told:
        usecases.note_dispute(session, checkout, payment, remote, zone, now)
    return True


def note_warning(session: Session, intent: str, now: datetime) -> bool:
    """A bank fears that a card was stolen."""
    if session.get(Payment, intent) is None:
        return False
    record_finding(session, "fraud_warning", intent, WARNED, now)
    return True


def count_declined(
    session: Session, disputes: Disputes, payments: Payments, intent: str, now: datetime
) -> bool:
    """Who tried too many cards finds no page to try others on."""
    session.commit()
    told = disputes.list_declined(intent)
    checkout_id = billing.id_of_reference(session, told.public_id) if told else None
    if told is None or checkout_id is None:
        return False
    checkout = billing.by_id(session, checkout_id)
    employer_id, user_id = checkout.employer_id, checkout.placed_by_id
    for charge_id, at in told.tries:
        note_decline(session, charge_id, checkout_id, employer_id, user_id, at)
    attempt = checkout.live_attempt()
    page = attempt.stripe_session_id if attempt else None
    locked = locked_until(session, employer_id, user_id, now) is not None
    session.commit()
    if page and locked:
        remote = payments.expire_session(page)
        settling.cancel_checkout(session, billing.locked(session, checkout_id), remote, now)
    return True


def _disputed(session: Session, dispute_id: str, now: datetime) -> Letter | None:
    dispute = session.get_one(Dispute, dispute_id)
    if dispute.state not in SUBJECTS:
        return None
    checkout = dispute.checkout
    facts = {
        "name": checkout.placed_by.name,
        "title": checkout.what,
        "public_id": checkout.public_id,
        "cents": dispute.amount_cents,
        "state": dispute.state.value,
        "paused": dispute.paused,
        "credits": dispute.kept_credits,
    }
    person = checkout.placed_by.email
    return Letter(person, SUBJECTS[dispute.state], "payment_disputed", facts)


LETTERS: dict[str, Builder] = {"payment_disputed": _disputed}
