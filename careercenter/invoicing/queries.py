"""Finding invoices. Rows are locked in the order that ``billing.queries`` states; the invoice comes
after its checkout."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from careercenter.billing import queries as billing
from careercenter.billing.models import Checkout, PaymentState
from careercenter.billing.queries import WITH_POSTING
from careercenter.database import Page, paginate
from careercenter.employers.models import Employer
from careercenter.invoicing.models import (
    LEAST_CENTS,
    LIVE,
    MOST_OPEN_CENTS,
    Invoice,
    InvoiceState,
    InvoiceTerms,
    Terms,
    Trust,
)
from careercenter.verification.queries import facts_of

OVERDUE = "An invoice of yours is overdue. Pay it first."
TOO_MUCH = "Your open invoices may come to $5,000 at most. Pay one of them first."
TOO_LITTLE = "An invoice is for $100 or more. Pay this by card or bank debit."
NO_INVOICES = "You cannot pay on invoice just now. Pay by card or bank debit."
SHOWN = joinedload(Invoice.checkout).options(WITH_POSTING, joinedload(Checkout.lines))


def of_employer(session: Session, employer_id: int, public_id: str) -> Invoice:
    """Raises ``NoResultFound`` for what is missing or another employer's."""
    mine = (Checkout.employer_id == employer_id, Invoice.public_id == public_id)
    found = select(Invoice).join(Invoice.checkout).where(*mine).options(SHOWN)
    return session.scalars(found).unique().one()


def any_invoice(session: Session, public_id: str) -> Invoice:
    """Anybody's, for finance staff."""
    return session.scalars(select(Invoice).where(Invoice.public_id == public_id)).one()


def by_id(session: Session, invoice_id: int) -> Invoice:
    return session.get_one(Invoice, invoice_id)


def locked(session: Session, invoice_id: int) -> Invoice:
    """An invoice to settle, locked after its posting and its checkout."""
    checkout_id = session.scalars(select(Invoice.checkout_id).where(Invoice.id == invoice_id)).one()
    billing.locked(session, checkout_id)
    one = select(Invoice).where(Invoice.id == invoice_id).with_for_update()
    return session.scalars(one.execution_options(populate_existing=True)).one()


def id_of_remote(session: Session, stripe_invoice_id: str, public_id: str) -> int | None:
    """By Stripe's id, or by the one that we put on it, if its answer never reached us."""
    known = select(Invoice.id).where(Invoice.stripe_invoice_id == stripe_invoice_id)
    asked = select(Invoice.id).where(
        Invoice.public_id == public_id, Invoice.stripe_invoice_id.is_(None)
    )
    return session.scalar(known) or session.scalar(asked)


def newest_of(session: Session, checkout_id: int) -> Invoice | None:
    """The last one that was asked for to pay this checkout."""
    of_it = select(Invoice).where(Invoice.checkout_id == checkout_id)
    return session.scalars(of_it.order_by(Invoice.id.desc()).limit(1)).first()


def page_of_employer(session: Session, employer_id: int, page: int) -> Page[Invoice]:
    """The newest first."""
    mine = select(Invoice).join(Invoice.checkout).where(Checkout.employer_id == employer_id)
    shown = joinedload(Invoice.checkout).options(WITH_POSTING)
    return paginate(session, mine.options(shown).order_by(Invoice.id.desc()), page)


def every_page(session: Session, page: int) -> Page[Invoice]:
    """For finance staff: what is open comes first, the longest due before the others."""
    shown = joinedload(Invoice.checkout).options(WITH_POSTING, joinedload(Checkout.employer))
    open_first = (Invoice.state.not_in(LIVE), Invoice.due_at, Invoice.id)
    return paginate(session, select(Invoice).options(shown).order_by(*open_first), page)


def open_ones(session: Session) -> Sequence[int]:
    """The ids of those that were issued and are not paid."""
    waiting = select(Invoice.id).where(Invoice.state == InvoiceState.OPEN)
    return session.scalars(waiting.order_by(Invoice.id)).all()


def unanswered(session: Session, before: datetime) -> Sequence[int]:
    """The ids of those that Stripe was asked for, and whose answer never reached us."""
    lost = (Invoice.state == InvoiceState.CREATING, Invoice.created_at < before)
    return session.scalars(select(Invoice.id).where(*lost).order_by(Invoice.id)).all()


def another_withheld(session: Session, invoice: Invoice) -> bool:
    """Whether the employer has further invoices that are overdue for too long."""
    others = _of_employer(invoice.checkout.employer_id).where(
        Invoice.id != invoice.id, Invoice.withheld_at.is_not(None)
    )
    return session.scalar(others.limit(1)) is not None


def decided_terms(session: Session) -> Sequence[InvoiceTerms]:
    """What holds, of each employer of which finance staff decided anything."""
    newest = select(func.max(InvoiceTerms.id)).group_by(InvoiceTerms.employer_id)
    shown = (joinedload(InvoiceTerms.employer), joinedload(InvoiceTerms.decided_by))
    holding = select(InvoiceTerms).where(InvoiceTerms.id.in_(newest)).options(*shown)
    return session.scalars(holding.order_by(InvoiceTerms.id.desc()).limit(200)).all()


def trust_in(session: Session, employer: Employer, cents: int, now: datetime) -> Trust:
    """Asked under the employer's lock it cannot be raced.

    Who was checked and has paid before gets what it buys on issue, others once they have paid;
    finance staff may decide otherwise.
    """
    terms = _terms_of(session, employer.id)
    live = _of_employer(employer.id).where(Invoice.state.in_(LIVE))
    sums = live.with_only_columns(func.sum(Invoice.total_cents), func.min(Invoice.due_at))
    owed, due_at = session.execute(sums).one()
    late = due_at is not None and due_at < now
    refusals = (
        (terms is Terms.NONE, NO_INVOICES),
        (late or employer.owes_at is not None, OVERDUE),
        (cents < LEAST_CENTS, TOO_LITTLE),
        ((owed or 0) + cents > MOST_OPEN_CENTS, TOO_MUCH),
    )
    refusal = next((words for refused, words in refusals if refused), "")
    return Trust(refusal, on_issue=_on_issue(session, employer, terms))


def _on_issue(session: Session, employer: Employer, terms: Terms) -> bool:
    if terms is not Terms.RULE:
        return terms is Terms.ISSUE
    paid = (Checkout.employer_id == employer.id, Checkout.payment_state == PaymentState.PAID)
    has_paid = session.scalar(select(Checkout.id).where(*paid).limit(1)) is not None
    return has_paid and facts_of(session, employer).any


def _terms_of(session: Session, employer_id: int) -> Terms:
    mine = select(InvoiceTerms.terms).where(InvoiceTerms.employer_id == employer_id)
    return session.scalar(mine.order_by(InvoiceTerms.id.desc()).limit(1)) or Terms.RULE


def _of_employer(employer_id: int) -> Select[int]:
    return select(Invoice.id).join(Invoice.checkout).where(Checkout.employer_id == employer_id)
