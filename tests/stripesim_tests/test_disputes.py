from typing import Any

import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening


@pytest.fixture
def intent(sim: Running, api: stripe.StripeClient, opened: Opening) -> str:
    """Of a payment by card."""
    sim.pay(opened().id)
    return api.v1.payment_intents.list().data[0].id


def kinds(api: stripe.StripeClient) -> list[str]:
    return [event.type for event in reversed(api.v1.events.list({"limit": 100}).data)]


def test_a_dispute_takes_the_money_until_it_is_won(
    sim: Running, api: stripe.StripeClient, intent: str
) -> None:
    dispute = sim.dispute(intent)
    assert (dispute["status"], dispute["amount"]) == ("needs_response", 19900)
    assert api.v1.charges.list().data[0].disputed
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.v1.refunds.create({"payment_intent": intent})
    assert refused.value.code == "charge_disputed"
    evidence: Any = {"product_description": "A job posting, shown for 30 days"}
    answered = api.v1.disputes.update(dispute["id"], {"evidence": evidence, "submit": True})
    assert answered.status == "under_review"
    sim.end_dispute(dispute["id"], "won")
    assert kinds(api)[-5:] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.dispute.closed",
        "charge.dispute.funds_reinstated",
    ]


def test_an_inquiry_takes_nothing(sim: Running, api: stripe.StripeClient, intent: str) -> None:
    inquiry = sim.dispute(intent, status="warning_needs_response")
    assert "charge.dispute.funds_withdrawn" not in kinds(api)
    sim.end_dispute(inquiry["id"], "warning_closed")
    assert api.v1.refunds.create({"payment_intent": intent}).status == "succeeded"


def test_a_shop_can_give_in(sim: Running, api: stripe.StripeClient, intent: str) -> None:
    assert api.v1.disputes.close(sim.dispute(intent)["id"]).status == "lost"


def test_a_bank_warns_of_fraud(sim: Running, api: stripe.StripeClient, intent: str) -> None:
    sim.warn(intent)
    (warning,) = api.v1.radar.early_fraud_warnings.list({"payment_intent": intent}).data
    assert warning.actionable
    assert kinds(api)[-1] == "radar.early_fraud_warning.created"


@pytest.mark.parametrize(("end", "left"), [("succeeded", 19900), ("failed", 0), ("canceled", 0)])
def test_a_refund_may_wait_and_fail(
    sim: Running, api: stripe.StripeClient, intent: str, end: str, left: int
) -> None:
    sim.config(refunds="pending")
    refund = api.v1.refunds.create({"payment_intent": intent})
    assert refund.status == "pending"
    sim.end_refund(refund.id, end)
    assert api.v1.refunds.retrieve(refund.id).status == end
    assert api.v1.charges.list().data[0].amount_refunded == left
    assert ("refund.failed" in kinds(api)) is (end == "failed")
