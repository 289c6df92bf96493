"""Finding coupons, and how often they were used."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careercenter.coupons.models import COUNTED, Coupon, CouponUse
from careercenter.database import Page, paginate


def by_code(session: Session, code: str) -> Coupon | None:
    return session.scalars(select(Coupon).where(Coupon.code == code)).one_or_none()


def by_id(session: Session, coupon_id: int) -> Coupon:
    return session.get_one(Coupon, coupon_id)


def page(session: Session, number: int) -> Page[Coupon]:
    """The newest first."""
    return paginate(session, select(Coupon).order_by(Coupon.id.desc()), number)


def count_uses(session: Session, coupon_id: int, employer_id: int) -> int:
    """By one employer."""
    mine = (
        CouponUse.coupon_id == coupon_id,
        CouponUse.employer_id == employer_id,
        CouponUse.state.in_(COUNTED),
    )
    return session.scalar(select(func.count()).select_from(CouponUse).where(*mine)) or 0


def has_used_any(session: Session, employer_id: int) -> bool:
    """Whether a purchase was made with any coupon, or is begun with one and not given up."""
    used = (CouponUse.employer_id == employer_id, CouponUse.state.in_(COUNTED))
    return session.scalar(select(CouponUse.checkout_id).where(*used).limit(1)) is not None


def use_of(session: Session, checkout_id: int) -> CouponUse | None:
    return session.get(CouponUse, checkout_id)
