"""Publishing without paying: by a credit, in a slot, or free of charge.

Rows are locked by the caller, in the order that ``billing.queries`` states.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.billing import queries as billing
from careercenter.billing.models import Checkout
from careercenter.billing.placing import Purchase, place_checkout
from careercenter.billing.settling import give_unpaid
from careercenter.billing.usecases import IN_DOUBT, ON_HOLD, OWES, UNDER_WAY, check_may_act
from careercenter.copies.usecases import refuse_repost
from careercenter.credits.models import EntryReason
from careercenter.credits.queries import count_spent
from careercenter.credits.usecases import take_credits
from careercenter.employers.models import Employer, Member
from careercenter.errors import Conflict, Forbidden, Invalid
from careercenter.periods.queries import count_periods, renewing
from careercenter.periods.usecases import add_period, add_renewal
from careercenter.plans.models import PlanKind
from careercenter.plans.queries import usual_days
from careercenter.postings.models import Posting, PostingStatus
from careercenter.publishing.queries import free_plan
from careercenter.slots.queries import running_of, slots_left

NO_SLOT = "None of your slots is free. Close a posting that has one, or choose a larger plan."
NOT_FREE = "The free plan is not open to this posting just now."


def spend_credit(session: Session, employer: Employer, posting: Posting, now: datetime) -> None:
    """Submit a posting, or renew it, without paying, for the days that were bought with the credit.

    Raises ``Invalid`` without one.
    """
    check_nothing_pending(session, employer, posting, now)
    renews = renewing(session, posting, now)
    if not renews:
        refuse_repost(session, posting, now)
    if posting.status not in (PostingStatus.DRAFT, PostingStatus.CHECKOUT) and not renews:
        posting.open_checkout()
    ref = f"spend:posting:{posting.id}:{1 + count_spent(session, posting.id)}"
    taken = take_credits(session, employer, 1, EntryReason.SPENT, ref, now, posting_id=posting.id)
    add = add_renewal if renews else add_period
    add(session, posting, ref, taken[0].days or usual_days(session), now)


def take_slot(session: Session, employer: Employer, posting: Posting, now: datetime) -> None:
    """Submit a posting, or renew it, in a slot of the employer's subscription.

    The employer is locked, so that of two who want the last slot one gets it. Raises ``Invalid``
    where none is free.
    """
    check_nothing_pending(session, employer, posting, now)
    subscription = running_of(session, employer.id)
    if subscription is None or not slots_left(session, employer.id, now, posting.id):
        raise Invalid(NO_SLOT)
    renews = renewing(session, posting, now)
    if not renews:
        refuse_repost(session, posting, now)
    if posting.status not in (PostingStatus.DRAFT, PostingStatus.CHECKOUT) and not renews:
        posting.open_checkout()
    ref = f"slot:{subscription.id}:posting:{posting.id}:{1 + count_periods(session, posting.id)}"
    add = add_renewal if renews else add_period
    add(session, posting, ref, subscription.days, now, subscription_id=subscription.id)


def check_nothing_pending(
    session: Session, employer: Employer, posting: Posting, now: datetime
) -> None:
    """Raises ``Conflict`` while money for this posting may still bring days of its own."""
    if employer.suspended_at is not None:
        raise Forbidden(ON_HOLD)
    if employer.owes_at is not None:
        raise Forbidden(OWES)
    if billing.attempt_under_way(session, posting.id) is not None:
        raise Conflict(UNDER_WAY)
    if billing.money_undecided(session, posting.id):
        raise Conflict(IN_DOUBT)


def publish_free(session: Session, posting: Posting, member: Member, now: datetime) -> Checkout:
    """Submit a posting under the free plan. Its employer is locked, so that of two at once one is
    the open one. Raises ``Invalid`` where the rules do not give it.
    """
    check_may_act(member)
    check_nothing_pending(session, member.employer, posting, now)
    plan = free_plan(session, member.employer, posting, now)
    if plan is None:
        raise Invalid(NOT_FREE)
    refuse_repost(session, posting, now)
    if posting.status not in (PostingStatus.DRAFT, PostingStatus.CHECKOUT):
        posting.open_checkout()
    checkout = place_checkout(session, Purchase(plan, posting, PlanKind.FREE), member, 0, now)
    give_unpaid(session, checkout, now)
    return checkout
