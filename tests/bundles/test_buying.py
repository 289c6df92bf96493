"""Buying credits, from the choice to the ledger."""

import pytest
from sqlalchemy import select

from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import Checkout, PaymentState
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.employers.models import MemberRole
from careercenter.employers.queries import member_of
from careercenter.plans.queries import by_slug
from tests.factories import make_employer, make_member, owner_of

URL = "/hire/credits/checkouts"


@pytest.fixture
def employer(session):
    return make_employer(session)


@pytest.fixture
def owner(session, client, employer, payments):
    member = member_of(session, owner_of(session, employer).id)
    client.sign_in(member.user)
    payments.watch = session
    return member


def test_the_bundles_are_shown_with_what_each_posting_costs(client, owner):
    page = client.get("/hire/credits").text
    for words in ("Three postings", "$672", "$224 each", "They never expire.", "TEST PAYMENTS"):
        assert words in page


def test_a_bundle_becomes_credits(session, client, owner, employer, payments):
    response = client.post(URL, data={"plan": "bundle-3"})
    assert (response.status_code, response.location[-9:]) == (303, "cs_test_1")
    checkout = session.scalars(select(Checkout)).one()
    assert (checkout.posting_id, checkout.total_cents) == (None, 67_200)
    payments.pay("cs_test_1")
    page = client.get(f"/hire/checkouts/{checkout.public_id}?session_id=cs_test_1")
    assert "Payment received" in page.text
    assert employer.credit_balance == 3
    entry = session.scalars(select(LedgerEntry)).one()
    assert (entry.reason, entry.delta, entry.expires_at) == (EntryReason.BOUGHT, 3, None)
    assert contradictions(session) == []
    assert "Three postings" in client.get("/hire/billing").text


def test_a_double_click_leads_to_one_page(session, client, owner):
    first, second = (client.post(URL, data={"plan": "bundle-5"}).location for _ in range(2))
    assert first == second
    other = client.post(URL, data={"plan": "bundle-3"}).location
    assert other != first


def test_a_bundle_may_be_bought_again(session, client, owner, employer, payments):
    for number in (1, 2):
        client.post(URL, data={"plan": "bundle-3"})
        payments.pay(f"cs_test_{number}")
        checkout = session.scalars(select(Checkout).order_by(Checkout.id.desc())).first()
        client.get(f"/hire/checkouts/{checkout.public_id}")
    assert employer.credit_balance == 6


def test_credits_are_bought_again_while_a_bank_takes_its_time(
    session, client, owner, employer, payments
):
    client.post(URL, data={"plan": "bundle-3"})
    payments.debit("cs_test_1")
    first = session.scalars(select(Checkout)).one()
    client.get(f"/hire/checkouts/{first.public_id}?session_id=cs_test_1")
    assert first.payment_state is PaymentState.PROCESSING
    response = client.post(URL, data={"plan": "bundle-3"})
    assert (response.status_code, response.location[-9:]) == (303, "cs_test_2")
    assert len(session.scalars(select(Checkout)).all()) == 2


def test_credits_that_last_say_until_when(session, client, owner, payments):
    by_slug(session, "bundle-3").credits_last_days = 365
    client.post(URL, data={"plan": "bundle-3"})
    payments.pay("cs_test_1")
    checkout = session.scalars(select(Checkout)).one()
    client.get(f"/hire/checkouts/{checkout.public_id}")
    entry = session.scalars(select(LedgerEntry)).one()
    assert (entry.expires_at - entry.created_at).days == 365


@pytest.mark.parametrize("plan", ["", "nothing", "single-posting", "featured-7"])
def test_only_bundles_are_sold_here(session, client, owner, plan):
    response = client.post(URL, data={"plan": plan} if plan else {})
    assert response.status_code == 422
    words = "That product isn&#39;t available." if plan else "Choose a bundle."
    assert words in response.text
    assert session.scalars(select(Checkout)).all() == []


def test_leaving_the_purchase_of_a_bundle_leads_to_billing(session, client, owner):
    client.post(URL, data={"plan": "bundle-3"})
    checkout = session.scalars(select(Checkout)).one()
    again = client.post(f"/hire/checkouts/{checkout.public_id}/payments")
    assert again.location.endswith("cs_test_1")
    response = client.post(f"/hire/checkouts/{checkout.public_id}/cancellation")
    assert response.location == "/hire/billing"
    over = client.post(f"/hire/checkouts/{checkout.public_id}/payments")
    assert over.location == f"/hire/checkouts/{checkout.public_id}"


def test_who_may_not_buy_is_refused(session, client, employer):
    assert client.post(URL).status_code == 302
    for role, status in ((MemberRole.RECRUITER, 403), (MemberRole.BILLING, 422)):
        client.sign_in(make_member(session, employer, role).user)
        assert client.post(URL).status_code == status
