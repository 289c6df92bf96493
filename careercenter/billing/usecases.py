"""Beginning a purchase, using a credit, and keeping what Stripe sends.

Rows are locked by the caller, in the order that ``billing.queries`` states.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing import queries
from careercenter.billing.gateway import OFF, RemoteEvent
from careercenter.billing.models import (
    SETTLED,
    AttemptState,
    Checkout,
    EventState,
    PaymentAttempt,
    PaymentState,
    StripeEvent,
)
from careercenter.billing.placing import Purchase, add_attempt, place_checkout
from careercenter.config import Settings
from careercenter.copies.usecases import refuse_repost
from careercenter.credits.models import EntryReason
from careercenter.credits.queries import count_spent
from careercenter.credits.usecases import change_credits
from careercenter.database import insert_once
from careercenter.employers.models import Employer, Member
from careercenter.errors import Conflict, Forbidden, Invalid, Unavailable
from careercenter.periods import queries as periods
from careercenter.periods.usecases import add_period, add_renewal
from careercenter.plans.models import OF_LIVE_POSTINGS, PlanKind
from careercenter.plans.queries import posting_plan
from careercenter.postings.models import Posting, PostingStatus

ON_HOLD = "Your account is on hold. Contact support."
NO_CREDITS = "You have no posting credits left."
USUAL_DAYS = 30  # a credit buys these where single postings are not sold
NOT_SOLD = "That product isn't available."
IN_DOUBT = "A payment for this posting is being checked. Wait for the answer before using a credit."
UNDER_WAY = "A payment for this posting is under way. Finish it or cancel it first."


def start_checkout(
    session: Session, purchase: Purchase, member: Member, settings: Settings, now: datetime
) -> Checkout:
    """The checkout to go on with. Its live attempt is the one under way, or a new row that stands
    before any call.

    Raises ``Forbidden``, ``Unavailable``, ``AlreadyPaid``, ``Invalid`` for what is not sold, and
    ``Conflict`` where there is nothing to pay.
    """
    check_may_buy(member, settings)
    checkout = queries.newest_like(session, member.employer_id, purchase)
    if checkout is not None and queries.pays_for(checkout, purchase):
        raise AlreadyPaid(checkout.public_id)
    if purchase.kind is PlanKind.POSTING and purchase.posting is not None:
        refuse_repost(session, purchase.posting, now)
    under_way = checkout.live_attempt() if checkout else None
    if checkout and under_way is not None and under_way.usable(now):
        return checkout
    if under_way is not None:
        _abandon(session, under_way)
    if checkout is None or not _can_go_on(checkout, purchase):
        checkout = _place(session, purchase, member, now)
    checkout.move_payment(PaymentState.AWAITING)
    if purchase.kind is PlanKind.POSTING:
        open_posting(purchase.posting)
    add_attempt(session, checkout, settings, now)
    return checkout


class AlreadyPaid(Conflict):
    """The posting has been paid for, or its payment is on its way."""

    def __init__(self, public_id: str) -> None:
        super().__init__()
        self.public_id = public_id


def check_may_buy(member: Member, settings: Settings) -> None:
    check_may_act(member)
    if not settings.stripe_secret_key:
        raise Unavailable(OFF, 3600)


def check_may_act(member: Member) -> None:
    """Whether they may have anything of the board's at all, paid for or not."""
    if not member.user.confirmed:
        raise Forbidden("Verify your email first.")
    if member.employer.suspended_at is not None:
        raise Forbidden(ON_HOLD)


def open_posting(posting: Posting | None) -> None:
    """Its purchase begins, or goes on."""
    if posting is not None and posting.status is not PostingStatus.CHECKOUT:
        posting.open_checkout()


def _place(session: Session, purchase: Purchase, member: Member, now: datetime) -> Checkout:
    plan, posting = purchase.plan, purchase.posting
    if not plan.on_sale or plan.kind is PlanKind.FREE:
        raise Invalid(NOT_SOLD)
    if purchase.kind in OF_LIVE_POSTINGS and not (posting and posting.is_live(now)):
        raise Conflict
    return place_checkout(session, purchase, member, now)


def _can_go_on(checkout: Checkout, purchase: Purchase) -> bool:
    """Whether another attempt can pay it, at the price of today."""
    line = checkout.lines[0]
    unpaid = checkout.payment_state not in SETTLED
    same = (line.plan, line.edition) == (purchase.plan.slug, purchase.plan.edition)
    return unpaid and same and purchase.plan.on_sale


def _abandon(session: Session, attempt: PaymentAttempt) -> None:
    """Give up a call that was never answered. A page that is open must be ended first."""
    if attempt.state is not AttemptState.CREATING:
        raise Conflict(UNDER_WAY)
    attempt.state = AttemptState.ABANDONED
    session.flush()  # only one attempt may be live


def spend_credit(
    session: Session, employer: Employer, posting: Posting, now: datetime, days: int | None = None
) -> None:
    """Submit a posting, or renew it, without paying. Raises ``Invalid`` without a credit.

    ``days``: None for as many as a single posting has.
    """
    check_nothing_pending(session, employer, posting, now)
    if employer.credit_balance < 1:
        raise Invalid(NO_CREDITS)
    renews = periods.renewing(session, posting, now)
    if not renews:
        refuse_repost(session, posting, now)
    if posting.status not in (PostingStatus.DRAFT, PostingStatus.CHECKOUT) and not renews:
        posting.open_checkout()
    ref = f"spend:posting:{posting.id}:{1 + count_spent(session, posting.id)}"
    change_credits(session, employer, -1, EntryReason.SPENT, ref, now, posting_id=posting.id)
    add = add_renewal if renews else add_period
    plan = posting_plan(session)
    add(session, posting, ref, days or (plan.days if plan else USUAL_DAYS), now)


def check_nothing_pending(
    session: Session, employer: Employer, posting: Posting, now: datetime
) -> None:
    """Raises ``Conflict`` while money for this posting may still bring days of its own."""
    if employer.suspended_at is not None:
        raise Forbidden(ON_HOLD)
    if queries.attempt_under_way(session, posting.id) is not None:
        raise Conflict(UNDER_WAY)
    if queries.money_undecided(session, posting.id):
        raise Conflict(IN_DOUBT)


def receive_event(
    session: Session, event: RemoteEvent, settings: Settings, now: datetime, via: str = "webhook"
) -> None:
    """Keep a message and promise to act on it. One that is known changes nothing."""
    ours = event.livemode is not settings.test_money
    values = {
        "id": event.id,
        "type": event.type,
        "object_id": event.object_id,
        "livemode": event.livemode,
        "state": EventState.NEW if ours else EventState.IGNORED,
        "via": via,
        "received_at": now,
    }
    if insert_once(session, StripeEvent, values) and ours:
        outbox.later(session, "stripe_event", event.id, now, f"stripe_event:{event.id}")
