"""Asking for an invoice: what it says, who may, and what a second click does."""

import pytest
from sqlalchemy import func, select

from careercenter.billing.models import Checkout, FulfilmentState, PaymentState
from careercenter.employers.models import MemberRole
from careercenter.invoicing import queries
from careercenter.invoicing.models import Invoice, InvoiceState, Terms
from careercenter.postings.models import PostingStatus
from careercenter.verification.models import DomainRecord
from tests.factories import make_employer, make_member, make_posting, owner_of
from tests.invoicing.conftest import newest

ADDRESS = {"line": "1 Locust Street", "city": "Des Moines", "state": "IA", "zip_code": "50309"}


def test_an_invoice_says_what_the_accounts_department_wants(session, made, invoices):
    wishes = {"po_number": "PO-77", "email": "ap@mercy.example", **ADDRESS}
    invoice = made(**wishes, **{"references-0-name": "Cost center", "references-0-value": "4411"})
    (params,) = [params for params, _ in invoices.sent.values()]
    about = params["invoice"]
    assert about["custom_fields"] == [{"name": "Cost center", "value": "4411"}]
    assert (about["description"], about["days_until_due"]) == ("PO number PO-77", 30)
    assert params["customer"]["address"]["postal_code"] == "50309"
    assert [item["amount"] for item in params["items"]] == [24_900]
    assert (invoice.state, invoice.number, invoice.email) == (
        InvoiceState.OPEN,
        "A-0001",
        "ap@mercy.example",
    )


def test_until_it_is_paid_the_posting_waits(session, client, made, draft):
    invoice = made()
    checkout = invoice.checkout
    assert checkout.payment_state is PaymentState.INVOICED
    assert checkout.fulfilment_state is FulfilmentState.NONE
    assert draft.status is PostingStatus.CHECKOUT
    page = client.get(f"/hire/invoices/{invoice.public_id}").text
    assert "You get what you bought when it is paid" in page
    assert "Take it back" in page
    assert "Invoice sent" in client.get("/hire/billing").text
    assert (
        "as soon as the invoice is paid" in client.get(f"/hire/checkouts/{checkout.public_id}").text
    )


def test_before_stripe_has_answered_the_page_looks_again(client, ask, invoices, work):
    invoice = ask()
    url = f"/hire/invoices/{invoice.public_id}"
    assert 'http-equiv="refresh"' in client.get(url).text
    assert client.get(f"{url}/pdf").status_code == 404
    work()
    assert 'http-equiv="refresh"' not in client.get(url).text
    assert client.get(f"{url}/pdf").location == "https://invoice.stripe.com/i/in_1/pdf"
    assert client.get(f"{url}/page").location == "https://invoice.stripe.com/i/in_1"


def test_a_second_click_finds_the_same_invoice(session, ask, work, invoices):
    first, second = ask(), ask()
    assert first.id == second.id
    work()
    work()
    assert len(invoices.made) == 1


def test_a_trusted_employer_gets_it_at_once(session, trusted, made, draft, letters):
    invoice = made()
    assert draft.status is PostingStatus.IN_REVIEW
    assert invoice.checkout.fulfilment_state is FulfilmentState.FULFILLED
    assert letters() == ["invoice_issued"]


def test_who_was_checked_and_has_paid_before_is_trusted(
    session, employer, made, tell, invoices, now
):
    def trust():
        return queries.trust_in(session, employer, 24_900, now).on_issue

    made()
    invoices.pay("in_1")
    tell("in_1")
    assert not trust()
    session.add(
        DomainRecord(employer_id=employer.id, domain="mercy.example", seen_at=now, asked_at=now)
    )
    session.flush()
    assert trust()


def test_finance_staff_may_decide_otherwise(session, employer, decide, client, owner, draft, now):
    decide(Terms.ISSUE)
    assert queries.trust_in(session, employer, 24_900, now).on_issue
    decide(Terms.NONE)
    assert queries.trust_in(session, employer, 24_900, now).refusal == queries.NO_INVOICES
    url = f"/hire/postings/{draft.id}/invoice"
    assert queries.NO_INVOICES in client.get(url).text
    refused = client.post(f"{url}s", data={"version": str(draft.version)})
    assert refused.status_code == 422
    assert session.scalar(select(func.count(Checkout.id))) == 0


def test_nobody_owes_more_than_the_board_lends(session, trusted, client, owner, work):
    for plan in ("bundle-10", "bundle-5"):
        client.post("/hire/credits/invoices", data={"plan": plan})
        work()
    newest(session).total_cents = 400_000
    session.flush()
    refused = client.post("/hire/credits/invoices", data={"plan": "bundle-3"})
    assert refused.status_code == 422
    assert queries.TOO_MUCH in refused.text
    assert session.scalar(select(func.count(Invoice.id))) == 2


def test_a_bundle_on_trust_may_be_bought_again(
    session, trusted, client, owner, employer, work, now
):
    def buy():
        return client.post("/hire/credits/invoices", data={"plan": "bundle-3"})

    assert buy().location == buy().location
    work()
    assert employer.credit_balance == 3
    newest(session).created_at = now.replace(year=now.year - 1)
    session.flush()
    buy()
    work()
    assert employer.credit_balance == 6


def test_too_little_and_too_much_are_refused(session, employer, now):
    little = queries.trust_in(session, employer, 9_900, now)
    much = queries.trust_in(session, employer, 500_001, now)
    assert (little.refusal, much.refusal) == (queries.TOO_LITTLE, queries.TOO_MUCH)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"email": "nobody"}, "Enter an address like ap@example.com."),
        ({"po_number": "9" * 41}, "Use at most 40 characters."),
        ({"references-0-name": "Cost center"}, "Say what this reference says"),
        ({"references-3-value": "4411"}, "Say what this reference is called."),
        ({"line": "1 Locust Street"}, "Fill in the whole address"),
        ({**ADDRESS, "zip_code": "5030"}, "Enter a ZIP code like 50309."),
    ],
)
def test_what_is_wrong_is_said_and_kept(session, client, owner, draft, form, words):
    data = {"version": str(draft.version), **form}
    response = client.post(f"/hire/postings/{draft.id}/invoices", data=data)
    assert response.status_code == 422
    assert words in response.text
    assert session.scalar(select(func.count(Invoice.id))) == 0
    for value in form.values():
        assert value in response.text


def test_the_page_says_what_it_comes_to(client, owner, draft):
    page = client.get(f"/hire/postings/{draft.id}/invoice").text
    for words in ("$249", "30 days after", "When the invoice is paid"):
        assert words in page
    assert "Pay on invoice instead" in client.get(f"/hire/postings/{draft.id}/checkout").text
    assert "$672" in client.get("/hire/credits/invoice?plan=bundle-3").text
    assert client.get("/hire/credits/invoice?plan=none").status_code == 404


def test_only_who_may_buy_asks(session, client, employer, draft):
    recruiter = make_member(session, employer, MemberRole.RECRUITER)
    client.sign_in(recruiter.user)
    for url in (f"/hire/postings/{draft.id}/invoice", "/hire/invoices"):
        assert client.get(url).status_code == 403
    assert client.post(f"/hire/postings/{draft.id}/invoices").status_code == 403
    billing = make_member(session, employer, MemberRole.BILLING)
    client.sign_in(billing.user)
    assert client.get(f"/hire/postings/{draft.id}/invoice").status_code == 200


def test_a_recruiter_sees_an_invoice_and_pays_none(session, client, employer, made):
    invoice = made()
    client.sign_in(make_member(session, employer, MemberRole.RECRUITER).user)
    url = f"/hire/invoices/{invoice.public_id}"
    page = client.get(url)
    assert page.status_code == 200
    assert "Pay it on Stripe" not in page.text
    assert client.post(f"{url}/cancellation").status_code == 403
    assert client.get(f"{url}/pdf").status_code == 403


def test_another_employers_invoice_is_not_there(session, client, made):
    invoice = made()
    other = make_employer(session)
    client.sign_in(owner_of(session, other))
    url = f"/hire/invoices/{invoice.public_id}"
    assert client.get(url).status_code == 404
    assert client.get(f"{url}/pdf").status_code == 404
    assert client.post(f"{url}/cancellation").status_code == 404
    posting = make_posting(session, PostingStatus.DRAFT, make_employer(session))
    assert client.get(f"/hire/postings/{posting.id}/invoice").status_code == 404


def test_a_stale_version_is_a_conflict(session, client, owner, draft):
    stale = {"version": str(draft.version - 1)}
    assert client.post(f"/hire/postings/{draft.id}/invoices", data=stale).status_code == 409


def test_with_a_payment_page_open_there_is_no_invoice(session, client, owner, draft):
    data = {"version": str(draft.version)}
    assert client.post(f"/hire/postings/{draft.id}/checkouts", data=data).status_code == 303
    assert client.post(f"/hire/postings/{draft.id}/invoices", data=data).status_code == 409
    assert session.scalar(select(func.count(Invoice.id))) == 0


def test_what_is_invoiced_is_not_sold_again(client, made, draft):
    invoice = made()
    answer = client.post(f"/hire/postings/{draft.id}/checkouts", data={"version": "1"})
    assert answer.location == f"/hire/checkouts/{invoice.checkout.public_id}"
