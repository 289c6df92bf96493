"""A purchase that is paid by an invoice: given when the invoice is sent, or when it is paid."""

import pytest
from sqlalchemy import func, select

from careercenter.billing import queries, settling
from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import FulfilmentState, PaymentState
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import PostingStatus
from tests.billing.conftest import letters, to_buy


@pytest.fixture
def invoiced(session, start):
    checkout = start()
    checkout.move_payment(PaymentState.INVOICED)
    session.flush()
    return checkout


@pytest.fixture
def trusted(session, invoiced, now):
    """Given when the invoice was sent."""
    settling.fulfil(session, invoiced, now)
    session.flush()
    return invoiced


def count_periods(session):
    return session.scalar(select(func.count()).select_from(ListingPeriod))


def test_what_was_given_on_trust_is_not_given_again_when_it_is_paid(
    session, trusted, settle, payments
):
    assert (count_periods(session), letters(session)) == (1, [])
    settle(trusted, payments.pay("cs_test_1"))
    assert (count_periods(session), letters(session)) == (1, ["receipt"])
    assert trusted.payment_state is PaymentState.PAID
    assert contradictions(session) == []


def test_money_that_differs_takes_nothing_back(session, trusted, settle, payments):
    payments.pay("cs_test_1")
    settle(trusted, payments.tamper("cs_test_1", total_cents=100))
    assert trusted.fulfilment_state is FulfilmentState.FULFILLED


def test_giving_twice_gives_once(session, trusted, now):
    settling.fulfil(session, trusted, now)
    assert count_periods(session) == 1


def test_it_pays_for_a_posting_until_that_has_left_the_board(session, invoiced, draft, now):
    wanted = to_buy(session, draft)
    assert queries.pays_for(invoiced, wanted)
    settling.fulfil(session, invoiced, now)
    assert queries.pays_for(invoiced, wanted)
    draft.status = PostingStatus.CLOSED
    assert not queries.pays_for(invoiced, wanted)


@pytest.mark.parametrize("given", [False, True])
def test_its_page_says_so(session, invoiced, owner_client, now, given):
    if given:
        settling.fulfil(session, invoiced, now)
    page = owner_client.get(f"/hire/checkouts/{invoiced.public_id}").text
    assert "Invoice sent" in page
    assert ("is with a moderator" in page) is given
