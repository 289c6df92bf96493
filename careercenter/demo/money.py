"""What the demo employers bought: rows of money that agree with each other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from careercenter.billing.models import TERMS_VERSION, DisputeState, FulfilmentState, PaymentState
from careercenter.credits.models import EntryReason
from careercenter.demo.board import DAYS, Planned
from careercenter.plans.models import PlanKind
from careercenter.postings.models import PostingStatus

DEMO_CREDITS = 3  # that the demo employer has left
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Credits:
    """Of one employer: given by the board, spent, given back for rejected postings."""

    gifts: int = 0
    spent: int = 0
    returned: int = 0

    @property
    def balance(self) -> int:
        return self.gifts - self.spent + self.returned


def credits_of(postings: Sequence[Planned]) -> Mapping[int, Credits]:
    """By employer, those without any left out."""
    spent = Counter(p.employer for p in postings if p.submitted_at and p.credit)
    returned = Counter(p.employer for p in postings if p.status is PostingStatus.REJECTED)
    found = {}
    for employer in {0, *spent, *returned}:
        gifts = spent[employer]
        if employer == 0:
            gifts = max(gifts, DEMO_CREDITS + spent[0] - returned[0])
        found[employer] = Credits(gifts, spent[employer], returned[employer])
    return found


def checkout_row(rng: Random, at: datetime, ids: tuple[int, int, int], price: int) -> Row:
    """A purchase that was paid ``at`` a time. ``ids``: employer, posting, owner."""
    return {
        "public_id": f"{rng.getrandbits(128):032x}",
        **dict(zip(("employer_id", "posting_id", "placed_by_id"), ids, strict=True)),
        "kind": PlanKind.POSTING,
        "currency": "usd",
        "subtotal_cents": price,
        "discount_cents": 0,
        "tax_cents": 0,
        "total_cents": price,
        "terms_version": TERMS_VERSION,
        "payment_state": PaymentState.PAID,
        "fulfilment_state": FulfilmentState.FULFILLED,
        "dispute_state": DisputeState.NONE,
        "created_at": at - timedelta(minutes=4),
        "paid_at": at,
        "fulfilled_at": at,
    }


def line_row(checkout_id: int, checkout: Row) -> Row:
    return {
        "checkout_id": checkout_id,
        "n": 1,
        "plan": "single-posting",
        "edition": 1,
        "description": f"Job posting, {DAYS} days",
        "unit_cents": checkout["total_cents"],
        "quantity": 1,
        "days": DAYS,
        "credits": 0,
    }


def payment_row(checkout_id: int, checkout: Row) -> Row:
    """Of a payment that no simulator knows of: it was made before the demo began."""
    return {
        "payment_intent_id": f"pi_demo_{checkout['public_id'][:24]}",
        "checkout_id": checkout_id,
        "amount_cents": checkout["total_cents"],
        "refunded_cents": 0,
        "currency": checkout["currency"],
        "created_at": checkout["paid_at"],
    }


def period_row(planned: Planned, posting_id: int, ref: str) -> Row:
    """The days that were bought: begun by approval, taken back by rejection."""
    at, begun = planned.submitted_at, planned.published_at
    rejected = planned.status is PostingStatus.REJECTED and at is not None
    return {
        "posting_id": posting_id,
        "source_ref": ref,
        "days": DAYS,
        "starts_at": begun,
        "ends_at": begun + timedelta(days=DAYS) if begun else None,
        "revoked_at": decided_at(planned) if rejected else None,
        "created_at": at,
    }


def decided_at(planned: Planned) -> datetime | None:
    """When a moderator approved or turned it down; None while it waits."""
    if planned.status is PostingStatus.REJECTED and planned.submitted_at:
        return planned.submitted_at + timedelta(minutes=15)
    return planned.published_at


def entry_row(
    employer_id: int,
    delta: int,
    reason: EntryReason,
    ref: str,
    at: datetime,
    posting_id: int | None,
) -> Row:
    return {
        "employer_id": employer_id,
        "delta": delta,
        "reason": reason,
        "ref": ref,
        "posting_id": posting_id,
        "days": DAYS if delta > 0 else None,
        "taken_from_id": None,
        "checkout_id": None,
        "note": "",
        "created_at": at,
    }
