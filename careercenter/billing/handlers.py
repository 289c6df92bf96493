"""What Stripe tells us, what we ask it when it is silent, and the letters about money.

A handler ends its transaction before it waits on the network, and begins another to write.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from careercenter.billing import queries, settling, usecases
from careercenter.billing.contradictions import CONTRADICTIONS, contradictions
from careercenter.billing.gateway import APP, Payments, PaymentsRefused, step
from careercenter.billing.models import (
    KEY_LIFE,
    Checkout,
    EventState,
    Payment,
    PaymentState,
    RemoteSession,
    StripeEvent,
)
from careercenter.config import Settings
from careercenter.credits.queries import became_credit
from careercenter.errors import DomainError, Unavailable
from careercenter.findings.queries import open_findings
from careercenter.findings.usecases import record_finding
from careercenter.mail import Builder, Letter
from careercenter.tasks import Handler

SESSION_EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
)
MONEY_BACK = {
    "charge.refunded": ("refund", "Money went back to the payer."),
    "charge.dispute.created": ("dispute", "The payer disputes this payment."),
}
SWEEP = "billing_sweep"
# What is asked for where it may have been missed; most of it is other features' to act on.
EVENTS = (
    *SESSION_EVENTS,
    *MONEY_BACK,
    "charge.refund.updated",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "radar.early_fraud_warning.created",
)
SILENCE = timedelta(minutes=10)  # after which we ask about an attempt ourselves
LONGEST_LOOK_BACK = timedelta(days=29)  # Stripe keeps events for thirty
OVERLAP = timedelta(hours=48)  # messages that are known cost nothing, those that are missed do

log = structlog.get_logger()


# What other features do about events, by kind: (session, the object's id, now) → whether it was
# theirs. No transaction is open when they are called.
Followers = Mapping[str, Callable[[Session, str, datetime], bool]]
NOBODY: Followers = {}


def joined(*several: Followers) -> Followers:
    """Those of several features; of one event each is asked until it is somebody's."""
    return {kind: _first(kind, several) for kind in {kind for one in several for kind in one}}


def _first(kind: str, several: Sequence[Followers]) -> Callable[[Session, str, datetime], bool]:
    asked = [one[kind] for one in several if kind in one]

    def follow(session: Session, about: str, now: datetime) -> bool:
        for ask in asked:
            if ask(session, about, now):
                return True
            session.commit()
        return False

    return follow


def task_handlers(
    payments: Payments, settings: Settings, followers: Followers = NOBODY
) -> dict[str, Handler]:
    """The tasks of this feature, by kind."""

    def stripe_event(session: Session, event_id: str, now: datetime) -> None:
        handle_event(session, payments, settings, event_id, now, followers)

    def billing_sweep(session: Session, _: str, now: datetime) -> None:
        sweep(session, payments, settings, now, kinds=tuple({*EVENTS, *followers}))

    return {"stripe_event": stripe_event, SWEEP: billing_sweep}


def handle_event(
    session: Session,
    payments: Payments,
    settings: Settings,
    event_id: str,
    now: datetime,
    followers: Followers = NOBODY,
) -> None:
    event = session.get(StripeEvent, event_id)
    if event is None or event.state is not EventState.NEW:
        return
    kind, about = event.type, event.object_id
    acted = False
    if kind in SESSION_EVENTS:
        session.commit()
        acted = _settle_session(session, payments, settings, about, now)
    elif kind in followers:
        session.commit()
        acted = followers[kind](session, about, now)
    elif kind in MONEY_BACK and session.get(Payment, about) is not None:
        finding, note = MONEY_BACK[kind]
        record_finding(session, finding, about, note, now)
        acted = True
    event = session.get_one(StripeEvent, event_id)
    event.state = EventState.DONE if acted else EventState.IGNORED
    session.flush()
    step("before-settled")


def _settle_session(
    session: Session, payments: Payments, settings: Settings, session_id: str, now: datetime
) -> bool:
    """False for a session that is not ours. No transaction is open."""
    try:
        remote = payments.retrieve_session(session_id)
    except PaymentsRefused:
        return False
    checkout_id = queries.id_of_reference(session, remote.client_reference_id)
    if checkout_id is None:
        return _note_orphan(session, settings, remote, now)
    settling.settle_checkout(session, queries.locked(session, checkout_id), remote, now)
    return True


def _note_orphan(
    session: Session, settings: Settings, remote: RemoteSession, now: datetime
) -> bool:
    """Money marked as ours that no checkout of ours knows."""
    ours = remote.metadata.get("app") == APP and remote.metadata.get("env") == settings.env
    if ours and remote.outcome == "paid":
        note = "Paid at Stripe, and no checkout here knows it."
        record_finding(session, "orphan_payment", remote.id, note, now)
    return ours


def sweep(
    session: Session,
    payments: Payments,
    settings: Settings,
    now: datetime,
    since: datetime | None = None,
    kinds: Sequence[str] = EVENTS,
) -> None:
    """Every few minutes: ask about what we heard nothing of, then check our own books.

    Events are asked for from ``since``, by default from well before the last sweep that finished.
    The newest event that we have would be no measure: after a silence it may be fresh, with
    everything before it still missing. Raises ``PaymentsDown``.
    """
    if settings.stripe_secret_key:
        last, furthest = queries.last_done_at(session, SWEEP), now - LONGEST_LOOK_BACK
        since = max(since or (last - OVERLAP if last else furthest), furthest)
        waiting = [attempt.id for attempt in queries.attempts_to_settle(session, now - SILENCE)]
        session.commit()
        for attempt_id in waiting:
            _settle_apart(session, payments, attempt_id, now)
        ask_for_events(session, payments, settings, since, now, kinds)
    check_books(session, now)


def _settle_apart(session: Session, payments: Payments, attempt_id: int, now: datetime) -> None:
    """What cannot be settled is left to a person, and does not keep the others waiting."""
    try:
        settle_attempt(session, payments, attempt_id, now)
    except Unavailable:  # nor would Stripe answer for the others
        raise
    except (DomainError, IntegrityError) as error:
        session.rollback()
        stuck, why = queries.attempt_by_id(session, attempt_id), type(error).__name__
        log.critical("billing.attempt_stuck", attempt=stuck.idempotency_key, error=why)
        page = stuck.stripe_session_id or "its session"
        note = f"It could not be settled ({why}). Look at {page} in Stripe."
        record_finding(session, "attempt_stuck", stuck.idempotency_key, note, now)
        session.commit()


def settle_attempt(session: Session, payments: Payments, attempt_id: int, now: datetime) -> None:
    """Bring one attempt to where Stripe says it is, and commit."""
    attempt = queries.attempt_by_id(session, attempt_id)
    checkout = queries.by_id(session, attempt.checkout_id)
    checkout_id, remote_id = checkout.id, attempt.stripe_session_id
    params, key, discount = attempt.params, attempt.idempotency_key, attempt.discount_cents
    repeatable = now - attempt.created_at < KEY_LIFE
    late = checkout.payment_state is PaymentState.PAID  # by an earlier attempt
    ask: Callable[[str], RemoteSession] = (
        payments.expire_session if late else payments.retrieve_session
    )
    session.commit()
    try:
        if remote_id is None and repeatable:
            remote_id = payments.create_session(params, key, discount).id
        remote = ask(remote_id) if remote_id else None
    except PaymentsRefused as refused:
        checkout = queries.locked(session, checkout_id)
        settling.refuse_attempt(session, checkout, attempt_id, refused)
    else:
        checkout = queries.locked(session, checkout_id)
        settling.follow_attempt(session, checkout, attempt_id, remote, now)
    session.commit()


def ask_for_events(
    session: Session,
    payments: Payments,
    settings: Settings,
    since: datetime,
    now: datetime,
    kinds: Sequence[str] = EVENTS,
) -> None:
    """Messages that never reached us, and payments that no message told of; committed."""
    events = payments.list_events(kinds, since)
    sessions = payments.list_sessions(since)
    for event in events:
        usecases.receive_event(session, event, settings, now, "backfill")
    for remote in sessions:
        if queries.id_of_reference(session, remote.client_reference_id) is None:
            _note_orphan(session, settings, remote, now)
    session.commit()


def check_books(session: Session, now: datetime) -> None:
    """Contradictions become findings; those that are gone are resolved."""
    found = {(problem.kind, problem.object_id) for problem in contradictions(session)}
    for kind, object_id in sorted(found):
        log.critical("billing.contradiction", kind=kind, about=object_id)
        record_finding(session, kind, object_id, "The books contradict each other.", now)
    for finding in open_findings(session):
        ours = finding.kind in CONTRADICTIONS
        if ours and (finding.kind, finding.object_id) not in found:
            finding.resolved_at = now


def _letter(subject: str, template: str, still: Callable[[Checkout], bool]) -> Builder:
    def build(session: Session, checkout_id: str, now: datetime) -> Letter | None:
        checkout = queries.by_id(session, int(checkout_id))
        if not still(checkout):
            return None
        credited = became_credit(session, checkout.id)
        facts = _facts(checkout) | {"credited": credited}
        return Letter(checkout.placed_by.email, subject, template, facts)

    return build


def _facts(checkout: Checkout) -> dict[str, object]:
    return {
        "name": checkout.placed_by.name,
        "employer": checkout.employer.name,
        "title": checkout.what,
        "posting_id": checkout.posting_id,
        "kind": checkout.kind.value,
        "public_id": checkout.public_id,
        "lines": [(line.description, line.unit_cents * line.quantity) for line in checkout.lines],
        "discount_cents": checkout.discount_cents,
        "tax_cents": checkout.tax_cents,
        "total_cents": checkout.total_cents,
        "paid_at": checkout.paid_at,
    }


LETTERS: dict[str, Builder] = {
    "receipt": _letter("Your receipt", "receipt", lambda it: it.payment_state is PaymentState.PAID),
    "payment_processing": _letter(
        "Your bank is confirming the payment",
        "payment_processing",
        lambda it: it.payment_state is PaymentState.PROCESSING,
    ),
    "payment_failed": _letter(
        "Your payment did not go through",
        "payment_failed",
        lambda it: it.payment_state is PaymentState.FAILED,
    ),
}
