"""Every step of a purchase, in the same words for both sides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.billing.models import Checkout, FulfilmentState
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.purchases import queries
from careercenter.refunds import queries as refunds
from careercenter.refunds.models import Refund, RefundState
from careercenter.web.templates import dollars

REASONS = {
    "instead": "instead of the credit",
    "duplicate": "paid more than once",
    "held": "the payment was not what was ordered",
    "staff": "by our staff",
    "stripe": "by our staff",
}
ASKED = {
    RefundState.WAITING: "A second person looks at it.",
    RefundState.REQUESTED: "It is on its way to the bank.",
    RefundState.PENDING: "The bank has it.",
    RefundState.SUCCEEDED: "Done. Banks show it after five to ten days.",
    RefundState.FAILED: "The bank could not take it. A person looks at it.",
    RefundState.DECLINED: "It was not approved.",
}
CREDITS = {
    EntryReason.BOUGHT: "bought",
    EntryReason.REJECTED: "given, because the posting was turned down",
    EntryReason.WITHDRAWN: "given, because the posting was taken back from review",
    EntryReason.UNDELIVERABLE: "given, because the posting had moved on",
    EntryReason.UNUSED: "given, for the days that were left when the posting ended early",
    EntryReason.REFUNDED: "that went, or came back, with the money",
    EntryReason.DISPUTED: "kept back, or given back, in a dispute",
}


@dataclass(frozen=True, slots=True)
class Step:
    at: datetime
    text: str
    note: str = ""


def steps_of(session: Session, checkout: Checkout) -> list[Step]:
    """The first step first."""
    found = [*_bought(session, checkout), *_given(session, checkout), *_returned(session, checkout)]
    return sorted(found, key=lambda step: step.at)


def _bought(session: Session, checkout: Checkout) -> Iterator[Step]:
    what = ", ".join(line.description for line in checkout.lines)
    yield Step(checkout.created_at, f"Begun: {what}, {dollars(checkout.total_cents)}")
    for n, payment in enumerate(refunds.payments_of(session, checkout.id)):
        text = f"{'Paid once more' if n else 'Paid'}: {dollars(payment.amount_cents)}"
        yield Step(payment.created_at, text)


def _given(session: Session, checkout: Checkout) -> Iterator[Step]:
    if checkout.fulfilled_at is not None:
        yield Step(checkout.fulfilled_at, "Given: what was bought is yours")
    elif checkout.paid_at is not None and checkout.fulfilment_state is FulfilmentState.HELD:
        yield Step(checkout.paid_at, "Held: the payment is not what was ordered; a person looks")
    for entry in queries.entries_of(session, checkout):
        yield Step(entry.created_at, _credits(entry))


def _credits(entry: LedgerEntry) -> str:
    count = abs(entry.delta)
    noun = "credit" if count == 1 else "credits"
    sign = "+" if entry.delta > 0 else "−"
    return f"{sign}{count} {noun} {CREDITS.get(entry.reason, entry.reason.value)}"


def _returned(session: Session, checkout: Checkout) -> Iterator[Step]:
    for refund in refunds.refunds_of(session, checkout.id):
        yield Step(refund.created_at, _refund(refund), ASKED[refund.state])


def _refund(refund: Refund) -> str:
    ended = "; the listing ended" if refund.ended_listing else ""
    return f"Refund of {dollars(refund.amount_cents)}, {REASONS[refund.reason.value]}{ended}"
