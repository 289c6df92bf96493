"""STRIPE_TAX=on: Stripe works out the tax; ours is the price before it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from careercenter.billing import handlers
from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import Checkout, FulfilmentState, Payment
from careercenter.findings.models import Finding


@pytest.fixture
def taxed(made_app, settings, monkeypatch):
    on = replace(settings, automatic_tax=True)
    monkeypatch.setitem(made_app.extensions, "settings", on)


@pytest.fixture
def buy(session, owner_client, payments):
    """A bundle, paid with this much tax."""

    def buy(tax: int) -> Checkout:
        owner_client.post("/hire/credits/checkouts", data={"plan": "bundle-3"})
        payments.pay("cs_test_1")
        cents = payments.sessions["cs_test_1"].subtotal_cents
        payments.tamper("cs_test_1", tax_cents=tax, total_cents=cents + tax)
        checkout = session.scalars(select(Checkout)).one()
        owner_client.get(f"/hire/checkouts/{checkout.public_id}?session_id=cs_test_1")
        return checkout

    return buy


def test_stripe_is_asked_for_the_tax_and_for_tax_ids(taxed, buy, payments):
    buy(0)
    ((params, _),) = payments.sent.values()
    assert params["automatic_tax"] == {"enabled": True}
    assert params["tax_id_collection"] == {"enabled": True}
    assert params["customer_update"] == {"address": "auto", "name": "auto"}
    assert params["billing_address_collection"] == "required"


def test_without_the_setting_nothing_is_asked_for(buy, payments):
    buy(0)
    ((params, _),) = payments.sent.values()
    assert not {"automatic_tax", "tax_id_collection", "customer_update"} & params.keys()
    assert params["invoice_creation"]["enabled"]


def test_the_tax_is_kept_and_shown(session, taxed, buy, owner_client, employer, now):
    checkout = buy(4_704)
    assert (checkout.tax_cents, checkout.total_cents) == (4_704, 71_904)
    assert checkout.fulfilment_state is FulfilmentState.FULFILLED
    assert session.scalars(select(Payment.amount_cents)).one() == 71_904
    assert employer.credit_balance == 3
    page = owner_client.get(f"/hire/checkouts/{checkout.public_id}").text
    assert "$47.04" in page
    assert "$719.04" in page
    receipt = handlers.LETTERS["receipt"](session, str(checkout.id), now)
    assert (receipt.context["tax_cents"], receipt.context["total_cents"]) == (4_704, 71_904)
    assert contradictions(session) == []


def test_tax_that_nobody_asked_for_is_looked_at(session, buy, employer):
    checkout = buy(4_704)
    assert checkout.fulfilment_state is FulfilmentState.HELD
    assert session.scalars(select(Finding.kind)).all() == ["amount_mismatch"]
    assert employer.credit_balance == 0
