"""Finding out whether the money is right: rows that contradict each other."""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from careercenter.billing.models import (
    SETTLED,
    Checkout,
    CheckoutLine,
    DisputeState,
    FulfilmentState,
    Payment,
    PaymentState,
)
from careercenter.coupons.models import COUNTED, Coupon, CouponUse
from careercenter.credits.models import LedgerEntry
from careercenter.employers.models import Employer
from careercenter.featuring.models import FeaturedPeriod
from careercenter.periods.models import ListingPeriod
from careercenter.slots.models import Subscription


@dataclass(frozen=True, slots=True)
class Problem:
    """Rows of money that contradict each other."""

    kind: str
    object_id: str


def contradictions(session: Session) -> list[Problem]:
    """Whatever breaks the promises about money; an empty list when all is well."""
    return [Problem(*row) for row in session.execute(_all_of_them())]


def _all_of_them() -> CompoundSelect[str, str]:
    """In one statement, for a page asks for them too."""
    rows = [(kind, broken.subquery()) for kind, broken in CONTRADICTIONS.items()]
    return union_all(*(select(literal(kind), cast(broken.c[0], String)) for kind, broken in rows))


def _goods_ref() -> ColumnElement[str]:
    """What stands in ``source_ref`` or ``ref`` of what a checkout's line gave."""
    checkout_id, n = cast(CheckoutLine.checkout_id, String), cast(CheckoutLine.n, String)
    return literal("checkout:") + checkout_id + literal(":") + n


def _count_goods() -> ColumnElement[int]:
    refs = (FeaturedPeriod.source_ref, Subscription.source_ref, LedgerEntry.ref)
    counts = [
        select(func.count()).where(ref == _goods_ref()).correlate(CheckoutLine).scalar_subquery()
        for ref in (ListingPeriod.source_ref, *refs)
    ]
    return counts[0] + counts[1] + counts[2] + counts[3]


_PAID = Checkout.payment_state == PaymentState.PAID
_SETTLED = Checkout.payment_state.in_(SETTLED)
_GIVEN = Checkout.fulfilment_state == FulfilmentState.FULFILLED
_TRUSTED = Checkout.payment_state == PaymentState.INVOICED
_WITHOUT_GOODS = or_(
    Checkout.fulfilment_state == FulfilmentState.NONE,
    (Checkout.fulfilment_state == FulfilmentState.HELD)
    & (Checkout.dispute_state != DisputeState.OPEN),
)
_LINES = select(Checkout.public_id).join(CheckoutLine)
_BALANCE = (
    select(func.coalesce(func.sum(LedgerEntry.delta), 0))
    .where(LedgerEntry.employer_id == Employer.id)
    .scalar_subquery()
)
_gone = aliased(LedgerEntry)
_LEFT = LedgerEntry.delta + (
    select(func.coalesce(func.sum(_gone.delta), 0))
    .where(_gone.taken_from_id == LedgerEntry.id)
    .scalar_subquery()
)
_USES = (
    select(func.count())
    .where(CouponUse.coupon_id == Coupon.id, CouponUse.state.in_(COUNTED))
    .scalar_subquery()
)
_STANDS = Payment.refunded_cents < Payment.amount_cents  # not all of it went back
_THE_PAYMENT = Payment.checkout_id == Checkout.id
_first = aliased(Payment)
CONTRADICTIONS: dict[str, Select[str] | Select[int]] = {
    "paid_not_fulfilled": select(Checkout.public_id).where(
        _SETTLED, Checkout.fulfilment_state == FulfilmentState.NONE
    ),
    "fulfilled_not_paid": select(Checkout.public_id).where(_GIVEN, ~_SETTLED, ~_TRUSTED),
    "fulfilled_without_payment": select(Checkout.public_id).where(
        _GIVEN,
        _PAID,
        ~exists(select(Payment.checkout_id).where(Payment.checkout_id == Checkout.id)),
    ),
    "not_given_once": _LINES.where(_GIVEN, _count_goods() != 1),
    "given_unfulfilled": _LINES.where(_WITHOUT_GOODS, _count_goods() != 0),
    "refunded_still_given": select(Checkout.public_id).where(
        _GIVEN, exists().where(_THE_PAYMENT), ~exists().where(_THE_PAYMENT, _STANDS)
    ),
    "balance_not_ledger": select(Employer.slug).where(Employer.credit_balance != _BALANCE),
    "balance_below_zero": select(Employer.slug).where(Employer.credit_balance < 0),
    "period_without_source": select(ListingPeriod.source_ref).where(
        ListingPeriod.subscription_id.is_(None),
        ListingPeriod.source_ref.not_in(select(_goods_ref())),
        ListingPeriod.source_ref.not_in(select(LedgerEntry.ref)),
    ),
    "credits_from_nowhere": select(LedgerEntry.ref).where(
        LedgerEntry.delta < 0, LedgerEntry.taken_from_id.is_(None)
    ),
    "credits_taken_twice": select(LedgerEntry.ref).where(LedgerEntry.delta > 0, _LEFT < 0),
    "coupon_not_its_uses": select(Coupon.code).where(Coupon.uses != _USES),
    "second_payment": select(Payment.payment_intent_id).where(
        _STANDS,
        exists().where(
            _first.checkout_id == Payment.checkout_id,
            _first.refunded_cents < _first.amount_cents,
            tuple_(_first.created_at, _first.payment_intent_id)
            < tuple_(Payment.created_at, Payment.payment_intent_id),
        ),
    ),
}
