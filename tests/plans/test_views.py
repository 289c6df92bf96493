"""The pages on which plans are changed."""

import pytest

from careercenter.accounts.models import Role
from careercenter.plans import queries
from tests.factories import make_user

FORM = {"name": "Job posting", "price": "199", "days": "30", "on_sale": "y", "edition": "1"}


@pytest.fixture
def finance(session, client):
    user = make_user(session, Role.FINANCE)
    client.sign_in(user)
    return user


def test_finance_staff_changes_a_price(session, client, finance):
    assert "$249" in client.get("/staff/plans/single-posting").text
    response = client.post("/staff/plans/single-posting", data=FORM)
    assert (response.status_code, response.location) == (303, "/staff/plans")
    plan = queries.posting_plan(session)
    assert (plan.price_cents, plan.edition, plan.edited_by_id) == (19900, 2, finance.id)
    assert "$199" in client.get("/staff/plans").text
    assert "One posting, 30 days, $199" in client.get("/pricing").text
    assert "One posting, 30 days, $199" in client.get("/").text


def test_an_old_page_is_told_so(client, finance):
    client.post("/staff/plans/single-posting", data=FORM)
    assert client.post("/staff/plans/single-posting", data=FORM).status_code == 409


@pytest.mark.parametrize(
    ("slug", "wrong", "words"),
    [
        ("single-posting", {"price": "0"}, "Only the free plan costs nothing."),
        ("single-posting", {"price": "0.20"}, "Enter at least $0.50"),
        ("single-posting", {"price": "many"}, "Enter dollars"),
        ("single-posting", {"price": "900,000,000"}, "Enter at most $100,000."),
        ("single-posting", {"days": "0"}, "Enter between 1 and 365 days."),
        ("single-posting", {"days": ""}, "Enter the days"),
        ("single-posting", {"name": ""}, "Enter a name."),
        ("single-posting", {"edition": "x"}, None),
        ("free", {"price": "5"}, "The free plan costs nothing."),
        ("bundle-3", {"credits": ""}, "Enter how many."),
    ],
)
def test_what_makes_no_sense_is_kept_out(session, client, finance, slug, wrong, words):
    response = client.post(f"/staff/plans/{slug}", data=FORM | wrong)
    assert response.status_code == (422 if words else 409)
    assert (words or "This changed") in response.text
    assert queries.by_slug(session, slug).edition == 1


def test_only_finance_staff_may(session, client):
    for url in ("/staff/plans", "/staff/plans/single-posting"):
        assert client.get(url).status_code == 302
        for role in (Role.MODERATOR, Role.EMPLOYER, Role.CANDIDATE, Role.OPERATOR):
            client.sign_in(make_user(session, role))
            assert client.get(url).status_code == 403
        client.sign_out()


def test_a_plan_that_is_not_there_is_not_found(client, finance):
    assert client.get("/staff/plans/nothing").status_code == 404


def test_all_that_is_sold_is_on_the_page_with_the_prices(client):
    page = client.get("/pricing").text
    for words in ("Five postings", "$1,045", "Free posting", "Nothing"):
        assert words in page
