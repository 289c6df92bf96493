"""What follows when an invoice is made out, paid, taken back, written off or overdue for long.

Rows are locked by the caller, in the order that ``billing.queries`` states.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing import queries as billing
from careercenter.billing.models import Checkout, FulfilmentState, Payment, PaymentState
from careercenter.billing.settling import fulfil, use_coupon
from careercenter.coupons import usecases as coupons
from careercenter.employers import queries as employers
from careercenter.errors import Invalid
from careercenter.findings.usecases import record_finding
from careercenter.invoicing import queries
from careercenter.invoicing.models import LIVE, Invoice, InvoiceState, RemoteInvoice
from careercenter.lifecycle.usecases import resume_posting
from careercenter.postings.models import PostingStatus
from careercenter.postings.usecases import pause_posting

ENDS = {"void": InvoiceState.VOID, "uncollectible": InvoiceState.UNCOLLECTIBLE}

log = structlog.get_logger()


def refuse_invoice(session: Session, invoice: Invoice, now: datetime) -> None:
    """Stripe would not make it; nobody can pay by it."""
    if invoice.state is InvoiceState.CREATING:
        _end(session, invoice, InvoiceState.FAILED, now)


def settle_invoice(
    session: Session, invoice: Invoice, remote: RemoteInvoice, zone: ZoneInfo, now: datetime
) -> None:
    """Make our rows agree with what Stripe says. Any number of times, in any order."""
    fresh = invoice.state is InvoiceState.CREATING
    invoice.note(remote)
    if remote.status == "paid":
        _take_money(session, invoice, remote, zone, now)
    elif remote.status in ENDS and invoice.state in LIVE:
        _end(session, invoice, ENDS[remote.status], now)
    elif fresh:
        _issue(session, invoice, now)
    session.flush()


def _issue(session: Session, invoice: Invoice, now: datetime) -> None:
    checkout = invoice.checkout
    checkout.tax_cents, checkout.total_cents = invoice.tax_cents, invoice.total_cents
    _write(session, "invoice_issued", invoice, now)
    if invoice.on_issue:
        fulfil(session, checkout, now)


def _take_money(
    session: Session, invoice: Invoice, remote: RemoteInvoice, zone: ZoneInfo, now: datetime
) -> None:
    if invoice.state is InvoiceState.PAID:
        return
    checkout = invoice.checkout
    _keep_payment(session, checkout, remote, now)
    if checkout.payment_state is PaymentState.PAID:
        note = f"{checkout.public_id} was paid twice. Refund the invoice {remote.number} in Stripe."
        record_finding(session, "second_payment", remote.payment_intent_id or remote.id, note, now)
    else:
        checkout.move_payment(PaymentState.PAID)
        checkout.paid_at = now
        checkout.tax_cents, checkout.total_cents = remote.tax_cents, remote.total_cents
        _give(session, invoice, remote, now)
        use_coupon(session, checkout, now)
    invoice.state, invoice.ended_at = InvoiceState.PAID, now
    _write(session, "invoice_paid", invoice, now)
    give_back(session, invoice, zone, now)


def _give(session: Session, invoice: Invoice, remote: RemoteInvoice, now: datetime) -> None:
    checkout, wrong = invoice.checkout, _mismatches(invoice, remote)
    if wrong:
        log.critical("invoicing.amount_mismatch", invoice=invoice.public_id, wrong=wrong)
        note = f"{remote.id} differs from what was ordered: {', '.join(wrong)}."
        record_finding(session, "amount_mismatch", checkout.public_id, note, now)
    if wrong and checkout.fulfilment_state is FulfilmentState.NONE:
        checkout.fulfilment_state = FulfilmentState.HELD
    elif not wrong:
        fulfil(session, checkout, now)


def _keep_payment(
    session: Session, checkout: Checkout, remote: RemoteInvoice, now: datetime
) -> None:
    """Money that came outside of Stripe is known by its invoice."""
    session.add(
        Payment(
            payment_intent_id=remote.payment_intent_id or remote.id,
            checkout_id=checkout.id,
            amount_cents=remote.total_cents,
            refunded_cents=0,
            currency=remote.currency,
            created_at=now,
        )
    )


def _mismatches(invoice: Invoice, remote: RemoteInvoice) -> list[str]:
    """In what the invoice that was paid is not the one that we asked for."""
    checkout, about = invoice.checkout, invoice.params["invoice"]
    wanted = {
        "id": invoice.stripe_invoice_id,
        "metadata": about["metadata"],
        "livemode": about["metadata"]["livemode"] == "true",
        "currency": checkout.currency,
        "tax_cents": remote.tax_cents if "automatic_tax" in about else 0,
        "total_cents": checkout.due_cents + remote.tax_cents,
    }
    return [name for name, value in wanted.items() if getattr(remote, name) != value]


def _end(session: Session, invoice: Invoice, state: InvoiceState, now: datetime) -> None:
    """Nobody is to pay it any more. What was given for one taken back is left to a person."""
    invoice.state, invoice.ended_at = state, now
    checkout = invoice.checkout
    given = checkout.fulfilment_state is FulfilmentState.FULFILLED
    if state is InvoiceState.VOID:
        _write(session, "invoice_void", invoice, now)
        _forgive(session, invoice)
    if state is InvoiceState.VOID and given:
        note = f"The invoice {invoice.number} was taken back, and what it is for was given."
        record_finding(session, "invoice_void", checkout.public_id, note, now)
    if not given and checkout.payment_state is PaymentState.INVOICED:
        _leave(session, checkout)


def _leave(session: Session, checkout: Checkout) -> None:
    """The employer may choose again how to pay."""
    checkout.move_payment(PaymentState.CANCELED)
    coupons.release(session, checkout.id)
    session.flush()
    posting = checkout.posting
    if posting is None or posting.status is not PostingStatus.CHECKOUT:
        return
    if billing.attempt_under_way(session, posting.id) is None:
        posting.leave_checkout()


def withhold(session: Session, invoice: Invoice, now: datetime) -> None:
    """It is overdue for too long: its posting is off the board, and the employer publishes nothing,
    until it is paid.
    """
    employer = employers.locked(session, invoice.checkout.employer_id)
    posting = invoice.checkout.posting
    if invoice.withheld_at is None:
        _write(session, "invoice_withheld", invoice, now)
        invoice.withheld_at = now
    employer.owes_at = employer.owes_at or now
    if invoice.on_issue and posting is not None and posting.is_live(now):
        pause_posting(session, posting, now)


def give_back(session: Session, invoice: Invoice, zone: ZoneInfo, now: datetime) -> None:
    """It is paid after all: its posting goes on, unless another invoice is overdue as long."""
    withheld_at, posting = invoice.withheld_at, invoice.checkout.posting
    _forgive(session, invoice)
    if withheld_at is None or invoice.checkout.employer.owes_at or posting is None:
        return
    if posting.status is PostingStatus.PAUSED and (posting.paused_at or now) >= withheld_at:
        try:
            resume_posting(session, posting, zone, now)
        except Invalid:  # its closing date has passed meanwhile
            log.info("invoicing.too_late_to_resume", posting=posting.id)


def _forgive(session: Session, invoice: Invoice) -> None:
    """Nothing is owed by this one any more."""
    if invoice.withheld_at is None:
        return
    employer = employers.locked(session, invoice.checkout.employer_id)
    if not queries.another_withheld(session, invoice):
        employer.owes_at = None
    invoice.withheld_at = None


def _write(session: Session, letter: str, invoice: Invoice, now: datetime) -> None:
    outbox.send_email(session, letter, invoice.id, now, f"{letter}:{invoice.public_id}")
