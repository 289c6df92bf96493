"""Purchases that were paid, and what banks say of them."""

from datetime import timedelta

import pytest

from careercenter.billing import queries as billing
from careercenter.billing.models import DisputeState
from careercenter.disputes import handlers
from careercenter.disputes.models import Dispute, RemoteDispute
from tests.refunds.conftest import (  # noqa: F401
    draft,
    employer,
    finance,
    member,
    pay,
    pay_again,
    payment_of,
    refunds,
    review,
    settle,
    spend,
    zone,
)
from tests.refunds.fakes import FakeDisputes


@pytest.fixture
def banks():
    return FakeDisputes()


@pytest.fixture
def tell(session, banks, payments, settings, now):
    """Stripe tells that something happened to a dispute of this payment; twice."""
    follow = handlers.event_handlers(banks, payments, settings)["charge.dispute.updated"]

    def tell(checkout, status="needs_response", at=now, due=timedelta(days=9), intent=None):
        intent = intent or payment_of(session, checkout).payment_intent_id
        remote = RemoteDispute("dp_1", status, "fraudulent", 104_500, now + due)
        banks.told[intent] = [remote]
        for _ in range(2):
            session.commit()
            banks.watch = session
            assert follow(session, intent, at)
            session.commit()
            banks.watch = None
        return session.get_one(Dispute, "dp_1")

    return tell


def state_of(session, checkout):
    session.expire_all()
    found = billing.by_id(session, checkout.id)
    assert isinstance(found.dispute_state, DisputeState)
    return found.dispute_state, found.fulfilment_state
