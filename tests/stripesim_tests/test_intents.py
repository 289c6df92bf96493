"""Intents that are made and confirmed in one call."""

import pytest
import stripe

from tests.stripesim.intents import DECLINED, DISPUTES, PAYS


def confirm(api: stripe.StripeClient, card: str) -> stripe.PaymentIntent:
    return api.v1.payment_intents.create(
        {"amount": 2000, "currency": "usd", "payment_method": card, "confirm": True}
    )


def test_a_good_card_pays(api: stripe.StripeClient) -> None:
    intent = confirm(api, PAYS)
    assert (intent.status, intent.amount_received) == ("succeeded", 2000)


def test_a_declined_card_is_an_error_that_says_so(api: stripe.StripeClient) -> None:
    with pytest.raises(stripe.CardError) as declined:
        confirm(api, DECLINED)
    assert (declined.value.http_status, declined.value.code) == (402, "card_declined")
    assert api.v1.charges.list().data[0].status == "failed"


@pytest.mark.parametrize("card", DISPUTES)
def test_a_disputed_card_pays_and_is_disputed(api: stripe.StripeClient, card: str) -> None:
    intent = confirm(api, card)
    (dispute,) = api.v1.disputes.list().data
    assert (dispute.payment_intent, dispute.status) == (intent.id, DISPUTES[card])


def test_another_card_is_refused(api: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="confirms at once"):
        confirm(api, "pm_card_amex")
