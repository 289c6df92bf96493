"""What is offered for a posting that is live."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter.plans.models import OF_LIVE_POSTINGS, Plan, PlanKind
from careercenter.plans.queries import on_sale
from careercenter.postings.models import Posting

FURTHEST = timedelta(days=180)  # from now, that days may be bought ahead


def offered(session: Session, posting: Posting, now: datetime) -> Sequence[Plan]:
    """None for what is not live; no days that its closing date or the board's limit would cut."""
    if not posting.is_live(now):
        return ()
    plans = on_sale(session, *OF_LIVE_POSTINGS)
    return [plan for plan in plans if plan.kind is PlanKind.FEATURE or _fits(posting, plan, now)]


def _fits(posting: Posting, plan: Plan, now: datetime) -> bool:
    if posting.expires_at is None or _closes(posting, posting.expires_at):
        return False
    return posting.expires_at + timedelta(days=plan.days) <= now + FURTHEST


def _closes(posting: Posting, at: datetime) -> bool:
    return posting.closes_on is not None and posting.closes_on <= at.date()
