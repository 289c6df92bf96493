"""An employer with a draft to publish, and the ways of money around it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import stripe
from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.billing import queries, settling, usecases
from careercenter.billing.models import Checkout, PaymentAttempt, RemoteSession
from careercenter.billing.placing import Purchase
from careercenter.config import Settings
from careercenter.employers.models import Employer, Member
from careercenter.employers.queries import member_of
from careercenter.plans import queries as plans
from careercenter.postings.models import Posting, PostingStatus
from careercenter.tasks import Task
from tests.client import StrictClient
from tests.factories import make_employer, make_posting, owner_of
from tests.fakes import FakePayments

Start = Callable[..., Checkout]


@pytest.fixture
def employer(session: Session) -> Employer:
    return make_employer(session)


@pytest.fixture
def member(session: Session, employer: Employer) -> Member:
    member = member_of(session, owner_of(session, employer).id)
    assert member is not None
    return member


@pytest.fixture
def draft(session: Session, employer: Employer) -> Posting:
    return make_posting(session, PostingStatus.DRAFT, employer)


@pytest.fixture
def start(
    session: Session,
    draft: Posting,
    member: Member,
    settings: Settings,
    payments: FakePayments,
    now: datetime,
) -> Start:
    """Begin a checkout and open Stripe's page for it, as the view does."""

    def start(at: datetime = now) -> Checkout:
        checkout = usecases.start_checkout(session, to_buy(session, draft), member, settings, at)
        attempt = checkout.live_attempt()
        assert attempt is not None
        remote = payments.create_session(attempt.params, attempt.idempotency_key)
        queries.locked_attempt(session, attempt.id).note(remote)
        session.flush()
        return queries.by_id(session, attempt.checkout_id)

    return start


@pytest.fixture
def settle(session: Session, now: datetime) -> Callable[[Checkout, RemoteSession], None]:
    def settle(checkout: Checkout, remote: RemoteSession, at: datetime | None = None) -> None:
        locked = queries.locked(session, checkout.id)
        settling.settle_checkout(session, locked, remote, at or now + timedelta(minutes=2))

    return settle


@pytest.fixture
def owner_client(client: StrictClient, member: Member, payments: FakePayments) -> StrictClient:
    """Signed in as the employer; a call to Stripe inside a transaction fails."""
    client.sign_in(member.user)
    payments.watch = client.session
    return client


def to_buy(session: Session, posting: Posting | None, slug: str = "single-posting") -> Purchase:
    """A plan, for this posting or for none."""
    plan = plans.by_slug(session, slug)
    return Purchase(plan, posting, plan.kind)


def begin(
    session: Session, posting: Posting, member: Member, settings: Settings, now: datetime
) -> PaymentAttempt:
    """An attempt that Stripe has not been asked for."""
    wanted = to_buy(session, posting)
    attempt = usecases.start_checkout(session, wanted, member, settings, now).live_attempt()
    assert attempt is not None
    return attempt


def letters(session: Session) -> list[str]:
    """The names of the letters that were promised."""
    kinds = session.scalars(select(Task.kind).where(Task.kind.like("mail:%")).order_by(Task.id))
    return [kind.removeprefix("mail:") for kind in kinds]


def event_body(about: str, kind: str = "checkout.session.completed", **more: Any) -> str:
    """What Stripe would send about this object."""
    event = {
        "id": f"evt_{about}_{kind.rsplit('.')[-1]}",
        "object": "event",
        "type": kind,
        "created": 1_790_000_000,
        "livemode": False,
        "data": {"object": {"id": about}},
    }
    return json.dumps(event | more)


def signed(body: str, secret: str = FakePayments.SECRET, at: float | None = None) -> str:
    stamp = None if at is None else int(at)
    return stripe.WebhookSignature.generate_signature_header(body, secret, stamp)
