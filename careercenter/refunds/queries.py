"""Finding what was paid and what went back of it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, joinedload

from careercenter.billing.models import Checkout, DisputeState, Payment
from careercenter.billing.queries import WITH_POSTING
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.featuring.models import FeaturedPeriod
from careercenter.periods.models import ListingPeriod
from careercenter.refunds.models import COUNTED, UNDER_WAY, Refund, RefundReason, RefundState

BECAME_CREDIT = (EntryReason.REJECTED, EntryReason.UNDELIVERABLE)
TAKEN_BACK = (EntryReason.WITHDRAWN, EntryReason.UNUSED, *BECAME_CREDIT)


def payments_of(session: Session, checkout_id: int) -> Sequence[Payment]:
    """The first is the one that bought; any other was one too many."""
    return session.scalars(
        select(Payment)
        .where(Payment.checkout_id == checkout_id)
        .order_by(Payment.created_at, Payment.payment_intent_id)
    ).all()


def payment_of(session: Session, checkout_id: int, payment_intent_id: str) -> Payment:
    """Raises ``NoResultFound``."""
    mine = (Payment.payment_intent_id == payment_intent_id, Payment.checkout_id == checkout_id)
    return session.scalars(select(Payment).where(*mine)).one()


def refunds_of(session: Session, checkout_id: int) -> Sequence[Refund]:
    """The oldest first."""
    people = (joinedload(Refund.requested_by), joinedload(Refund.decided_by))
    of_it = select(Refund).where(Refund.checkout_id == checkout_id).order_by(Refund.id)
    return session.scalars(of_it.options(*people)).all()


def locked(session: Session, checkout_id: int, refund_id: int) -> Refund:
    """Of this checkout, which is locked. Raises ``NoResultFound``."""
    return session.scalars(
        select(Refund)
        .where(Refund.id == refund_id, Refund.checkout_id == checkout_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def known(
    session: Session, checkout_id: int, remote_id: str, refund_id: int | None
) -> Refund | None:
    """Ours, of this checkout, that this one at Stripe is."""
    of_it = select(Refund).where(Refund.checkout_id == checkout_id)
    by_remote = session.scalars(of_it.where(Refund.stripe_refund_id == remote_id)).one_or_none()
    if by_remote is not None or refund_id is None:
        return by_remote
    return session.scalars(of_it.where(Refund.id == refund_id)).one_or_none()


def left_of(session: Session, payment: Payment) -> int:
    """Cents of one payment that may still be asked back."""
    of_it = (Refund.payment_intent_id == payment.payment_intent_id, Refund.state.in_(COUNTED))
    gone = session.scalar(select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(*of_it))
    return payment.amount_cents - (gone or 0)


def gone_cents(session: Session, checkout_id: int, but: int | None = None) -> int:
    """Of all payments of a checkout, went back or is about to; one refund may be left out."""
    of_it = (Refund.checkout_id == checkout_id, Refund.state.in_(UNDER_WAY))
    query = select(func.coalesce(func.sum(Refund.amount_cents), 0)).where(*of_it)
    return session.scalar(query.where(Refund.id != but) if but else query) or 0


def chose_money(session: Session, checkout_id: int) -> bool:
    """Whether the employer has had the money instead of the credit."""
    chosen = (Refund.checkout_id == checkout_id, Refund.reason == RefundReason.INSTEAD)
    return session.scalar(select(Refund.id).where(*chosen).limit(1)) is not None


def waiting(session: Session) -> Sequence[Refund]:
    """For a second person."""
    shown = joinedload(Refund.checkout).options(WITH_POSTING)
    of_it = select(Refund).where(Refund.state == RefundState.WAITING).order_by(Refund.id)
    return session.scalars(of_it.options(shown)).all()


def paid_more_than_once(session: Session) -> Sequence[int]:
    """Checkouts with more than one payment, whatever went back of them."""
    return session.scalars(
        select(Payment.checkout_id)
        .join(Checkout, Checkout.id == Payment.checkout_id)
        .where(
            Payment.refunded_cents < Payment.amount_cents,
            Checkout.dispute_state == DisputeState.NONE,
        )
        .group_by(Payment.checkout_id)
        .having(func.count() > 1)
    ).all()


def periods_of(session: Session, checkout: Checkout) -> Sequence[ListingPeriod]:
    """The days on the board that it bought; locked."""
    refs = [f"checkout:{checkout.id}:{line.n}" for line in checkout.lines]
    of_it = select(ListingPeriod).where(ListingPeriod.source_ref.in_(refs))
    again = {"populate_existing": True}
    return session.scalars(of_it.with_for_update().execution_options(**again)).all()


def featured_of(session: Session, checkout: Checkout) -> Sequence[FeaturedPeriod]:
    """The days as a featured posting that it bought."""
    refs = [f"checkout:{checkout.id}:{line.n}" for line in checkout.lines]
    return session.scalars(select(FeaturedPeriod).where(FeaturedPeriod.source_ref.in_(refs))).all()


def about(checkout: Checkout) -> ColumnElement[bool]:
    """Ledger entries that its payment gave, or that went or came back with it."""
    bought = [f"checkout:{checkout.id}:{line.n}" for line in checkout.lines]
    name = cast(ListingPeriod.id, String)
    became = [
        select(literal(f"{reason.value}:period:") + name).where(
            ListingPeriod.source_ref.in_(bought)
        )
        for reason in TAKEN_BACK
    ]
    mine = (LedgerEntry.ref.in_(bought), LedgerEntry.ref.in_(union_all(*became)))
    return or_(LedgerEntry.checkout_id == checkout.id, *mine)


def credits_given(session: Session, checkout: Checkout) -> Sequence[LedgerEntry]:
    """The credits that it bought, that its payment became, or that came back to it."""
    given = select(LedgerEntry).where(about(checkout), LedgerEntry.delta > 0)
    return session.scalars(given.order_by(LedgerEntry.id)).all()
