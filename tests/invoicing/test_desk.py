"""What finance staff does about invoices."""

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.billing.models import Checkout, PaymentState
from careercenter.invoicing.models import InvoiceState, InvoiceTerms, Terms
from tests.factories import make_user

URL = "/staff/invoices"


@pytest.fixture
def finance(session, client):
    def sign_in():
        client.sign_in(make_user(session, Role.FINANCE))

    return sign_in


@pytest.mark.parametrize(
    ("ending", "state"),
    [
        ("payment", InvoiceState.PAID),
        ("cancellation", InvoiceState.VOID),
        ("write-off", InvoiceState.UNCOLLECTIBLE),
    ],
)
def test_an_invoice_is_ended(session, client, made, finance, ending, state):
    invoice = made()
    finance()
    assert "A-0001" in client.get(URL).text
    assert client.post(f"{URL}/{invoice.public_id}/{ending}").status_code == 303
    assert invoice.state is state
    paid = session.scalars(select(Checkout.payment_state)).one() is PaymentState.PAID
    assert paid == (ending == "payment")
    assert client.get(URL).status_code == 200


def test_an_invoice_is_sent_again(session, client, made, finance, letters):
    invoice = made()
    finance()
    client.post(f"{URL}/{invoice.public_id}/letters")
    assert letters() == ["invoice_issued"] * 2
    client.post(f"{URL}/{invoice.public_id}/cancellation")
    assert client.post(f"{URL}/{invoice.public_id}/letters").status_code == 409


def test_how_an_employer_pays_is_decided_with_a_reason(session, client, employer, finance):
    finance()
    form = {"employer": employer.slug, "terms": "issue", "reason": "A hospital we know"}
    assert client.post(f"{URL}/terms", data=form).status_code == 303
    row = session.scalars(select(InvoiceTerms)).one()
    assert (row.terms, row.employer_id) == (Terms.ISSUE, employer.id)
    page = client.get(URL).text
    assert "A hospital we know" in page
    assert employer.name in page


@pytest.mark.parametrize(
    "form",
    [
        {"employer": "nobody", "terms": "issue", "reason": "x"},
        {"employer": "", "terms": "issue", "reason": "x"},
        {"employer": "SLUG", "terms": "issue", "reason": ""},
        {"employer": "SLUG", "terms": "gold", "reason": "x"},
    ],
)
def test_what_cannot_be_decided_is_said(session, client, employer, finance, form):
    finance()
    form = {name: employer.slug if value == "SLUG" else value for name, value in form.items()}
    assert client.post(f"{URL}/terms", data=form).status_code == 422
    assert session.scalars(select(InvoiceTerms)).all() == []


def test_others_stay_out(session, client, made, owner):
    invoice = made()
    for user in (owner.user, make_user(session, Role.MODERATOR)):
        client.sign_in(user)
        assert client.get(URL).status_code == 403
        assert client.post(f"{URL}/{invoice.public_id}/payment").status_code == 403
        assert client.post(f"{URL}/terms").status_code == 403
    client.sign_out()
    assert client.get(URL).status_code == 302
    assert invoice.state is InvoiceState.OPEN
