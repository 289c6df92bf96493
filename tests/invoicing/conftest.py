"""An employer who pays on invoice."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from careercenter.employers.queries import member_of
from careercenter.invoicing import handlers
from careercenter.invoicing.models import Invoice, InvoiceTerms, Terms
from careercenter.invoicing.usecases import ISSUE
from careercenter.postings.models import PostingStatus
from careercenter.tasks import Task
from tests.factories import make_employer, make_posting, make_user, owner_of
from tests.fakes import FakeInvoices

ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def employer(session):
    return make_employer(session, website="https://mercy.example/")


@pytest.fixture
def draft(session, employer):
    return make_posting(session, PostingStatus.DRAFT, employer)


@pytest.fixture
def invoices(made_app, monkeypatch) -> FakeInvoices:
    fake = FakeInvoices()
    monkeypatch.setitem(made_app.extensions, "invoices", fake)
    return fake


@pytest.fixture
def owner(session, client, employer, payments, invoices):
    """Signed in; a call to Stripe inside a transaction fails."""
    member = member_of(session, owner_of(session, employer).id)
    client.sign_in(member.user)
    payments.watch = invoices.watch = session
    return member


@pytest.fixture
def decide(session, employer, now):
    """Finance staff decides how the employer pays."""

    def decide(terms: Terms) -> None:
        staff = make_user(session)
        row = InvoiceTerms(employer=employer, terms=terms, decided_by=staff, decided_at=now)
        row.reason = "A hospital we know"
        session.add(row)
        session.flush()

    return decide


@pytest.fixture
def trusted(decide):
    """Gets what it buys when the invoice is made out."""
    decide(Terms.ISSUE)


@pytest.fixture
def ask(session, client, owner, draft) -> Callable[..., Invoice]:
    """Ask for an invoice for the draft."""

    def ask(**form):
        data = {"version": str(draft.version), **form}
        response = client.post(f"/hire/postings/{draft.id}/invoices", data=data)
        assert response.status_code == 303, response.text
        return newest(session)

    return ask


@pytest.fixture
def made(ask, work):
    """The draft's invoice, made out."""

    def made(**form):
        invoice = ask(**form)
        work()
        return invoice

    return made


def newest(session) -> Invoice:
    return session.scalars(select(Invoice).order_by(Invoice.id.desc())).first()


@pytest.fixture
def work(session, invoices, settings, now):
    """The tasks that make invoices at Stripe."""

    def work() -> None:
        promised = select(Task.subject).where(Task.kind == ISSUE)
        issue = handlers.task_handlers(invoices, settings)[ISSUE]
        for subject in session.scalars(promised).all():
            session.commit()
            issue(session, subject, now)
            session.commit()

    return work


@pytest.fixture
def tell(session, invoices, settings, now):
    """Stripe tells of an invoice."""

    def tell(invoice_id: str, at=None) -> bool:
        session.commit()
        follow = handlers.followers(invoices, settings)["invoice.paid"]
        return follow(session, invoice_id, at or now)

    return tell


@pytest.fixture
def tend(session, invoices, now):
    """The work of every ten minutes, so many days from now."""

    def tend(days: float) -> None:
        session.commit()
        handlers.tend_invoices(session, invoices, ZONE, now + timedelta(days=days))

    return tend


@pytest.fixture
def letters(session):
    """The letters that were promised, in order."""

    def letters() -> list[str]:
        kinds = session.scalars(select(Task.kind).order_by(Task.id))
        return [kind.removeprefix("mail:") for kind in kinds if kind.startswith("mail:invoice")]

    return letters
