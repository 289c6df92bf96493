"""What an employer may do with one posting now, and what it takes: one object answers."""

from dataclasses import dataclass
from enum import StrEnum

from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import NOT_SOLD
from careercenter.credits.usecases import NO_CREDITS
from careercenter.plans.models import Plan, PlanKind


class Way(StrEnum):
    """How a posting gets its days. They are offered in this order."""

    FREE = "free"
    CREDIT = "credit"
    SLOT = "slot"
    CHECKOUT = "checkout"


@dataclass(frozen=True, slots=True)
class Cost:
    way: Way
    cents: int = 0
    credits: int = 0


@dataclass(frozen=True, slots=True)
class Entitlement:
    """``purchase``: what a checkout would buy; None where single postings are not sold.

    ``free``: the free plan, where the rules give it to this posting. ``refusal``: why nothing may
    be done at all.
    """

    purchase: Purchase | None
    free: Plan | None = None
    balance: int = 0
    slots_left: int = 0
    payments_on: bool = True
    refusal: str = ""
    discount_cents: int = 0  # of a coupon that was applied
    code: str = ""

    @property
    def renews(self) -> bool:
        return self.purchase is not None and self.purchase.kind is PlanKind.EXTENSION

    @property
    def ways(self) -> tuple[Way, ...]:
        """Those that are open, the first to be taken first."""
        found = {
            Way.FREE: self.free is not None,
            Way.CREDIT: self.balance > 0,
            Way.SLOT: self.slots_left > 0,
            Way.CHECKOUT: self.purchase is not None and (self.payments_on or not self.due_cents),
        }
        return () if self.refusal else tuple(way for way, fine in found.items() if fine)

    @property
    def may_publish(self) -> bool:
        return bool(self.ways)

    @property
    def why_not(self) -> str:
        """In a sentence; empty where it may be published."""
        if self.may_publish:
            return ""
        return self.refusal or (NO_CREDITS if self.purchase else NOT_SOLD)

    @property
    def what_would_it_cost(self) -> Cost | None:
        """By the first way that is open; None where there is none."""
        for way in self.ways:
            return Cost(way, self.due_cents * (way is Way.CHECKOUT), int(way is Way.CREDIT))
        return None

    @property
    def due_cents(self) -> int:
        """What a checkout costs, before tax."""
        price = self.purchase.plan.price_cents if self.purchase else 0
        return price - self.discount_cents
