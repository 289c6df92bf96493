"""Purchases that were paid, and Stripe after it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.billing import queries as billing
from careercenter.billing import usecases as buying
from careercenter.billing.models import Payment
from careercenter.findings.models import Finding
from careercenter.moderation.models import Objection, Reason
from careercenter.moderation.usecases import approve_posting, reject_posting
from careercenter.publishing.usecases import spend_credit
from careercenter.refunds import handlers, usecases
from careercenter.refunds.models import Refund, RefundReason, RemoteRefund
from careercenter.refunds.usecases import Wish
from tests.billing.conftest import draft, employer, member, settle, to_buy  # noqa: F401
from tests.factories import make_user
from tests.refunds.fakes import FakeRefunds


@pytest.fixture
def refunds(app, monkeypatch):
    fake = FakeRefunds()
    monkeypatch.setitem(app.extensions, "refunds", fake)
    return fake


@pytest.fixture
def finance(session):
    return make_user(session, Role.FINANCE)


@pytest.fixture
def pay(session, member, settings, payments, settle, now):  # noqa: F811
    """Buy a plan and pay it; the checkout."""

    def pay(posting=None, slug="bundle-5", **tampered):
        wanted = to_buy(session, posting, slug)
        checkout = buying.start_checkout(session, wanted, member, settings, now)
        attempt = checkout.live_attempt()
        remote = payments.create_session(attempt.params, attempt.idempotency_key)
        attempt.note(remote)
        payments.pay(remote.id)
        settle(checkout, payments.tamper(remote.id, **tampered))
        return billing.by_id(session, checkout.id)

    return pay


@pytest.fixture
def pay_again(session, payments, settle):  # noqa: F811
    """Stripe tells of another payment for the same."""

    def pay_again(checkout, at):
        session_id = checkout.attempts[0].stripe_session_id
        again = {"payment_intent_id": "pi_again", "charge_id": "ch_again"}
        settle(checkout, payments.tamper(session_id, **again), at)

    return pay_again


@pytest.fixture
def ask(session, finance, zone, now):
    """Finance staff wants money back."""

    def ask(checkout, cents, person=finance, limit=None, reason=RefundReason.STAFF):
        locked = billing.locked(session, checkout.id)
        payment = payment_of(session, checkout)
        wish = Wish(cents, reason, person, "asked by mail", limit)
        return usecases.request_refund(session, locked, payment, wish, zone, now)

    return ask


@pytest.fixture
def zone(app):
    return app.config["BOARD_ZONE"]


@pytest.fixture
def send(session, refunds, settings, now):
    """The worker sends what was asked for."""

    def send(refund, at=now):
        task = handlers.task_handlers(refunds, settings)["send_refund"]
        _outside(session, refunds, lambda: task(session, str(refund.id), at))

    return send


@pytest.fixture
def hear(session, refunds, settings, now):
    """Stripe tells that something went back of a payment."""

    def hear(checkout, intent=None):
        intent = intent or payment_of(session, checkout).payment_intent_id
        follow = handlers.event_handlers(refunds, settings)["charge.refunded"]
        _outside(session, refunds, lambda: follow(session, intent, now + timedelta(hours=1)))

    return hear


@pytest.fixture
def theirs(session, refunds):
    """Somebody gives money back in Stripe's Dashboard."""

    def theirs(checkout, cents):
        intent = payment_of(session, checkout).payment_intent_id
        refunds.tell(intent, RemoteRefund("re_theirs", cents, "succeeded"))

    return theirs


@pytest.fixture
def spend(session, now):
    """A credit is used for a posting."""

    def spend(posting):
        spend_credit(session, posting.employer, posting, now)
        session.flush()

    return spend


@pytest.fixture
def review(session, finance, zone, now):
    """A moderator decides."""

    def review(posting, approve):
        if approve:
            approve_posting(session, posting, finance, zone, now)
        else:
            reject_posting(session, posting, finance, Objection(Reason.PAY_UNCLEAR), now)
        session.flush()

    return review


def _outside(session, fake, act):
    session.commit()
    fake.watch = session
    act()
    session.commit()
    fake.watch = None


def payment_of(session, checkout):
    """The one that bought it."""
    of_it = select(Payment).where(Payment.checkout_id == checkout.id)
    return session.scalars(of_it.order_by(Payment.created_at)).first()


def of(session, checkout):
    """Its refunds."""
    mine = select(Refund).where(Refund.checkout_id == checkout.id).order_by(Refund.id)
    return session.scalars(mine).all()


def open_kinds(session):
    open_ones = select(Finding.kind).where(Finding.resolved_at.is_(None))
    return sorted(session.scalars(open_ones))
