"""Asking what may be done with a posting."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.billing import queries as billing
from careercenter.billing.models import Checkout, PaymentState
from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import IN_DOUBT, UNDER_WAY, check_may_act, discount_on
from careercenter.credits.queries import count_usable
from careercenter.employers.models import Employer, Member
from careercenter.errors import Forbidden, Invalid
from careercenter.periods.queries import open_free_posting, renewing
from careercenter.plans.models import Plan, PlanKind
from careercenter.plans.queries import on_sale, posting_plan
from careercenter.postings.models import Apprentice, Posting, PostingStatus
from careercenter.publishing.models import Entitlement
from careercenter.slots.queries import slots_left
from careercenter.verification.queries import facts_of

UNPAID = frozenset({PaymentState.AWAITING, PaymentState.EXPIRED})
NOTHING_TO_DO = "There is nothing to publish: it is on the board, or on its way there."


def entitlement_of(
    session: Session,
    member: Member,
    posting: Posting,
    payments_on: bool,
    code: str,
    now: datetime,
) -> Entitlement:
    """For the employer's own posting. ``code``: of a coupon; one that does not fit is left out."""
    purchase = days_for(session, posting, now)
    renews = purchase is not None and purchase.kind is PlanKind.EXTENSION
    discount = _discount(session, purchase, code, member.employer_id, now)
    return Entitlement(
        purchase=purchase,
        free=None if renews else free_plan(session, member.employer, posting, now),
        balance=count_usable(session, member.employer_id, now),
        slots_left=slots_left(session, member.employer_id, now, posting.id),
        payments_on=payments_on,
        discount_cents=discount,
        code=code if discount else "",
        refusal=_refusal(session, member, posting, now),
    )


def _discount(
    session: Session, purchase: Purchase | None, code: str, employer_id: int, now: datetime
) -> int:
    if purchase is None or not code:
        return 0
    try:
        return discount_on(session, replace(purchase, code=code), employer_id, now)
    except Invalid:
        return 0


def days_for(session: Session, posting: Posting, now: datetime) -> Purchase | None:
    """Days for it: to go on the board, or to stay. None where none are sold."""
    plan = posting_plan(session)
    renews = renewing(session, posting, now)
    kind = PlanKind.EXTENSION if renews else PlanKind.POSTING
    return Purchase(plan, posting, kind) if plan else None


def free_plan(session: Session, employer: Employer, posting: Posting, now: datetime) -> Plan | None:
    """For a checked employer: a non-profit's posting, or one that welcomes apprentices, as long as
    no other of its free postings is open. Asked under the employer's lock it cannot be raced.
    """
    plan = next(iter(on_sale(session, PlanKind.FREE)), None)
    if plan is None or open_free_posting(session, employer.id, posting.id, now):
        return None
    if employer.nonprofit_at is not None:
        return plan
    welcome = posting.apprentice is Apprentice.YES
    return plan if welcome and facts_of(session, employer).any else None


def _refusal(session: Session, member: Member, posting: Posting, now: datetime) -> str:
    try:
        check_may_act(member)
    except Forbidden as refused:
        return str(refused)
    if billing.attempt_under_way(session, posting.id) is not None:
        return UNDER_WAY
    if billing.money_undecided(session, posting.id):
        return IN_DOUBT
    return "" if billing.payable(session, posting, now) else NOTHING_TO_DO


def left_unfinished(session: Session, posting_id: int) -> Checkout | None:
    """The last purchase of days for it, where its page ran out and the posting waits still."""
    newest = (
        select(Checkout)
        .where(Checkout.posting_id == posting_id, Checkout.kind == PlanKind.POSTING)
        .order_by(Checkout.id.desc())
    )
    checkout = session.scalars(newest.limit(1)).first()
    if checkout is None or checkout.posting is None:
        return None
    waits = checkout.posting.status in (PostingStatus.DRAFT, PostingStatus.CHECKOUT)
    return checkout if waits and checkout.payment_state in UNPAID else None
