"""Following a dispute. The rule, which the page about money tells in words:

An inquiry changes nothing. While a bank decides, a listing is paused and unspent credits are kept
back; what is not on the board yet waits as a credit that is kept back too. Won: everything goes on,
with the days that were lost. Lost: what was kept is gone, as the money is.

The checkout is locked by the caller.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing.models import Checkout, DisputeState, FulfilmentState, Payment
from careercenter.credits.models import EntryReason
from careercenter.credits.usecases import give_credits, take_credits
from careercenter.disputes.models import Dispute, RemoteDispute
from careercenter.employers import queries as employers
from careercenter.findings.usecases import close_finding, record_finding
from careercenter.periods.usecases import go_on
from careercenter.postings.models import PostingStatus
from careercenter.refunds import goods
from careercenter.refunds.queries import payments_of

REMINDERS = (timedelta(days=5), timedelta(days=2), timedelta(days=1))  # before evidence is due
D = DisputeState
NOT_ON_BOARD = frozenset({PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED})


def note_dispute(
    session: Session,
    checkout: Checkout,
    payment: Payment,
    remote: RemoteDispute,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Make our rows agree with Stripe's. Any number of times, in any order."""
    dispute = session.get(Dispute, remote.id) or _learn(session, checkout, payment, remote, now)
    dispute.status, dispute.due_at = remote.status, remote.due_at
    if not remote.status.endswith("needs_response"):
        close_finding(session, "dispute_due", remote.id, now)
    before, state = dispute.state, remote.state
    if state is before or dispute.closed_at is not None:
        return
    dispute.state = checkout.dispute_state = state
    if payments_of(session, checkout.id)[0] is payment:  # a second one never bought anything
        _follow(session, dispute, before, zone, now)
    if state in (D.WON, D.LOST):
        dispute.closed_at = now
        close_finding(session, "dispute", remote.id, now)
    if state is D.LOST:
        note = f"The payment of {checkout.public_id} was lost. Look at its employer."
        record_finding(session, "dispute_lost", remote.id, note, now)
    if state is not D.INQUIRY:
        name = f"disputed:{remote.id}:{state.value}"
        outbox.send_email(session, "payment_disputed", remote.id, now, name)
    session.flush()


def _follow(
    session: Session, dispute: Dispute, before: DisputeState, zone: ZoneInfo, now: datetime
) -> None:
    if dispute.state in (D.OPEN, D.LOST) and before is not D.OPEN:
        _hold(session, dispute, zone, now)
    if dispute.state is D.LOST:
        _lose(session, dispute.checkout, zone, now)
    elif dispute.state is D.WON and before is D.OPEN:
        _resume(session, dispute, zone, now)


def _hold(session: Session, dispute: Dispute, zone: ZoneInfo, now: datetime) -> None:
    checkout, posting = dispute.checkout, dispute.checkout.posting
    if checkout.fulfilment_state is not FulfilmentState.FULFILLED:
        return
    employer = goods.lock_goods(session, checkout)
    left = goods.unspent_of(session, checkout)
    kept = dispute.kept_credits = sum(it.left for it in left)
    if kept:
        reason, ref = EntryReason.DISPUTED, f"dispute:{dispute.stripe_dispute_id}"
        about = checkout.id
        take_credits(session, employer, kept, reason, ref, now, checkout_id=about, among=left)
    if posting is not None and not checkout.renews and goods.has_days(session, checkout, now):
        if posting.is_live(now):
            posting.pause(now)
            dispute.paused = True
            outbox.index_posting(session, posting)
        elif posting.status in NOT_ON_BOARD:
            dispute.ended_listing = goods.end_listing(session, checkout, zone, now)
    checkout.fulfilment_state = FulfilmentState.HELD


def _resume(session: Session, dispute: Dispute, zone: ZoneInfo, now: datetime) -> None:
    checkout, posting = dispute.checkout, dispute.checkout.posting
    if checkout.fulfilment_state is not FulfilmentState.HELD or checkout.fulfilled_at is None:
        return
    checkout.fulfilment_state = FulfilmentState.FULFILLED
    count = dispute.kept_credits + dispute.ended_listing
    if count:
        employer, days = employers.locked(session, checkout.employer_id), checkout.lines[0].days
        reason, ref = EntryReason.DISPUTED, f"dispute:{dispute.stripe_dispute_id}:won"
        give_credits(session, employer, count, days, reason, ref, now, checkout_id=checkout.id)
    if dispute.paused and posting is not None and posting.status is PostingStatus.PAUSED:
        posting.resume(go_on(session, posting, now, zone))
        outbox.index_posting(session, posting)


def _lose(session: Session, checkout: Checkout, zone: ZoneInfo, now: datetime) -> None:
    if checkout.fulfilment_state is FulfilmentState.HELD and checkout.fulfilled_at is not None:
        checkout.fulfilment_state = FulfilmentState.REVOKED
        goods.end_listing(session, checkout, zone, now)


def _learn(
    session: Session, checkout: Checkout, payment: Payment, remote: RemoteDispute, now: datetime
) -> Dispute:
    dispute = Dispute(
        stripe_dispute_id=remote.id,
        checkout=checkout,
        payment_intent_id=payment.payment_intent_id,
        state=D.NONE,
        status=remote.status,
        reason=remote.reason,
        amount_cents=remote.amount_cents,
        due_at=remote.due_at,
        kept_credits=0,
        paused=False,
        ended_listing=False,
        created_at=now,
    )
    session.add(dispute)
    session.flush()
    why = remote.reason.replace("_", " ")
    note = f"The payer disputes ${remote.amount_cents / 100:,.2f} ({why})."
    record_finding(session, "dispute", remote.id, note, now)
    for before in REMINDERS:
        if remote.due_at and remote.due_at - before > now:
            name = f"remind_dispute:{remote.id}:{before.days}"
            outbox.later(session, "remind_dispute", remote.id, remote.due_at - before, name)
    return dispute


def remind(session: Session, dispute: Dispute, now: datetime) -> None:
    """Its evidence is due soon: a person must look, until it was sent."""
    if dispute.asks and dispute.due_at is not None:
        note = f"Its evidence is due by {dispute.due_at:%Y-%m-%d %H:%M} UTC."
        record_finding(session, "dispute_due", dispute.stripe_dispute_id, note, now)
