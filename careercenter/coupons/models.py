"""Coupons and their uses. ``uses`` counts those reserved by a checkout and those used."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.database import Base

LEAST_CENTS = 50  # Stripe takes nothing smaller in dollars: what is left below it is forgiven
CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{2,29}")


def normal_code(text: str | None) -> str:
    """As it is kept, whatever way it was typed; "" for what can be no code."""
    code = unicodedata.normalize("NFKC", text or "").strip().upper()
    return code if CODE.fullmatch(code) else ""


@dataclass(frozen=True, slots=True)
class CouponTerms:
    """What staff decides. Exactly one of ``percent`` and ``amount_cents`` is given; None in the
    rest: no such limit. ``plans``: slugs, none: every plan.
    """

    code: str
    percent: int | None = None
    amount_cents: int | None = None
    most_uses: int | None = None
    each_employer: int | None = 1  # how often one employer may use it; None: always
    employer_id: int | None = None  # the only one who may
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    least_cents: int = 0  # of the purchase
    first_only: bool = False
    plans: tuple[str, ...] = ()


class Coupon(Base):
    __tablename__ = "coupon"
    __table_args__ = (
        CheckConstraint("uses >= 0", name="uses"),
        CheckConstraint("most_uses IS NULL OR uses <= most_uses", name="most_uses"),
        CheckConstraint("(percent IS NULL) <> (amount_cents IS NULL)", name="one_discount"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    percent: Mapped[int | None]
    amount_cents: Mapped[int | None]
    most_uses: Mapped[int | None]
    uses: Mapped[int] = mapped_column(default=0)
    each_employer: Mapped[int | None]
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"))
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    least_cents: Mapped[int] = mapped_column(default=0)
    first_only: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    plan_rows: Mapped[list["CouponPlan"]] = relationship(cascade="all, delete-orphan")

    @property
    def plans(self) -> frozenset[str]:
        return frozenset(row.plan for row in self.plan_rows)

    def open_at(self, now: datetime) -> bool:
        begun = self.starts_at is None or self.starts_at <= now
        return begun and (self.ends_at is None or now < self.ends_at)

    def fits(self, plan: str, cents: int, employer_id: int, now: datetime) -> bool:
        """Whether this row alone allows it; how often it was used is asked of the uses."""
        return (
            self.open_at(now)
            and (self.employer_id in (None, employer_id))
            and cents >= max(self.least_cents, 1)
            and (not self.plans or plan in self.plans)
            and (self.most_uses is None or self.uses < self.most_uses)
        )

    def discount_on(self, cents: int) -> int:
        """Of a price, never more than it. What would be left below Stripe's least is taken too."""
        wanted = self.amount_cents or (cents * (self.percent or 0) + 50) // 100
        left = max(0, cents - wanted)
        return cents - (left if left >= LEAST_CENTS else 0)


class CouponPlan(Base):
    """A plan that a coupon is for."""

    __tablename__ = "coupon_plan"

    coupon_id: Mapped[int] = mapped_column(ForeignKey("coupon.id"), primary_key=True)
    plan: Mapped[str] = mapped_column(String(40), primary_key=True)  # its slug


class UseState(StrEnum):
    RESERVED = "reserved"  # by a checkout that is not paid
    USED = "used"
    RELEASED = "released"  # the checkout came to nothing


COUNTED = (UseState.RESERVED, UseState.USED)


class CouponUse(Base):
    __tablename__ = "coupon_use"
    __table_args__ = (Index("ix_coupon_use_of", "coupon_id", "employer_id"),)

    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"), primary_key=True)
    coupon_id: Mapped[int] = mapped_column(ForeignKey("coupon.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    state: Mapped[UseState]

    coupon: Mapped[Coupon] = relationship()
