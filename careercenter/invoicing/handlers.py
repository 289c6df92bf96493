"""What Stripe tells of invoices, what the clock asks for, and the letters about them.

A handler ends its transaction before it waits on the network, and begins another to write.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing.gateway import APP, step
from careercenter.billing.handlers import SILENCE, Followers
from careercenter.billing.models import KEY_LIFE
from careercenter.billing.remote import PaymentsRefused
from careercenter.config import Settings
from careercenter.employers import queries as employers
from careercenter.invoicing import queries, settling, usecases
from careercenter.invoicing.gateway import Invoices
from careercenter.invoicing.models import LIVE, PATIENCE, Invoice, InvoiceState, RemoteInvoice
from careercenter.mail import Builder, Letter
from careercenter.tasks import Handler

EVENTS = (
    "invoice.paid",
    "invoice.voided",
    "invoice.marked_uncollectible",
)
TEND = "tend_invoices"
REMINDERS = tuple(timedelta(days=days) for days in (-7, -1, 1, 7))  # from the due day on


def followers(invoices: Invoices, settings: Settings) -> Followers:
    """What to do about events, by their kind."""
    zone = ZoneInfo(settings.board_zone)

    def follow(session: Session, remote_id: str, now: datetime) -> bool:
        return follow_invoice(session, invoices, settings, remote_id, zone, now)

    return dict.fromkeys(EVENTS, follow)


def task_handlers(invoices: Invoices, settings: Settings) -> dict[str, Handler]:
    zone = ZoneInfo(settings.board_zone)

    def issue(session: Session, invoice_id: str, now: datetime) -> None:
        with suppress(PaymentsRefused):  # written down; asking again would not help
            open_invoice(session, invoices, int(invoice_id), zone, now)

    def tend(session: Session, _: str, now: datetime) -> None:
        if settings.stripe_secret_key:
            tend_invoices(session, invoices, zone, now)

    return {usecases.ISSUE: issue, TEND: tend}


def follow_invoice(
    session: Session,
    invoices: Invoices,
    settings: Settings,
    remote_id: str,
    zone: ZoneInfo,
    now: datetime,
) -> bool:
    """False for an invoice that is not ours. No transaction is open."""
    try:
        remote = invoices.retrieve(remote_id)
    except PaymentsRefused:
        return False
    mark = remote.metadata
    ours = mark.get("app") == APP and mark.get("env") == settings.env
    known = queries.id_of_remote(session, remote.id, mark.get("invoice", "")) if ours else None
    if known is None:
        return False
    settling.settle_invoice(session, queries.locked(session, known), remote, zone, now)
    return True


def open_invoice(
    session: Session, invoices: Invoices, invoice_id: int, zone: ZoneInfo, now: datetime
) -> None:
    """Make it at Stripe, or ask again for the one that was made; committed.

    Raises ``PaymentsRefused``, after which nobody can pay by it, and ``PaymentsDown``.
    """
    invoice = queries.by_id(session, invoice_id)
    params, key = invoice.params, invoice.key
    if invoice.state is not InvoiceState.CREATING:
        return
    session.commit()
    step("after-row")
    try:
        remote = invoices.issue(params, key)
    except PaymentsRefused as refused:
        _give_up(session, invoice_id, refused, now)
        raise
    settling.settle_invoice(session, queries.locked(session, invoice_id), remote, zone, now)
    step("before-settled")
    session.commit()


def _give_up(session: Session, invoice_id: int, refused: PaymentsRefused, now: datetime) -> None:
    invoice = queries.locked(session, invoice_id)
    settling.refuse_invoice(session, invoice, now)
    if refused.param == "customer":  # deleted at Stripe: the next purchase makes another
        employers.locked(session, invoice.checkout.employer_id).stripe_customer_id = None
    session.commit()


def end_invoice(
    session: Session,
    call: Callable[[str], RemoteInvoice],
    invoice_id: int,
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """Have it taken back at Stripe, written off or noted as paid; then settle by how it stands;
    committed."""
    remote_id = queries.by_id(session, invoice_id).stripe_invoice_id
    session.commit()
    if remote_id is not None:
        remote = call(remote_id)
        settling.settle_invoice(session, queries.locked(session, invoice_id), remote, zone, now)
        session.commit()


def tend_invoices(session: Session, invoices: Invoices, zone: ZoneInfo, now: datetime) -> None:
    """Every ten minutes: take up what was not answered or not told, remind, act on what is
    overdue."""
    for invoice_id in queries.unanswered(session, now - SILENCE):
        _take_up(session, invoices, invoice_id, zone, now)
    for invoice_id in queries.open_ones(session):
        invoice = queries.by_id(session, invoice_id)
        _remind(session, invoice, now)
        if invoice.is_overdue(now) and not invoice.on_issue:
            end_invoice(session, invoices.void, invoice_id, zone, now)
        elif invoice.due_at + PATIENCE < now:
            settling.withhold(session, queries.locked(session, invoice_id), now)
        session.commit()


def _take_up(
    session: Session, invoices: Invoices, invoice_id: int, zone: ZoneInfo, now: datetime
) -> None:
    """A call that was not answered is repeated. Once Stripe may have forgotten its key, we look for
    what it made instead, and give the invoice up if it made none.
    """
    invoice = queries.by_id(session, invoice_id)
    customer_id, public_id = invoice.params["invoice"]["customer"], invoice.public_id
    if now - invoice.created_at < KEY_LIFE:
        with suppress(PaymentsRefused):
            open_invoice(session, invoices, invoice_id, zone, now)
        return
    session.commit()
    remote = invoices.find(customer_id, public_id)
    invoice = queries.locked(session, invoice_id)
    if remote is None:
        settling.refuse_invoice(session, invoice, now)
    else:
        settling.settle_invoice(session, invoice, remote, zone, now)
    session.commit()


def _remind(session: Session, invoice: Invoice, now: datetime) -> None:
    """One letter for each day that was passed; the newest, if the worker had slept."""
    passed = [number for number, days in enumerate(REMINDERS) if invoice.due_at + days <= now]
    if passed:
        dedupe = f"invoice_reminder:{invoice.public_id}:{passed[-1]}"
        outbox.send_email(session, "invoice_reminder", invoice.id, now, dedupe)


def _letter(subject: str, template: str, still: Callable[[Invoice], bool]) -> Builder:
    def build(session: Session, invoice_id: str, now: datetime) -> Letter | None:
        invoice = queries.by_id(session, int(invoice_id))
        if not still(invoice):
            return None
        overdue = invoice.is_overdue(now)
        late = "Your invoice is overdue" if overdue else "Your invoice is due soon"
        facts = _facts(invoice) | {"overdue": overdue}
        return Letter(invoice.email, subject or late, template, facts)

    return build


def _facts(invoice: Invoice) -> dict[str, object]:
    checkout = invoice.checkout
    return {
        "employer": checkout.employer.name,
        "what": checkout.what,
        "public_id": invoice.public_id,
        "number": invoice.number,
        "po_number": invoice.po_number,
        "url": invoice.url,
        "tax_cents": invoice.tax_cents,
        "total_cents": invoice.total_cents,
        "due_at": invoice.due_at,
        "on_issue": invoice.on_issue,
    }


def _told_otherwise(invoice: Invoice) -> bool:
    """Whether the receipt goes to the same address."""
    return bool(invoice.email == invoice.checkout.placed_by.email)


def _is(state: InvoiceState) -> Callable[[Invoice], bool]:
    return lambda invoice: invoice.state is state


LETTERS: dict[str, Builder] = {
    "invoice_issued": _letter("Your invoice", "invoice_issued", lambda it: it.state in LIVE),
    "invoice_reminder": _letter("", "invoice_reminder", _is(InvoiceState.OPEN)),
    "invoice_withheld": _letter(
        "Your invoice is long overdue", "invoice_withheld", _is(InvoiceState.OPEN)
    ),
    "invoice_paid": _letter(
        "Your invoice is paid",
        "invoice_paid",
        lambda it: it.state is InvoiceState.PAID and not _told_otherwise(it),
    ),
    "invoice_void": _letter("Your invoice was taken back", "invoice_void", _is(InvoiceState.VOID)),
}
