"""What we know about a purchase, in plain lines, for the payer's bank."""

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.billing.models import Checkout
from careercenter.credits.models import LedgerEntry
from careercenter.insights.reach_queries import reach_of
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import Posting
from careercenter.refunds.queries import credits_given, payments_of, refunds_of

EVER = date(2000, 1, 1)


def evidence_of(session: Session, checkout: Checkout, zone: ZoneInfo) -> str:
    lines = [
        *_purchase(session, checkout, zone),
        "",
        *_people(checkout, zone),
        "",
        *_use(session, checkout, zone),
    ]
    return "\n".join(lines) + "\n"


def _purchase(session: Session, checkout: Checkout, zone: ZoneInfo) -> Iterator[str]:
    yield "WHAT WAS BOUGHT"
    for line in checkout.lines:
        yield f"{line.description}: {_money(line.unit_cents * line.quantity)}"
    if checkout.discount_cents:
        yield f"Discount: {_money(checkout.discount_cents)}"
    yield f"Total: {_money(checkout.total_cents)} ({checkout.currency.upper()})"
    yield f"Reference {checkout.public_id}, terms of {checkout.terms_version}"
    yield f"Begun {_moment(checkout.created_at, zone)}"
    for payment in payments_of(session, checkout.id):
        when = _moment(payment.created_at, zone)
        yield f"Paid {_money(payment.amount_cents)} {when}: {payment.payment_intent_id}"
    for refund in refunds_of(session, checkout.id):
        when, state = _moment(refund.created_at, zone), refund.state.value
        yield f"Refund of {_money(refund.amount_cents)} {when}: {state}"
    if checkout.fulfilled_at:
        yield f"Given {_moment(checkout.fulfilled_at, zone)}, and a receipt mailed"


def _people(checkout: Checkout, zone: ZoneInfo) -> Iterator[str]:
    person, employer = checkout.placed_by, checkout.employer
    yield "BY WHOM"
    yield f"{person.name}, {person.email}"
    if person.confirmed_at:
        yield f"This address was confirmed by mail {_moment(person.confirmed_at, zone)}"
    yield f"For {employer.name}, on the board since {_moment(employer.created_at, zone)}"
    if employer.website:
        yield f"Website {employer.website}"


def _use(session: Session, checkout: Checkout, zone: ZoneInfo) -> Iterator[str]:
    yield "WHAT CAME OF IT"
    if checkout.posting is not None:
        yield from _posting(session, checkout.posting, zone)
        return
    given = credits_given(session, checkout)
    yield f"Credits given: {sum(entry.delta for entry in given)}"
    spent = select(LedgerEntry.posting_id).where(
        LedgerEntry.taken_from_id.in_([entry.id for entry in given]),
        LedgerEntry.posting_id.is_not(None),
    )
    used = session.scalars(select(Posting).where(Posting.id.in_(spent)).order_by(Posting.id)).all()
    yield f"Postings published with them: {len(used)}"
    for posting in used:
        yield from _posting(session, posting, zone)


def _posting(session: Session, posting: Posting, zone: ZoneInfo) -> Iterator[str]:
    yield f"Posting {posting.id}, “{posting.title}”: {posting.status.value}"
    begun = select(ListingPeriod).where(
        ListingPeriod.posting_id == posting.id, ListingPeriod.starts_at.is_not(None)
    )
    for period in session.scalars(begun.order_by(ListingPeriod.id)):
        if period.starts_at and period.ends_at:
            first, last = _moment(period.starts_at, zone), _moment(period.ends_at, zone)
            yield f"  On the board {first} to {last}"
    seen = reach_of(session, [posting.id], EVER)[posting.id]
    yield f"  Shown {seen.impressions} times, opened {seen.views} times"
    yield f"  Applications received: {seen.applications}"


def _money(cents: int) -> str:
    return f"${cents / 100:,.2f}"


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M %Z}"
