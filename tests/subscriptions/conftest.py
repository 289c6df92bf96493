"""An employer who subscribes; Stripe's side is a fake that says what the test wants."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.billing.models import Checkout
from careercenter.slots.models import RemoteSubscription, Subscription, SubscriptionStatus
from tests.billing.conftest import draft, employer, member, owner_client  # noqa: F401
from tests.client import StrictClient
from tests.fakes import FakePayments
from tests.subscriptions.fake import FakeSubscriptions

PAGE = "/hire/subscription"


@pytest.fixture
def stripe_subscriptions(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> FakeSubscriptions:
    fake = FakeSubscriptions()
    fake.watch = session
    monkeypatch.setitem(app.extensions, "subscriptions", fake)
    return fake


@pytest.fixture
def subscription(
    session: Session,
    owner_client: StrictClient,  # noqa: F811
    payments: FakePayments,
    stripe_subscriptions: FakeSubscriptions,
    now: datetime,
) -> Subscription:
    """Three slots a month, taken on Stripe's page."""
    take(session, owner_client, payments, "slots-3")
    taken = session.scalars(select(Subscription)).one()
    stripe_subscriptions.known[taken.stripe_subscription_id] = remote_of(session, taken, now)
    return taken


def take(session: Session, client: StrictClient, payments: FakePayments, plan: str) -> str:
    """Choose, pay, come back; what is read there."""
    assert client.post(f"{PAGE}/checkouts", data={"plan": plan}).status_code == 303
    checkout = session.scalars(select(Checkout).order_by(Checkout.id.desc())).first()
    assert checkout is not None
    payments.pay(checkout.attempts[-1].stripe_session_id or "")
    return client.get(f"/hire/checkouts/{checkout.public_id}").text


def remote_of(session: Session, taken: Subscription, now: datetime) -> RemoteSubscription:
    """As Stripe would tell it: with the metadata that we asked for."""
    checkout = session.scalars(select(Checkout).order_by(Checkout.id.desc())).first()
    assert checkout is not None
    params = checkout.attempts[-1].params
    return RemoteSubscription(
        id=taken.stripe_subscription_id,
        item_id="si_1",
        product_id="prod_1",
        status=SubscriptionStatus.ACTIVE,
        metadata=params["subscription_data"]["metadata"],
        price_cents=params["line_items"][0]["price_data"]["unit_amount"],
        months=1,
        period_ends_at=now + timedelta(days=30),
        cancels_at_end=False,
        ended_at=None,
    )
