"""A subscription's whole life: the real library over HTTP, and a simulator whose clock is ours."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter import clock
from careercenter.billing.contradictions import contradictions
from careercenter.billing.gateway import make_payments
from careercenter.billing.models import Checkout, Payment
from careercenter.billing.remote import PaymentsRefused
from careercenter.slots.models import Subscription, SubscriptionInvoice, SubscriptionStatus
from careercenter.subscriptions.gateway import make_subscriptions
from careercenter.subscriptions.handlers import followers, sync, task_handlers
from tests.conftest import make_settings
from tests.stripesim.running import Running
from tests.subscriptions.conftest import PAGE

MONTH = timedelta(days=31)


@pytest.fixture(scope="module")
def sim() -> Iterator[Running]:
    with Running() as running:
        yield running


@pytest.fixture
def config(sim, settings, tmp_path):
    return make_settings(settings.database_url, tmp_path, STRIPE_API_BASE=sim.url)


@pytest.fixture
def gateway(config, app, monkeypatch):
    made = make_subscriptions(config)
    monkeypatch.setitem(app.extensions, "payments", make_payments(config))
    monkeypatch.setitem(app.extensions, "subscriptions", made)
    return made


@pytest.fixture
def taken(session, sim, config, gateway, owner_client, now):
    """Three slots a month, paid on the simulator's page; its clock goes back to ours after."""
    sim.config(offset=0)
    assert owner_client.post(f"{PAGE}/checkouts", data={"plan": "slots-3"}).status_code == 303
    checkout = session.scalars(select(Checkout)).one()
    sim.pay(checkout.attempts[0].stripe_session_id)
    assert "Your slots are yours" in owner_client.get(f"/hire/checkouts/{checkout.public_id}").text
    subscription = session.scalars(select(Subscription)).one()
    stripe_id = subscription.stripe_subscription_id
    task_handlers(gateway, config)["sync_subscription"](session, stripe_id, now)
    yield subscription
    sim.config(offset=0)


@pytest.fixture
def look(session, config, gateway, taken):
    """Ask how it stands."""

    def look(at=None):
        session.commit()
        stripe_id = taken.stripe_subscription_id
        session.commit()
        sync(session, gateway, config, stripe_id, at or clock.now())
        session.flush()
        return taken.status

    return look


def card(sim, taken, session, action):
    """Press a button of the customer's own pages at Stripe."""
    session.commit()
    customer, stripe_id = taken.employer.stripe_customer_id, taken.stripe_subscription_id
    session.commit()
    back = {"customer": customer, "return_url": "http://localhost/hire/billing"}
    visit = sim.client().v1.billing_portal.sessions.create(back)
    sim.send("POST", visit.url.removeprefix(sim.url), f"action={action}&subscription={stripe_id}")


def test_what_was_paid_stands_in_the_books(session, taken):
    assert (taken.status, taken.slots) == (SubscriptionStatus.ACTIVE, 3)
    assert taken.item_id.startswith("si_")
    assert taken.period_ends_at > taken.created_at + timedelta(days=27)
    assert session.scalars(select(Payment)).one().amount_cents == 49_900
    assert contradictions(session) == []


def test_it_is_changed_and_left(session, owner_client, taken):
    form = {"version": taken.version, "plan": "slots-10"}
    assert owner_client.post(f"{PAGE}/changes", data=form).location == PAGE
    assert (taken.slots, taken.plan, taken.price_cents) == (10, "slots-10", 139_000)
    form = {"version": taken.version, "plan": "slots-3"}
    owner_client.post(f"{PAGE}/changes", data=form)
    assert taken.slots == 3
    owner_client.post(f"{PAGE}/ending", data={"version": taken.version})
    assert taken.cancels_at_end
    owner_client.post(f"{PAGE}/continuation", data={"version": taken.version})
    assert not taken.cancels_at_end


def test_a_month_passes(session, sim, config, gateway, taken, look, now):
    first = taken.period_ends_at
    sim.config(offset=int(MONTH.total_seconds()))
    assert look() is SubscriptionStatus.ACTIVE
    assert taken.period_ends_at > first
    bill = sim.client().v1.invoices.list({"limit": 1}).data[0].id
    session.commit()
    assert followers(gateway, config)["invoice.paid"](session, bill, now)
    kept = session.scalars(select(SubscriptionInvoice)).one()
    assert (kept.status, kept.total_cents) == ("paid", 49_900)


def test_a_card_that_fails_and_one_that_pays(session, sim, owner_client, taken, look):
    card(sim, taken, session, "bad")
    form = {"version": taken.version, "plan": "slots-10"}
    refused = owner_client.post(f"{PAGE}/changes", data=form)
    assert (refused.status_code, taken.slots) == (422, 3)
    sim.config(offset=int(MONTH.total_seconds()))
    assert look() is SubscriptionStatus.PAST_DUE
    assert taken.past_due_at is not None
    card(sim, taken, session, "good")
    assert (look(), taken.past_due_at) == (SubscriptionStatus.ACTIVE, None)


def test_a_card_that_never_pays_ends_it(session, sim, owner_client, taken, look):
    card(sim, taken, session, "bad")
    for days in (31, 60):
        sim.config(offset=days * 24 * 3600)
        look()
    assert taken.over
    assert "Subscribe" in owner_client.get(PAGE).text


def test_one_that_is_unknown_is_refused(gateway):
    with pytest.raises(PaymentsRefused):
        gateway.retrieve("sub_nothing")
    with pytest.raises(PaymentsRefused):
        gateway.retrieve_bill("in_nothing")
