"""Plans. A change is a new row, so that what was bought keeps the terms it was bought under."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base


class PlanKind(StrEnum):
    """What a plan brings. Nothing else of it depends on the kind but the goods."""

    POSTING = "posting"  # days on the board for one posting, after review
    BUNDLE = "bundle"  # credits
    EXTENSION = "extension"  # more days for a posting that is live
    FEATURE = "feature"  # a live posting is shown in the place for featured ones
    SUBSCRIPTION = "subscription"  # slots: so many postings live at a time, each month
    FREE = "free"  # days on the board for those whom the rules name


OF_LIVE_POSTINGS = frozenset({PlanKind.EXTENSION, PlanKind.FEATURE})
WITHOUT_POSTING = frozenset({PlanKind.BUNDLE, PlanKind.SUBSCRIPTION})


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What finance staff may change of a plan. ``price_cents`` of a subscription: each period."""

    name: str
    price_cents: int
    days: int  # each posting's on the board, or those it is featured
    credits: int = 0  # of a bundle
    slots: int = 0  # of a subscription
    credits_last_days: int | None = None  # None: they never expire
    on_sale: bool = True


class Plan(Base):
    """One version of a plan; the newest of a ``slug`` is the one that is sold."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("slug", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40))
    edition: Mapped[int]  # from 1
    kind: Mapped[PlanKind]
    position: Mapped[int]  # on the page with the prices
    name: Mapped[str] = mapped_column(String(80))
    price_cents: Mapped[int]
    days: Mapped[int]
    credits: Mapped[int] = mapped_column(default=0)
    slots: Mapped[int] = mapped_column(default=0)
    months: Mapped[int] = mapped_column(default=0)  # of a subscription's period: 1 or 12
    credits_last_days: Mapped[int | None]
    on_sale: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    @property
    def terms(self) -> PlanTerms:
        return PlanTerms(
            self.name,
            self.price_cents,
            self.days,
            self.credits,
            self.slots,
            self.credits_last_days,
            self.on_sale,
        )

    @property
    def each_cents(self) -> int:
        """What one posting of it costs, rounded up to the cent."""
        return -(-self.price_cents // (self.credits or self.slots or 1))

    @property
    def period(self) -> str:
        """How often a subscription is paid."""
        return "year" if self.months == 12 else "month"

    @property
    def description(self) -> str:
        """As it stands on a receipt."""
        if self.kind is PlanKind.BUNDLE:
            return f"{self.name}: {self.credits} posting credits of {self.days} days"
        if self.kind is PlanKind.SUBSCRIPTION:
            return f"{self.name}: {self.slots} live postings at a time, each {self.period}"
        return f"{self.name}, {self.days} days"


@dataclass(frozen=True, slots=True)
class FirstPlan:
    slug: str
    kind: PlanKind
    terms: PlanTerms
    months: int = 0


K = PlanKind
# What a new board sells until its finance staff says otherwise.
FIRST_PLANS = (
    FirstPlan("single-posting", K.POSTING, PlanTerms("Job posting", 24_900, 30)),
    FirstPlan("bundle-3", K.BUNDLE, PlanTerms("Three postings", 67_200, 30, 3)),
    FirstPlan("bundle-5", K.BUNDLE, PlanTerms("Five postings", 104_500, 30, 5)),
    FirstPlan("bundle-10", K.BUNDLE, PlanTerms("Ten postings", 189_000, 30, 10)),
    FirstPlan("slots-3", K.SUBSCRIPTION, PlanTerms("Three slots", 49_900, 30, slots=3), 1),
    FirstPlan("slots-10", K.SUBSCRIPTION, PlanTerms("Ten slots", 139_000, 30, slots=10), 1),
    FirstPlan("slots-3-year", K.SUBSCRIPTION, PlanTerms("Three slots", 499_000, 30, slots=3), 12),
    FirstPlan("slots-10-year", K.SUBSCRIPTION, PlanTerms("Ten slots", 1_390_000, 30, slots=10), 12),
    FirstPlan("extension-15", K.EXTENSION, PlanTerms("Extension", 12_500, 15)),
    FirstPlan("extension-30", K.EXTENSION, PlanTerms("Extension", 22_500, 30)),
    FirstPlan("featured-7", K.FEATURE, PlanTerms("Featured", 4_900, 7)),
    FirstPlan("featured-14", K.FEATURE, PlanTerms("Featured", 8_900, 14)),
    FirstPlan("featured-30", K.FEATURE, PlanTerms("Featured", 15_900, 30)),
    FirstPlan("free", K.FREE, PlanTerms("Free posting", 0, 30)),
)
