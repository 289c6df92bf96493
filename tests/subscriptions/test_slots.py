"""Slots: taken by publishing, freed by what ends, and kept or lost with the subscription."""

from datetime import timedelta

import pytest

from careercenter.billing.contradictions import contradictions
from careercenter.credits.usecases import gift_credits
from careercenter.errors import Invalid
from careercenter.lifecycle.usecases import close_posting
from careercenter.periods.usecases import revoke_period
from careercenter.postings.models import PostingStatus
from careercenter.publishing.models import Cost, Way
from careercenter.publishing.queries import entitlement_of
from careercenter.publishing.usecases import take_slot
from careercenter.slots.models import GRACE, SubscriptionStatus
from careercenter.slots.queries import slots_left, slots_used
from tests.factories import make_employer, make_posting


@pytest.fixture
def put(session, employer, now):
    """Put a new draft into a slot."""

    def put():
        posting = make_posting(session, PostingStatus.DRAFT, employer)
        take_slot(session, employer, posting, now)
        return posting

    return put


def test_credits_come_first_then_slots_then_a_checkout(session, member, draft, subscription, now):
    gift_credits(session, member.employer, 1, "hello", now)
    asked = entitlement_of(session, member, draft, True, "", now)
    assert asked.ways == (Way.CREDIT, Way.SLOT, Way.CHECKOUT)
    member.employer.credit_balance = 0


def test_a_slot_costs_nothing(session, member, draft, subscription, now):
    asked = entitlement_of(session, member, draft, True, "", now)
    assert (asked.slots_left, asked.what_would_it_cost) == (3, Cost(Way.SLOT))


def test_the_employer_sees_it_and_confirms(session, owner_client, draft, subscription):
    url = f"/hire/postings/{draft.id}"
    assert "3 slots for this posting" in owner_client.get(f"{url}/checkout").text
    response = owner_client.post(f"{url}/slot-uses", data={"version": draft.version})
    assert (response.location, draft.status) == (url, PostingStatus.IN_REVIEW)
    assert "1 of 3 used" in owner_client.get("/hire/subscription").text
    assert contradictions(session) == []


def test_the_last_slot_is_given_once(session, employer, put, subscription):
    for _ in range(3):
        put()
    with pytest.raises(Invalid, match="None of your slots is free"):
        put()


def test_what_is_rejected_or_closed_frees_its_slot_and_leaves_no_credit(
    session, employer, put, subscription, now
):
    rejected, closed = put(), put()
    revoke_period(session, rejected, now)
    rejected.reject()
    closed.publish(now, now + timedelta(days=30))
    assert close_posting(session, closed, now) == 0
    assert (slots_used(session, employer.id, now), employer.credit_balance) == (0, 0)


def test_a_posting_in_a_slot_may_be_renewed_in_it(session, employer, put, subscription, now):
    postings = [put() for _ in range(3)]
    assert slots_left(session, employer.id, now) == 0
    assert slots_left(session, employer.id, now, but=postings[0].id) == 1


def test_a_payment_that_failed_costs_no_slot_for_a_week(session, employer, subscription, now):
    subscription.status, subscription.past_due_at = SubscriptionStatus.PAST_DUE, now
    assert slots_left(session, employer.id, now + GRACE - timedelta(seconds=1)) == 3
    assert slots_left(session, employer.id, now + GRACE) == 0


@pytest.mark.parametrize("status", ["canceled", "unpaid", "paused", "incomplete"])
def test_otherwise_only_what_is_paid_gives_slots(session, employer, subscription, now, status):
    subscription.status = SubscriptionStatus(status)
    assert slots_left(session, employer.id, now) == 0


def test_fewer_slots_than_used_take_nothing_off_the_board(
    session, employer, put, subscription, now
):
    postings = [put() for _ in range(3)]
    subscription.slots = 1
    assert slots_left(session, employer.id, now) == 0
    assert {posting.status for posting in postings} == {PostingStatus.IN_REVIEW}


def test_anothers_slots_are_no_use(session, subscription, now):
    assert slots_left(session, make_employer(session).id, now) == 0
