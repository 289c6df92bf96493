"""What Stripe tells of subscriptions, what we ask when it is silent, and the letters.

A message says where to look. What is believed is asked afresh, so that their order and their number
do not matter.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.billing.gateway import APP
from careercenter.billing.handlers import Followers
from careercenter.billing.remote import PaymentsRefused
from careercenter.config import Settings
from careercenter.findings.usecases import record_finding
from careercenter.mail import Builder, Letter
from careercenter.slots import queries, usecases
from careercenter.slots.models import GRACE, Subscription
from careercenter.slots.usecases import SYNC
from careercenter.subscriptions.gateway import Subscriptions
from careercenter.tasks import Handler

SUBSCRIPTION_EVENTS = tuple(
    f"customer.subscription.{what}"
    for what in ("created", "updated", "deleted", "paused", "resumed")
)
INVOICE_EVENTS = tuple(
    f"invoice.{what}"
    for what in ("paid", "payment_failed", "payment_action_required", "finalization_failed")
)
SWEEP = "sync_subscriptions"


def followers(gateway: Subscriptions, settings: Settings) -> Followers:
    """By kind of event. No transaction is open when they are called."""

    def of_subscription(session: Session, stripe_id: str, now: datetime) -> bool:
        return sync(session, gateway, settings, stripe_id, now)

    def of_invoice(session: Session, invoice_id: str, now: datetime) -> bool:
        return sync_invoice(session, gateway, settings, invoice_id, now)

    return {
        **dict.fromkeys(SUBSCRIPTION_EVENTS, of_subscription),
        **dict.fromkeys(INVOICE_EVENTS, of_invoice),
    }


def task_handlers(gateway: Subscriptions, settings: Settings) -> dict[str, Handler]:
    def one(session: Session, stripe_id: str, now: datetime) -> None:
        session.commit()
        sync(session, gateway, settings, stripe_id, now)

    def every(session: Session, _: str, now: datetime) -> None:
        """Each by itself, so that one that cannot be settled keeps no other waiting."""
        if not settings.stripe_secret_key:
            return
        running = queries.stripe_ids_running(session)
        session.commit()
        for stripe_id in running:
            sync(session, gateway, settings, stripe_id, now)
            session.commit()

    return {SYNC: one, SWEEP: every}


def sync(
    session: Session, gateway: Subscriptions, settings: Settings, stripe_id: str, now: datetime
) -> bool:
    """Make our row agree with Stripe. False for one that is not ours. No transaction is open."""
    try:
        remote = gateway.retrieve(stripe_id)
    except PaymentsRefused:
        return False
    found = queries.id_at_stripe(session, stripe_id)
    if found is None:  # its checkout is not settled yet; that will ask again
        told = remote.metadata
        return told.get("app") == APP and told.get("env") == settings.env
    usecases.follow(session, queries.locked(session, found), remote, now)
    return True


def sync_invoice(
    session: Session, gateway: Subscriptions, settings: Settings, invoice_id: str, now: datetime
) -> bool:
    """A bill of a subscription: keep it, and look how the subscription stands."""
    try:
        bill = gateway.retrieve_bill(invoice_id)
    except PaymentsRefused:
        return False
    if not bill.subscription_id:
        return False
    ours = sync(session, gateway, settings, bill.subscription_id, now)
    found = queries.id_at_stripe(session, bill.subscription_id)
    if found is not None:
        usecases.keep_invoice(session, queries.locked(session, found), bill)
        if bill.status == "uncollectible":
            note = "A bill of a subscription is called uncollectible."
            record_finding(session, "subscription_bill", bill.id, note, now)
    return ours


def _letter(subject: str, template: str, still: Callable[[Subscription], bool]) -> Builder:
    def build(session: Session, subscription_id: str, now: datetime) -> Letter | None:
        subscription = session.get_one(Subscription, int(subscription_id))
        payer = session.get_one(User, subscription.taken_by_id)
        if not still(subscription):
            return None
        facts = {
            "name": payer.name,
            "slots": subscription.slots,
            "until": (subscription.past_due_at or now) + GRACE,
        }
        return Letter(payer.email, subject, template, facts)

    return build


LETTERS: dict[str, Builder] = {
    "subscription_past_due": _letter(
        "The payment of your subscription failed",
        "subscription_past_due",
        lambda it: it.past_due_at is not None,
    ),
    "subscription_ended": _letter(
        "Your subscription has ended", "subscription_ended", lambda it: it.over
    ),
}
