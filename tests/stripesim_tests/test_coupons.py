from typing import Any

import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.conftest import Opening

HALF: Any = {"id": "half", "percent_off": 50, "duration": "once"}
TEN: Any = {"id": "ten", "amount_off": 1000, "currency": "usd", "max_redemptions": 1}


def with_coupon(name: str) -> Any:
    return {"discounts": [{"coupon": name}]}


def test_a_share_comes_off_the_session_and_its_line(
    api: stripe.StripeClient, opened: Opening
) -> None:
    api.v1.coupons.create(HALF)
    session = opened(**with_coupon("half"), expand=["line_items"])
    assert (session.amount_subtotal, session.amount_total) == (19900, 9950)
    assert session.total_details is not None
    assert session.total_details.amount_discount == 9950
    assert session.line_items is not None
    assert session.line_items.data[0].amount_total == 9950


def test_an_amount_that_takes_all_leaves_nothing_to_pay(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    api.v1.coupons.create({**TEN, "amount_off": 19900})
    session = opened(**with_coupon("ten"))
    assert (session.amount_total, session.payment_status) == (0, "no_payment_required")
    sim.pay(session.id)
    after = api.v1.checkout.sessions.retrieve(session.id)
    assert (after.status, after.payment_status) == ("complete", "no_payment_required")
    assert api.v1.payment_intents.list().data == []


def test_a_coupon_is_used_up_by_the_purchase_not_by_the_page(
    sim: Running, api: stripe.StripeClient, opened: Opening
) -> None:
    api.v1.coupons.create(TEN)
    one, other = (opened(**with_coupon("ten")) for _ in range(2))
    sim.pay(one.id)
    assert api.v1.coupons.retrieve("ten").times_redeemed == 1
    with pytest.raises(stripe.InvalidRequestError, match="used up"):
        opened(**with_coupon("ten"))
    assert api.v1.checkout.sessions.retrieve(other.id).status == "open"


def test_a_coupon_that_is_not_there_or_is_there_already_is_refused(
    api: stripe.StripeClient, opened: Opening
) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="No such coupon"):
        opened(**with_coupon("half"))
    api.v1.coupons.create(HALF)
    with pytest.raises(stripe.InvalidRequestError, match="already exists"):
        api.v1.coupons.create(HALF)
    api.v1.coupons.delete("half")
    assert api.v1.coupons.list().data == []


@pytest.mark.parametrize(
    "terms", [{}, {"percent_off": 50, "amount_off": 1}, {"amount_off": 5}, {"percent_off": 101}]
)
def test_terms_that_make_no_sense_are_refused(api: stripe.StripeClient, terms: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.coupons.create(terms)


def test_less_than_the_smallest_amount_cannot_be_left(
    api: stripe.StripeClient, opened: Opening
) -> None:
    api.v1.coupons.create({**TEN, "amount_off": 19890})
    with pytest.raises(stripe.InvalidRequestError, match="at least"):
        opened(**with_coupon("ten"))
