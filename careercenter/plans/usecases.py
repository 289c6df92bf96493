"""Changing what the board sells."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.database import insert_once
from careercenter.errors import Conflict
from careercenter.plans.models import FIRST_PLANS, Plan, PlanTerms


def add_first_plans(session: Session, now: datetime) -> None:
    """What a new board sells. Those that are there already stay as they are."""
    for position, first in enumerate(FIRST_PLANS):
        row = {"slug": first.slug, "edition": 1, "kind": first.kind, "position": position}
        row |= {"months": first.months}
        insert_once(session, Plan, row | asdict(first.terms) | {"created_at": now})


def edit_plan(
    session: Session, plan: Plan, seen: int, terms: PlanTerms, editor: User, now: datetime
) -> Plan:
    """A new version, sold from now on. ``seen``: the edition that the editor looked at.

    Raises ``Conflict`` if that is not the newest.
    """
    if plan.edition != seen:
        raise Conflict
    row = {"slug": plan.slug, "edition": seen + 1, "kind": plan.kind, "position": plan.position}
    row |= {"months": plan.months}
    made = row | asdict(terms) | {"created_at": now, "edited_by_id": editor.id}
    if not insert_once(session, Plan, made):
        raise Conflict
    return session.query(Plan).filter_by(slug=plan.slug, edition=seen + 1).one()
