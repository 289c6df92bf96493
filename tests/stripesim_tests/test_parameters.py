from typing import Any

import pytest
import stripe
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams

from tests.stripesim import params
from tests.stripesim.api import ENDPOINTS
from tests.stripesim.endpoints import Endpoint
from tests.stripesim.refusals import Refused
from tests.stripesim_tests.conftest import Opening, purchase


def test_a_misspelt_parameter_is_refused_by_name(opened: Opening) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="unknown parameter: sucess_url") as typo:
        opened(sucess_url="http://shop.test/")
    assert (typo.value.http_status, typo.value.code) == (400, "parameter_unknown")
    assert typo.value.param == "sucess_url"


def test_a_misspelt_parameter_is_refused_at_any_depth(api: stripe.StripeClient) -> None:
    wrong = purchase()
    wrong["line_items"][0]["price_data"]["product_data"]["nam"] = "Posting"
    with pytest.raises(stripe.InvalidRequestError) as typo:
        api.v1.checkout.sessions.create(wrong)
    assert typo.value.param == "line_items[0][price_data][product_data][nam]"


def test_lists_are_as_strict_as_creations(api: stripe.StripeClient) -> None:
    wrong: Any = {"created": {"since": 5}}
    with pytest.raises(stripe.InvalidRequestError) as typo:
        api.v1.events.list(wrong)
    assert typo.value.param == "created[since]"


def test_what_the_library_keeps_to_itself_is_no_parameter() -> None:
    with pytest.raises(Refused, match="unknown parameter: api_key"):
        params.read([("api_key", "x")], RefundCreateParams)


def test_a_required_parameter_below_is_missed(api: stripe.StripeClient) -> None:
    wrong = purchase()
    del wrong["line_items"][0]["price_data"]["currency"]
    with pytest.raises(stripe.InvalidRequestError) as missed:
        api.v1.checkout.sessions.create(wrong)
    assert missed.value.code == "parameter_missing"
    assert missed.value.param == "line_items[0][price_data][currency]"


@pytest.mark.parametrize("name", ["mode", "success_url", "line_items"])
def test_a_session_needs_a_mode_lines_and_a_way_on(api: stripe.StripeClient, name: str) -> None:
    wrong = purchase()
    del wrong[name]
    with pytest.raises(stripe.InvalidRequestError, match=f"Missing required param: {name}"):
        api.v1.checkout.sessions.create(wrong)


@pytest.mark.parametrize(
    ("name", "value"), [("mode", "paymnt"), ("submit_type", "buy"), ("locale", "xx")]
)
def test_a_value_outside_an_enum_is_refused(opened: Opening, name: str, value: str) -> None:
    with pytest.raises(stripe.InvalidRequestError, match=f"Invalid {name}: must be one of"):
        opened(**{name: value})


def test_an_enum_is_checked_inside_lists(opened: Opening) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refused:
        opened(allowed_payment_method_types=["card", "cheque"])
    assert refused.value.param == "allowed_payment_method_types[1]"


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("amount", "12.5"), "Invalid integer"),
        (("amount", ""), "Invalid integer"),
        (("amount", "٣"), "Invalid integer"),
        (("amount[a]", "1"), "Invalid string"),
        (("refund_application_fee", "yes"), "Invalid boolean"),
        (("expand", "charge"), "Invalid object"),
        (("expand[a]", "charge"), "Invalid array"),
        (("reason", "regret"), "Invalid reason"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(pair: tuple[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        params.read([pair], RefundCreateParams)


def test_values_are_read_as_their_declared_kinds() -> None:
    pairs = [
        ("line_items[0][quantity]", "2"),
        ("line_items[0][price_data][currency]", "usd"),
        ("automatic_tax[enabled]", "false"),
        ("metadata[7]", "a digit is a name here"),
        ("expand[]", "customer"),
        ("expand[]", "line_items"),
    ]
    assert params.read(pairs, SessionCreateParams) == {
        "line_items": [{"quantity": 2, "price_data": {"currency": "usd"}}],
        "automatic_tax": {"enabled": False},
        "metadata": {"7": "a digit is a name here"},
        "expand": ["customer", "line_items"],
    }


def test_an_empty_value_may_unset_but_is_not_an_enum_value() -> None:
    assert params.read([("metadata", "")], RefundCreateParams) == {"metadata": ""}
    with pytest.raises(Refused, match="Invalid reason"):
        params.read([("reason", "")], RefundCreateParams)


@pytest.mark.parametrize(
    "more",
    [
        {"discounts": [{"promotion_code": "promo_half"}], "allow_promotion_codes": True},
        {"consent_collection": {"terms_of_service": "required"}},
        {"phone_number_collection": {"enabled": True}},
        {"payment_intent_data": {"setup_future_usage": "off_session"}},
    ],
)
def test_what_is_not_modelled_is_refused_rather_than_ignored(opened: Opening, more: Any) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="does not model this parameter"):
        opened(**more)


def test_saying_no_to_what_is_not_modelled_is_fine(opened: Opening) -> None:
    assert opened(automatic_tax={"enabled": False}, allow_promotion_codes=False).status == "open"


def test_an_address_that_stripe_does_not_have_is_told(api: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        api.raw_request("get", "/v1/nonsense")


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda it: f"{it.method} {it.path}")
def test_every_parameter_that_is_modelled_is_one_the_library_knows(endpoint: Endpoint) -> None:
    known = params.names(endpoint.takes) | {"created"}  # not all lists can be narrowed by it
    assert [name for name in endpoint.models if name.split(".")[0] not in known] == []
