"""Finance staff gives credits and says who is a non-profit; both sides read the ledger."""

import pytest

from careercenter.accounts.models import Role
from careercenter.billing.contradictions import contradictions
from careercenter.credits.queries import newest_entries
from tests.factories import make_employer, make_user, owner_of


@pytest.fixture
def employer(session):
    return make_employer(session, name="Harbor Hospice")


@pytest.fixture
def finance(session, client):
    user = make_user(session, Role.FINANCE)
    client.sign_in(user)
    return user


def gift(client, employer, **changes):
    form = {"version": employer.version, "credits": "2", "reason": "A lost week"} | changes
    return client.post(f"/staff/credits/{employer.id}/gifts", data=form)


def test_a_gift_stands_in_the_ledger_that_both_sides_read(session, client, finance, employer):
    page = f"/staff/credits/{employer.id}"
    assert gift(client, employer).location == page
    entry = newest_entries(session, employer.id)[0]
    assert (employer.credit_balance, entry.delta, entry.by_id) == (2, 2, finance.id)
    assert "Given by the board: A lost week" in client.get(page).text
    client.sign_in(owner_of(session, employer))
    assert "Given by the board: A lost week" in client.get("/hire/billing").text
    assert contradictions(session) == []


def test_a_second_click_gives_nothing_more(session, client, finance, employer):
    seen = {"version": employer.version}
    assert gift(client, employer, **seen).status_code == 303
    assert gift(client, employer, **seen).status_code == 409
    assert employer.credit_balance == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"credits": "0"}, "Enter between 1 and 100 credits."),
        ({"credits": "9" * 40}, "Enter between 1 and 100 credits."),
        ({"credits": ""}, "Enter how many credits."),
        ({"reason": " "}, "Enter the reason."),
        ({"reason": "x" * 201}, "Use at most 200 characters."),
    ],
)
def test_a_gift_that_makes_no_sense_is_kept_out(client, finance, employer, wrong, words):
    response = gift(client, employer, **wrong)
    assert (response.status_code, employer.credit_balance) == (422, 0)
    assert words in response.text


def test_a_non_profit_is_called_so_and_not(client, finance, employer):
    url = f"/staff/credits/{employer.id}/nonprofit-status"
    client.post(url, data={"version": employer.version, "nonprofit": "y"})
    assert employer.nonprofit_at is not None
    assert employer.nonprofit_by_id == finance.id
    assert "Non-profit" in client.get("/staff/credits").text
    assert client.post(url, data={"version": employer.version - 1}).status_code == 409
    client.post(url, data={"version": employer.version})
    assert employer.nonprofit_at is None


def test_an_employer_is_found_by_name_or_by_a_members_address(session, client, finance, employer):
    make_employer(session, name="Lakeside")
    for words in ("harbor", owner_of(session, employer).email):
        page = client.get("/staff/credits", query_string={"q": words}).text
        assert "Harbor Hospice" in page
        assert "Lakeside" not in page
    assert "Nobody found" in client.get("/staff/credits?q=nobody-at-all").text


def test_only_finance_staff_may(session, client, employer):
    assert client.get("/staff/credits").status_code == 302
    for role in (Role.MODERATOR, Role.EMPLOYER, Role.OPERATOR):
        client.sign_in(make_user(session, role))
        assert client.get(f"/staff/credits/{employer.id}").status_code == 403
        assert gift(client, employer).status_code == 403
    client.sign_in(make_user(session, Role.FINANCE))
    assert client.get("/staff/credits/999999").status_code == 404
