"""Taking, changing and leaving a subscription at the desk."""

import pytest
from sqlalchemy import select

from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import Checkout
from careercenter.employers.models import MemberRole
from careercenter.slots.models import Subscription, SubscriptionStatus
from tests.factories import make_employer, make_member, owner_of
from tests.subscriptions.conftest import PAGE, take


def press(client, what, subscription, **form):
    return client.post(f"{PAGE}/{what}", data={"version": subscription.version} | form)


def test_what_can_be_taken_is_shown_with_its_price(owner_client):
    page = owner_client.get(PAGE).text
    for words in ("Three slots", "$499 a month", "$4,990 a year", "each period until you leave"):
        assert words in page


def test_it_is_taken_on_stripes_page(session, owner_client, employer, payments):
    assert "Your slots are yours" in take(session, owner_client, payments, "slots-10-year")
    taken = session.scalars(select(Subscription)).one()
    assert (taken.slots, taken.months, taken.status) == (10, 12, SubscriptionStatus.ACTIVE)
    assert (taken.stripe_subscription_id, taken.employer_id) == ("sub_1", employer.id)
    params = session.scalars(select(Checkout)).one().attempts[0].params
    assert params["mode"] == "subscription"
    assert params["subscription_data"]["metadata"]["slots"] == "10"
    assert params["line_items"][0]["price_data"]["recurring"] == {"interval": "year"}
    assert contradictions(session) == []


def test_coming_back_twice_gives_one(session, owner_client, subscription):
    checkout = session.scalars(select(Checkout)).one()
    for _ in range(2):
        owner_client.get(f"/hire/checkouts/{checkout.public_id}")
    assert session.query(Subscription).count() == 1
    assert contradictions(session) == []


def test_there_is_one_at_a_time(owner_client, subscription):
    response = owner_client.post(f"{PAGE}/checkouts", data={"plan": "slots-10"})
    assert (response.status_code, "already" in response.text) == (409, True)


def test_a_larger_plan_gives_its_slots_at_once(owner_client, subscription):
    assert press(owner_client, "changes", subscription, plan="slots-10").location == PAGE
    assert (subscription.slots, subscription.price_cents) == (10, 139_000)
    assert "Ten slots</b>, $1,390 a month" in owner_client.get(PAGE).text


def test_a_card_that_fails_changes_nothing(owner_client, subscription, stripe_subscriptions):
    stripe_subscriptions.declined = True
    response = press(owner_client, "changes", subscription, plan="slots-10")
    assert (response.status_code, subscription.slots) == (422, 3)
    assert "Your card was not accepted" in response.text


def test_stripe_being_away_changes_nothing(owner_client, subscription, stripe_subscriptions):
    stripe_subscriptions.down = True
    assert press(owner_client, "changes", subscription, plan="slots-10").status_code == 503
    assert press(owner_client, "ending", subscription).status_code == 503
    assert (subscription.slots, subscription.cancels_at_end) == (3, False)


def test_it_is_left_at_the_end_of_the_period_or_kept_after_all(owner_client, subscription):
    assert press(owner_client, "ending", subscription).location == PAGE
    assert subscription.cancels_at_end
    assert "Ends with this period" in owner_client.get(PAGE).text
    press(owner_client, "continuation", subscription)
    assert not subscription.cancels_at_end


@pytest.mark.parametrize("plan", ["", "nothing", "bundle-3", "slots-3"])
def test_a_change_to_what_is_none_is_refused(owner_client, subscription, plan):
    assert press(owner_client, "changes", subscription, plan=plan).status_code == 422


@pytest.mark.parametrize("what", ["changes", "ending", "continuation"])
def test_an_old_page_is_told_so(owner_client, subscription, what):
    form = {"version": subscription.version - 1, "plan": "slots-10"}
    assert owner_client.post(f"{PAGE}/{what}", data=form).status_code == 409


def test_only_who_may_pay_and_only_ones_own(session, client, owner_client, employer, subscription):
    client.sign_in(owner_of(session, make_employer(session)))
    assert press(client, "ending", subscription).status_code == 404
    client.sign_in(make_member(session, employer, MemberRole.RECRUITER).user)
    assert client.get(PAGE).status_code == 403
    assert press(client, "changes", subscription, plan="slots-10").status_code == 403
    client.sign_out()
    assert client.get(PAGE).status_code == 302
