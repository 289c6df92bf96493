"""Making coupons, and taking, using and giving back one use of them.

``coupon.uses`` is counted up by a statement that fails when none is left, so that of two who want
the last one exactly one gets it; its row stays locked until the end of the transaction.
"""

from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from careercenter.accounts.models import User
from careercenter.coupons import queries
from careercenter.coupons.models import (
    Coupon,
    CouponPlan,
    CouponTerms,
    CouponUse,
    UseState,
)
from careercenter.errors import Invalid

NOT_VALID = "That code isn't valid for this order."
TAKEN = "There is a coupon with this code already."


def create_coupon(session: Session, terms: CouponTerms, staff: User, now: datetime) -> Coupon:
    """Raises ``Invalid`` for a code that is taken."""
    if queries.by_code(session, terms.code) is not None:
        raise Invalid(TAKEN, "code")
    coupon = Coupon(
        code=terms.code,
        percent=terms.percent,
        amount_cents=terms.amount_cents,
        most_uses=terms.most_uses,
        uses=0,
        each_employer=terms.each_employer,
        employer_id=terms.employer_id,
        starts_at=terms.starts_at,
        ends_at=terms.ends_at,
        least_cents=terms.least_cents,
        first_only=terms.first_only,
        created_at=now,
        created_by_id=staff.id,
        plan_rows=[CouponPlan(plan=slug) for slug in terms.plans],
    )
    session.add(coupon)
    session.flush()
    return coupon


def end_coupon(coupon: Coupon, now: datetime) -> None:
    """Nobody begins a purchase with it any more. What was begun goes on."""
    if coupon.ends_at is None or coupon.ends_at > now:
        coupon.ends_at = now


def find_coupon(
    session: Session, code: str, plan: str, cents: int, employer_id: int, now: datetime
) -> Coupon:
    """The coupon, if it is good for this. Raises ``Invalid``, alike for every cause.

    Whether it is the employer's first purchase is for the caller to ask.
    """
    coupon = queries.by_code(session, code) if code else None
    if coupon is None or not coupon.fits(plan, cents, employer_id, now):
        raise Invalid(NOT_VALID, "code")
    if not _one_left(session, coupon, employer_id):
        raise Invalid(NOT_VALID, "code")
    return coupon


def reserve(session: Session, coupon: Coupon, employer_id: int, checkout_id: int) -> None:
    """One use, for a checkout that is begun. Raises ``Invalid`` where another took the last."""
    if not _take(session, coupon) or not _one_left(session, coupon, employer_id):
        raise Invalid(NOT_VALID, "code")
    session.add(
        CouponUse(
            checkout_id=checkout_id,
            coupon_id=coupon.id,
            employer_id=employer_id,
            state=UseState.RESERVED,
        )
    )
    session.flush()


def use(session: Session, checkout_id: int) -> bool:
    """The checkout was paid. False: its use had been given back and another has it now."""
    found = queries.use_of(session, checkout_id)
    if found is None:
        return True
    late = found.state is UseState.RELEASED
    if late and not _take(session, found.coupon):
        return False
    found.state = UseState.USED
    return True


def release(session: Session, checkout_id: int) -> None:
    """The checkout came to nothing. A second time changes nothing."""
    found = queries.use_of(session, checkout_id)
    if found is None or found.state is not UseState.RESERVED:
        return
    found.state = UseState.RELEASED
    session.execute(update(Coupon).where(Coupon.id == found.coupon_id).values(uses=Coupon.uses - 1))
    session.flush()


def _take(session: Session, coupon: Coupon) -> bool:
    free = or_(Coupon.most_uses.is_(None), Coupon.uses < Coupon.most_uses)
    taken = update(Coupon).where(Coupon.id == coupon.id, free).values(uses=Coupon.uses + 1)
    return bool(session.execute(taken).rowcount)  # type: ignore[attr-defined]


def _one_left(session: Session, coupon: Coupon, employer_id: int) -> bool:
    if coupon.each_employer is None:
        return True
    return queries.count_uses(session, coupon.id, employer_id) < coupon.each_employer
