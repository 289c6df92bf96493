"""Payment methods, tax details and receipts, on Stripe's pages."""

import pytest
from sqlalchemy import select

from careercenter.billing.models import Checkout
from careercenter.billing.remote import PaymentsRefused
from careercenter.employers.models import MemberRole
from careercenter.employers.queries import member_of
from careercenter.portal.models import BillingDetails
from tests.factories import make_employer, make_member, owner_of

DETAILS, VISIT = "/hire/billing/details", "/hire/billing/portal-sessions"


@pytest.fixture
def employer(session):
    return make_employer(session)


@pytest.fixture
def owner(session, client, employer, payments, portal):
    member = member_of(session, owner_of(session, employer).id)
    client.sign_in(member.user)
    payments.watch = session
    return member


@pytest.fixture
def bought(session, client, owner, payments):
    """A bundle, paid by card."""
    client.post("/hire/credits/checkouts", data={"plan": "bundle-3"})
    payments.pay("cs_test_1")
    checkout = session.scalars(select(Checkout)).one()
    url = f"/hire/checkouts/{checkout.public_id}"
    client.get(f"{url}?session_id=cs_test_1")
    return url


def test_the_portal_opens_for_who_is_new_to_stripe(client, owner, employer):
    answer = client.post(VISIT)
    assert (answer.status_code, answer.location[:27]) == (303, "https://billing.stripe.com/")
    assert employer.stripe_customer_id == f"cus_{employer.id}"
    assert client.post(VISIT).status_code == 303


def test_a_customer_deleted_at_stripe_is_made_anew(client, owner, employer, portal):
    client.post(VISIT)
    portal.refusal = PaymentsRefused("customer")
    assert client.post(VISIT).status_code == 502
    assert employer.stripe_customer_id is None
    portal.refusal = None
    assert client.post(VISIT).status_code == 303


def test_what_stripe_has_is_shown(client, owner, employer, portal):
    assert "Not given yet" in client.get(DETAILS).text
    employer.stripe_customer_id = "cus_1"
    portal.known = BillingDetails("Mercy", "ap@mercy.example", ("1 Locust Street",), ("12-345",))
    page = client.get(DETAILS).text
    for words in ("ap@mercy.example", "1 Locust Street", "12-345"):
        assert words in page


def test_when_stripe_is_silent_the_page_says_so(client, owner, employer, portal):
    employer.stripe_customer_id = "cus_1"
    portal.down = True
    page = client.get(DETAILS)
    assert page.status_code == 200
    assert "Stripe does not answer" in page.text
    assert client.post(VISIT).status_code == 503


def test_a_receipt_is_fetched_when_it_is_asked_for(client, bought):
    assert "Download the receipt" in client.get(bought).text
    answer = client.get(f"{bought}/receipt")
    assert answer.location == "https://pay.stripe.com/invoice/cs_test_1/pdf"


def test_there_is_no_receipt_for_what_is_not_paid(session, client, owner):
    client.post("/hire/credits/checkouts", data={"plan": "bundle-3"})
    checkout = session.scalars(select(Checkout)).one()
    assert client.get(f"/hire/checkouts/{checkout.public_id}/receipt").status_code == 404


def test_only_who_may_buy_enters(session, client, employer, bought):
    client.sign_in(make_member(session, employer, MemberRole.RECRUITER).user)
    assert client.get(DETAILS).status_code == 403
    assert client.post(VISIT).status_code == 403
    assert client.get(f"{bought}/receipt").status_code == 403
    client.sign_in(owner_of(session, make_employer(session)))
    assert client.get(f"{bought}/receipt").status_code == 404
    client.sign_out()
    assert client.get(DETAILS).location.startswith("/login")
