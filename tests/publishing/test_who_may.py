"""Who may not have anything of the board's spends no credits and goes to no payment page."""

import pytest

from careercenter.credits.usecases import gift_credits
from careercenter.postings.models import PostingStatus


@pytest.fixture
def opened(start):
    """A payment page."""
    return start()


@pytest.fixture(params=["unconfirmed", "suspended"])
def words(request, session, employer, member, now):
    """What one of them is told."""
    gift_credits(session, employer, 2, "hello", now)
    if request.param == "unconfirmed":
        member.user.confirmed_at = None
        return "Verify your email first."
    employer.suspended_at = now
    return "Your account is on hold. Contact support."


def test_a_credit_is_not_spent(words, owner_client, employer, draft):
    url, form = f"/hire/postings/{draft.id}/credit-uses", {"version": draft.version}
    response = owner_client.post(url, data=form)
    assert response.status_code == 403
    assert words in response.text
    assert (draft.status, employer.credit_balance) == (PostingStatus.DRAFT, 2)


def test_several_are_not_renewed(words, owner_client, employer, draft):
    ticked = {"act": "renew", "posting": f"{draft.id}.{draft.version}"}
    response = owner_client.post("/hire/changes", data=ticked)
    assert response.status_code == 403
    assert words in response.text
    assert owner_client.post("/hire/changes", data=ticked | {"act": "close"}).status_code == 303


def test_nobody_goes_on_to_a_page_that_is_open(opened, words, owner_client):
    response = owner_client.post(f"/hire/checkouts/{opened.public_id}/payments")
    assert response.status_code == 403
    assert words in response.text


def test_who_goes_on_again_and_again_is_stopped(opened, owner_client):
    url = f"/hire/checkouts/{opened.public_id}/payments"
    statuses = [owner_client.post(url).status_code for _ in range(31)]
    assert statuses == [303] * 30 + [429]
