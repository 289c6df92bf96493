import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening


@pytest.fixture
def charge(sim: Running, api: stripe.StripeClient, opened: Opening) -> stripe.Charge:
    """Of a paid session of $199.00."""
    sim.pay(opened().id)
    return api.v1.charges.list().data[0]


def test_a_payment_makes_an_intent_and_a_charge_that_name_each_other(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened(payment_intent_data={"metadata": {"checkout": "7"}, "description": "Posting"})
    sim.pay(session.id, email="me@mercy.example")
    intent = api.v1.payment_intents.list().data[0]
    charge = api.v1.charges.retrieve(str(intent.latest_charge))
    assert (intent.status, intent.amount_received, intent.description) == (
        ("succeeded", 19900, "Posting")
    )
    assert (charge.status, charge.paid, charge.amount_captured) == ("succeeded", True, 19900)
    assert charge.payment_intent == intent.id
    assert charge.metadata.to_dict() == {"checkout": "7"}
    assert charge.billing_details.email == "me@mercy.example"


def test_a_declined_card_leaves_a_failed_charge_and_why(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.decline(opened().id)
    intent = api.v1.payment_intents.list().data[0]
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error is not None
    assert intent.last_payment_error.decline_code == "generic_decline"
    charge = api.v1.charges.list().data[0]
    assert (charge.status, charge.paid, charge.failure_code) == (("failed", False, "card_declined"))


def test_attempts_of_one_session_share_its_intent(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.decline(session.id)
    sim.pay(session.id)
    intents = api.v1.payment_intents.list().data
    assert [intent.status for intent in intents] == ["succeeded"]
    charges = api.v1.charges.list({"payment_intent": intents[0].id}).data
    assert [charge.status for charge in charges] == ["succeeded", "failed"]


def test_a_bank_debit_is_complete_but_unpaid_until_it_settles(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    assert sim.bank_debit(session.id) == f"http://shop.test/done?session_id={session.id}"
    waiting = api.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    assert isinstance(waiting.payment_intent, stripe.PaymentIntent)
    assert waiting.payment_intent.status == "processing"
    sim.settle(session.id)
    assert api.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert api.v1.payment_intents.list().data[0].amount_received == 19900


def test_a_bank_debit_that_fails_leaves_the_session_unpaid(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.bank_debit(session.id)
    sim.settle(session.id, ok=False)
    failed = api.v1.checkout.sessions.retrieve(session.id)
    assert (failed.status, failed.payment_status) == ("complete", "unpaid")
    assert api.v1.charges.list().data[0].status == "failed"
    events = api.v1.events.list({"type": "checkout.session.async_payment_*"}).data
    assert [event.type for event in events] == ["checkout.session.async_payment_failed"]


def test_only_a_waiting_debit_can_be_settled(sim: Running, opened: Opening) -> None:
    with pytest.raises(ValueError, match="not waiting for a bank"):
        sim.settle(opened().id)


def test_a_bank_debit_settles_by_itself_where_told_to(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    session = opened()
    sim.bank_debit(session.id)
    sim.config(settle_after=60)
    assert api.v1.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    sim.config(offset=61)
    assert api.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_a_refund_gives_back_the_whole_charge(
    api: stripe.StripeClient, charge: stripe.Charge
) -> None:
    refund = api.v1.refunds.create(
        {"payment_intent": str(charge.payment_intent), "reason": "requested_by_customer"}
    )
    assert (refund.amount, refund.status, refund.charge) == (19900, "succeeded", charge.id)
    after = api.v1.charges.retrieve(charge.id)
    assert (after.refunded, after.amount_refunded) == (True, 19900)
    assert api.v1.refunds.retrieve(refund.id).reason == "requested_by_customer"


def test_parts_are_refunded_until_nothing_is_left(
    api: stripe.StripeClient, charge: stripe.Charge
) -> None:
    first = api.v1.refunds.create({"charge": charge.id, "amount": 5000})
    assert not api.v1.charges.retrieve(charge.id).refunded
    second = api.v1.refunds.create({"charge": charge.id})
    assert second.amount == 14900
    listed = api.v1.refunds.list({"charge": charge.id}).data
    assert [refund.id for refund in listed] == [second.id, first.id]


def test_a_refund_of_more_than_is_left_is_refused(
    api: stripe.StripeClient, charge: stripe.Charge
) -> None:
    with pytest.raises(stripe.InvalidRequestError, match=r"\$200\.00.* charge amount \(\$199\.00"):
        api.v1.refunds.create({"charge": charge.id, "amount": 20000})
    api.v1.refunds.create({"charge": charge.id, "amount": 10000})
    with pytest.raises(stripe.InvalidRequestError, match=r"unrefunded amount .*\$99\.00") as left:
        api.v1.refunds.create({"charge": charge.id, "amount": 10000})
    assert left.value.param == "amount"


def test_a_charge_is_refunded_once(api: stripe.StripeClient, charge: stripe.Charge) -> None:
    api.v1.refunds.create({"charge": charge.id})
    with pytest.raises(stripe.InvalidRequestError, match="already been refunded") as refused:
        api.v1.refunds.create({"charge": charge.id})
    assert refused.value.code == "charge_already_refunded"


def test_what_was_never_paid_cannot_be_refunded(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    sim.decline(opened().id)
    intent = api.v1.payment_intents.list().data[0]
    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        api.v1.refunds.create({"payment_intent": intent.id})


def test_a_refund_says_what_it_refunds(api: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="payment_intent or charge"):
        api.v1.refunds.create({})
    with pytest.raises(stripe.InvalidRequestError, match="No such charge"):
        api.v1.refunds.create({"charge": "ch_gone"})


@pytest.mark.parametrize("amount", [0, -5])
def test_a_refund_is_of_at_least_a_cent(
    api: stripe.StripeClient, charge: stripe.Charge, amount: int
) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Invalid positive integer"):
        api.v1.refunds.create({"charge": charge.id, "amount": amount})


def test_a_refund_keeps_notes(api: stripe.StripeClient, charge: stripe.Charge) -> None:
    refund = api.v1.refunds.create({"charge": charge.id, "metadata": {"by": "finance"}})
    noted = api.v1.refunds.update(refund.id, {"metadata": {"ticket": "9"}})
    assert noted.metadata is not None
    assert noted.metadata.to_dict() == {"by": "finance", "ticket": "9"}
