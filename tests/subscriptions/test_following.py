"""Messages about subscriptions, in any order, twice or not at all: what stands is Stripe's word."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from careercenter.billing.handlers import handle_event
from careercenter.billing.models import EventState, StripeEvent
from careercenter.duties import letters
from careercenter.slots.models import Subscription, SubscriptionInvoice, SubscriptionStatus
from careercenter.slots.usecases import RemoteBill
from careercenter.subscriptions.handlers import followers, task_handlers
from tests.billing.conftest import letters as promised

STORY = ("customer.subscription.updated", "invoice.payment_failed", "invoice.paid")


@pytest.fixture
def hear(session, settings, payments, stripe_subscriptions, now):
    """A message comes; nothing in it is believed."""

    def hear(kind, about, at=now):
        event = StripeEvent(
            id=f"evt_{session.query(StripeEvent).count()}",
            type=kind,
            object_id=about,
            livemode=False,
            state=EventState.NEW,
            received_at=at,
        )
        session.add(event)
        session.commit()
        listening = followers(stripe_subscriptions, settings)
        handle_event(session, payments, settings, event.id, at, listening)
        session.flush()
        return event.state

    return hear


@pytest.fixture
def bill(stripe_subscriptions, subscription, now):
    made = RemoteBill("in_1", subscription.stripe_subscription_id, "A-1", "open", 49900, "", now)
    stripe_subscriptions.bills["in_1"] = made
    return made


def test_a_renewal_moves_the_end_of_the_period(
    session, hear, bill, subscription, stripe_subscriptions, now
):
    later = now + timedelta(days=61)
    stripe_subscriptions.tell(subscription.stripe_subscription_id, period_ends_at=later)
    for _ in range(2):
        assert hear("invoice.paid", "in_1") is EventState.DONE
    assert subscription.period_ends_at == later
    assert session.query(SubscriptionInvoice).one().number == "A-1"


@pytest.mark.parametrize("story", list(permutations(STORY)))
def test_in_any_order_the_last_word_is_stripes(
    hear, bill, subscription, stripe_subscriptions, story
):
    stripe_id = subscription.stripe_subscription_id
    stripe_subscriptions.tell(stripe_id, status=SubscriptionStatus.PAST_DUE)
    for kind in story:
        assert hear(kind, "in_1" if "invoice" in kind else stripe_id) is EventState.DONE
    assert subscription.status is SubscriptionStatus.PAST_DUE
    stripe_subscriptions.tell(stripe_id, status=SubscriptionStatus.ACTIVE)
    hear(story[0], "in_1" if "invoice" in story[0] else stripe_id)
    assert (subscription.status, subscription.past_due_at) == (SubscriptionStatus.ACTIVE, None)


def test_the_week_of_grace_begins_with_the_first_failure(
    session, hear, subscription, stripe_subscriptions, now
):
    stripe_id = subscription.stripe_subscription_id
    stripe_subscriptions.tell(stripe_id, status=SubscriptionStatus.PAST_DUE)
    for days in (0, 3):
        hear("customer.subscription.updated", stripe_id, now + timedelta(days=days))
    assert subscription.past_due_at == now
    assert promised(session).count("subscription_past_due") == 1


def test_the_end_is_told_once(session, app, hear, subscription, stripe_subscriptions, now):
    stripe_id = subscription.stripe_subscription_id
    stripe_subscriptions.tell(stripe_id, status=SubscriptionStatus.CANCELED, ended_at=now)
    for _ in range(2):
        hear("customer.subscription.deleted", stripe_id)
    assert promised(session).count("subscription_ended") == 1
    letter = letters(app)["subscription_ended"](session, str(subscription.id), now)
    assert letter.subject == "Your subscription has ended"


def test_one_that_is_not_ours_is_left_alone(session, hear, subscription, stripe_subscriptions):
    known = stripe_subscriptions.known
    ours = known[subscription.stripe_subscription_id]
    known["sub_other"] = replace(ours, id="sub_other", metadata={"app": "shop"})
    assert hear("customer.subscription.updated", "sub_other") is EventState.IGNORED
    assert hear("customer.subscription.updated", "sub_missing") is EventState.IGNORED
    assert hear("invoice.paid", "in_missing") is EventState.IGNORED
    assert session.query(Subscription).count() == 1


def test_without_any_message_the_hourly_look_finds_out(
    session, settings, subscription, stripe_subscriptions, now
):
    stripe_subscriptions.tell(subscription.stripe_subscription_id, cancels_at_end=True)
    task_handlers(stripe_subscriptions, settings)["sync_subscriptions"](session, "", now)
    assert subscription.cancels_at_end
    assert subscription.synced_at == now
