"""What Stripe tells of an invoice, early, late, twice or not at all; and what the clock brings."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import Checkout, FulfilmentState, Payment, PaymentState
from careercenter.billing.remote import PaymentsDown, PaymentsRefused
from careercenter.credits.models import LedgerEntry
from careercenter.employers.models import Employer
from careercenter.findings.models import Finding
from careercenter.invoicing import handlers
from careercenter.invoicing.models import InvoiceState
from careercenter.mail import Letter
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import PostingStatus
from tests.invoicing.conftest import newest

DUE = 30


def publish(session, draft, now):
    """A moderator has let it on the board."""
    draft.status = PostingStatus.PUBLISHED
    draft.published_at, draft.expires_at = now, now + timedelta(days=90)
    session.flush()


def test_money_is_given_for_once_however_often_it_is_told(session, made, tell, invoices, draft):
    invoice = made()
    invoices.pay("in_1")
    assert [tell("in_1") for _ in range(3)] == [True] * 3
    checkout = session.scalars(select(Checkout)).one()
    assert (checkout.payment_state, checkout.fulfilment_state) == (
        PaymentState.PAID,
        FulfilmentState.FULFILLED,
    )
    assert invoice.state is InvoiceState.PAID
    assert session.scalars(select(Payment.payment_intent_id)).one() == "pi_in_1"
    assert session.scalars(select(ListingPeriod.days)).one() == 30
    assert draft.status is PostingStatus.IN_REVIEW
    assert contradictions(session) == []


def test_it_may_be_told_of_before_its_own_answer_came(session, ask, invoices, tell, work):
    invoice = ask()
    invoices.silent = 1
    with pytest.raises(PaymentsDown):
        work()
    session.rollback()
    assert (invoice.state, invoice.stripe_invoice_id) == (InvoiceState.CREATING, None)
    session.commit()
    invoices.pay("in_1")
    assert tell("in_1")
    assert invoice.state is InvoiceState.PAID
    work()
    assert len(invoices.made) == 1
    assert contradictions(session) == []


def test_a_call_without_an_answer_is_taken_up(session, ask, invoices, tend):
    invoice = ask()
    tend(0.1)
    assert (invoice.state, len(invoices.made)) == (InvoiceState.OPEN, 1)


def test_after_a_day_what_was_made_is_looked_for(session, ask, invoices, tend):
    invoice = ask()
    params, key = invoice.params, invoice.key
    session.commit()
    invoices.issue(params, key)
    tend(1.1)
    assert (invoice.state, invoice.number) == (InvoiceState.OPEN, "A-0001")


def test_after_a_day_what_was_never_made_is_given_up(session, client, ask, tend, draft):
    invoice = ask()
    tend(1.1)
    assert invoice.state is InvoiceState.FAILED
    assert draft.status is PostingStatus.DRAFT
    assert "Stripe would not make it out" in client.get(f"/hire/invoices/{invoice.public_id}").text
    assert client.get(f"/hire/postings/{draft.id}/invoice").status_code == 200


def test_what_stripe_refuses_may_be_asked_for_again(session, ask, work, invoices, employer):
    invoice = ask()
    invoices.refusal = PaymentsRefused("customer")
    work()
    assert invoice.state is InvoiceState.FAILED
    assert employer.stripe_customer_id is None
    again = ask()
    assert again.id != invoice.id
    work()
    assert again.state is InvoiceState.OPEN


def test_an_invoice_that_differs_is_held(session, made, invoices, tell, draft):
    made()
    invoices.pay("in_1", total_cents=100)
    tell("in_1")
    checkout = session.scalars(select(Checkout)).one()
    assert checkout.fulfilment_state is FulfilmentState.HELD
    assert session.scalars(select(Finding.kind)).all() == ["amount_mismatch"]
    assert draft.status is PostingStatus.CHECKOUT


def test_strange_invoices_are_not_ours(session, made, invoices, tell):
    made()
    theirs = replace(invoices.made["in_1"], id="in_9", metadata={"app": "other"})
    invoices.made["in_9"] = theirs
    assert not tell("in_9")
    assert not tell("in_unknown")


def test_paid_by_check_is_paid(session, made, invoices, tell, draft):
    made()
    invoices.note_paid("in_1")
    tell("in_1")
    assert session.scalars(select(Payment.payment_intent_id)).one() == "in_1"
    assert draft.status is PostingStatus.IN_REVIEW


def test_the_employer_takes_back_what_gave_nothing(session, client, made, draft):
    invoice = made()
    client.post(f"/hire/invoices/{invoice.public_id}/cancellation")
    assert invoice.state is InvoiceState.VOID
    assert draft.status is PostingStatus.DRAFT
    assert invoice.checkout.payment_state is PaymentState.CANCELED
    again = client.post(f"/hire/invoices/{invoice.public_id}/cancellation")
    assert again.status_code == 409


def test_the_employer_does_not_take_back_what_was_given(session, client, trusted, made):
    invoice = made()
    answer = client.post(f"/hire/invoices/{invoice.public_id}/cancellation")
    assert answer.status_code == 409
    assert invoice.state is InvoiceState.OPEN


def test_if_the_money_was_quicker_the_money_stands(session, client, made, invoices, draft):
    invoice = made()
    invoices.pay("in_1")
    client.post(f"/hire/invoices/{invoice.public_id}/cancellation")
    assert invoice.state is InvoiceState.PAID
    assert draft.status is PostingStatus.IN_REVIEW


def test_what_gave_nothing_is_taken_back_when_it_is_due(session, made, tend, letters, draft):
    invoice = made()
    for days in (1, 23.5, 29.5, 29.6, DUE + 0.5):
        tend(days)
    assert invoice.state is InvoiceState.VOID
    assert letters() == ["invoice_issued", *["invoice_reminder"] * 2, "invoice_void"]
    assert draft.status is PostingStatus.DRAFT


def test_what_was_given_on_trust_is_withheld_when_it_is_long_overdue(
    session, client, trusted, made, tend, draft, employer, letters, now
):
    made()
    publish(session, draft, now)
    tend(DUE + 8)
    assert (draft.status, employer.owes_at) == (PostingStatus.PUBLISHED, None)
    tend(DUE + 14.1)
    tend(DUE + 14.2)
    assert draft.status is PostingStatus.PAUSED
    assert employer.owes_at is not None
    assert letters().count("invoice_withheld") == 1
    assert client.post(
        f"/hire/postings/{draft.id}/resumption", data={"version": str(draft.version)}
    ).status_code in (404, 409)
    assert draft.status is PostingStatus.PAUSED


def test_nothing_is_published_while_an_invoice_is_long_overdue(
    session, client, trusted, owner, employer, work, tend, draft
):
    client.post("/hire/credits/invoices", data={"plan": "bundle-3"})
    work()
    tend(DUE + 15)
    url = f"/hire/postings/{draft.id}"
    assert "long overdue" in client.get(f"{url}/checkout").text
    answer = client.post(f"{url}/credit-uses", data={"version": str(draft.version)})
    assert answer.status_code == 403
    assert "Pay it first" in answer.text
    assert employer.credit_balance == 3


def test_when_it_is_paid_after_all_its_posting_goes_on(
    session, trusted, made, tend, tell, invoices, draft, employer, now
):
    invoice = made()
    publish(session, draft, now)
    tend(DUE + 15)
    invoices.pay("in_1")
    tell("in_1", now + timedelta(days=DUE + 16))
    assert (draft.status, employer.owes_at) == (PostingStatus.PUBLISHED, None)
    assert invoice.checkout.payment_state is PaymentState.PAID
    assert contradictions(session) == []


def test_taking_back_what_was_given_is_left_to_a_person(session, trusted, made, invoices, tell):
    invoice = made()
    invoices.void("in_1")
    tell("in_1")
    assert invoice.state is InvoiceState.VOID
    assert session.scalars(select(Finding.kind)).all() == ["invoice_void"]
    assert contradictions(session) == []


def test_what_was_written_off_can_still_be_paid(session, trusted, made, invoices, tell, tend):
    invoice = made()
    tend(DUE + 15)
    invoices.write_off("in_1")
    tell("in_1")
    assert invoice.state is InvoiceState.UNCOLLECTIBLE
    assert session.scalars(select(Employer.owes_at)).one() is not None
    session.commit()
    invoices.pay("in_1")
    tell("in_1")
    assert invoice.state is InvoiceState.PAID
    assert session.scalars(select(Employer.owes_at)).one() is None
    assert session.scalars(select(LedgerEntry)).all() == []


def test_letters_say_what_is_owed_and_where_it_is_paid(session, made, now):
    invoice = made(po_number="PO-77", email="ap@mercy.example")

    def letter(name) -> Letter | None:
        return handlers.LETTERS[name](session, str(invoice.id), now)

    issued = letter("invoice_issued")
    assert (issued.to, issued.context["po_number"]) == ("ap@mercy.example", "PO-77")
    assert issued.context["url"] == "https://invoice.stripe.com/i/in_1"
    assert letter("invoice_paid") is None
    assert letter("invoice_void") is None
    assert newest(session).id == invoice.id
