"""Coupons on the pages of staff and of employers."""

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.billing.models import Checkout
from careercenter.coupons import queries
from careercenter.coupons.models import Coupon
from careercenter.postings.models import PostingStatus
from tests.factories import make_posting, make_user

FORM = {"code": "spring", "kind": "percent", "percent": "20", "each_employer": "1"}


def pays(posting, code="SPRING"):
    return {"version": posting.version, "code": code}


@pytest.fixture
def finance(session, client):
    user = make_user(session, Role.FINANCE)
    client.sign_in(user)
    return user


@pytest.fixture
def coupon(session, now):
    staff = make_user(session, Role.FINANCE)
    coupon = Coupon(
        code="SPRING", percent=20, uses=0, least_cents=0, created_at=now, created_by_id=staff.id
    )
    session.add(coupon)
    session.flush()
    return coupon


def test_finance_staff_makes_and_ends_a_coupon(session, client, finance, now):
    assert client.post("/staff/coupons", data=FORM).location == "/staff/coupons"
    coupon = queries.by_code(session, "SPRING")
    assert (coupon.percent, coupon.each_employer, coupon.created_by_id) == (20, 1, finance.id)
    assert "SPRING" in client.get("/staff/coupons").text
    assert client.post("/staff/coupons", data=FORM).status_code == 422
    assert client.post(f"/staff/coupons/{coupon.id}/end").status_code == 303
    assert not coupon.open_at(coupon.ends_at)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "a b"}, "Use 3 to 30 letters"),
        ({"percent": "101"}, "Enter a percentage between 1 and 100."),
        ({"percent": ""}, "Enter the percentage."),
        ({"kind": "amount"}, "Enter the amount."),
        ({"employer": "nobody"}, "Enter the last part"),
        ({"starts_on": "2027-01-02", "ends_on": "2027-01-01"}, "Enter a last day after the first."),
        ({"most_uses": "0"}, "Enter 1 or more."),
        ({"kind": "amount", "amount": "999999999"}, "Enter at most $100,000."),
        ({"least": "100000.01"}, "Enter at most $100,000."),
        ({"plans": "bundle-3"}, "Choose from the list."),
    ],
)
def test_what_makes_no_sense_is_kept_out(session, client, finance, wrong, words):
    response = client.post("/staff/coupons", data=FORM | wrong)
    assert response.status_code == 422
    assert words in response.text
    assert queries.by_code(session, "SPRING") is None


def test_an_employer_sees_the_price_before_paying(session, owner_client, draft, coupon, payments):
    url = f"/hire/postings/{draft.id}"
    response = owner_client.post(f"{url}/coupons", data={"code": " Spring "})
    assert (response.status_code, response.location) == (303, f"{url}/checkout")
    page = owner_client.get(f"{url}/checkout").text
    for words in ("Coupon SPRING", "−$49.80", "Pay $199.20"):
        assert words in page
    assert 'name="code" value="SPRING"' in page
    owner_client.post(f"{url}/checkouts", data=pays(draft))
    assert session.scalars(select(Checkout)).one().total_cents == 19_920
    assert payments.sessions["cs_test_1"].total_cents == 19_920
    public_id = session.scalars(select(Checkout.public_id)).one()
    assert "−$49.80" in owner_client.get(f"/hire/checkouts/{public_id}").text


def test_a_code_is_for_the_posting_that_it_was_typed_at(
    session, owner_client, employer, draft, coupon
):
    other = make_posting(session, PostingStatus.DRAFT, employer)
    owner_client.post(f"/hire/postings/{draft.id}/coupons", data={"code": "spring"})
    assert "SPRING" not in owner_client.get(f"/hire/postings/{other.id}/checkout").text
    owner_client.post(f"/hire/postings/{other.id}/checkouts", data={"version": other.version})
    assert session.scalars(select(Checkout)).one().total_cents == 24_900


def test_the_price_that_was_shown_is_the_price_that_is_paid(
    session, owner_client, draft, coupon, payments
):
    """In one tab without a code; another tab applies one meanwhile."""
    seen = {"version": draft.version}
    owner_client.post(f"/hire/postings/{draft.id}/coupons", data={"code": "spring"})
    owner_client.post(f"/hire/postings/{draft.id}/checkouts", data=seen)
    assert session.scalars(select(Checkout)).one().total_cents == 24_900


def test_a_code_can_be_taken_away_again(client, owner_client, draft, coupon):
    url = f"/hire/postings/{draft.id}"
    owner_client.post(f"{url}/coupons", data={"code": "spring"})
    assert "Remove the code" in owner_client.get(f"{url}/checkout").text
    response = owner_client.post(f"{url}/coupons/removal")
    assert (response.status_code, response.location) == (303, f"{url}/checkout")
    page = owner_client.get(f"{url}/checkout").text
    assert "SPRING" not in page
    assert "Pay $249" in page


def test_a_wrong_code_is_told_so_and_eleven_are_too_many(owner_client, draft):
    url = f"/hire/postings/{draft.id}/coupons"
    for code in ("wrong", "", "x" * 70, "a b", "'", "%", "SPRING", "1", "2", "3"):
        response = owner_client.post(url, data={"code": code})
        assert response.status_code == 422
        assert "That code isn&#39;t valid for this order." in response.text
    assert owner_client.post(url, data={"code": "wrong"}).status_code == 429


def test_a_coupon_that_takes_all_leads_past_stripe(
    monkeypatch, owner_client, draft, coupon, payments
):
    monkeypatch.setattr("tests.client.MOST_STATEMENTS", 30)  # bought and given at once
    coupon.percent = 100
    url = f"/hire/postings/{draft.id}"
    payments.down = True
    owner_client.post(f"{url}/coupons", data={"code": "SPRING"})
    assert "Publish it, nothing to pay" in owner_client.get(f"{url}/checkout").text
    response = owner_client.post(f"{url}/checkouts", data=pays(draft))
    assert response.location.startswith("/hire/checkouts/")
    assert draft.status is PostingStatus.IN_REVIEW
    assert "Nothing to pay" in owner_client.get(response.location).text


def test_a_code_that_is_gone_by_then_is_not_charged_in_full(session, owner_client, draft, coupon):
    url = f"/hire/postings/{draft.id}"
    owner_client.post(f"{url}/coupons", data={"code": "SPRING"})
    coupon.most_uses = 0
    coupon.uses = 0
    response = owner_client.post(f"{url}/checkouts", data=pays(draft))
    assert response.status_code == 422
    assert "Pay $249" in response.text
    assert session.scalars(select(Checkout)).all() == []


def test_others_have_no_business_here(session, client):
    for role in (Role.MODERATOR, Role.EMPLOYER, Role.OPERATOR):
        client.sign_in(make_user(session, role))
        assert client.get("/staff/coupons").status_code == 403
