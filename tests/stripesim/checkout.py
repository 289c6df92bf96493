"""Checkout sessions as the API makes and shows them, on Stripe's own page."""

from flask import request
from stripe.params.checkout import (
    SessionCreateParams,
    SessionExpireParams,
    SessionListLineItemsParams,
    SessionListParams,
    SessionRetrieveParams,
)

from tests.stripesim import coupons, outcomes, prices, totals
from tests.stripesim.answers import answer, found, line_items, matching, page
from tests.stripesim.endpoints import PAGING, Endpoint, retrieving
from tests.stripesim.refusals import Refused, missing
from tests.stripesim.state import Json, Simulator
from tests.stripesim.webhooks import check_url

SESSION = "checkout.session"
SHOWN = (  # as they were given
    "billing_address_collection",
    "cancel_url",
    "client_reference_id",
    "customer",
    "customer_email",
    "locale",
    "mode",
    "submit_type",
    "success_url",
)
LATER = (  # null until something happens, if it ever does
    "customer_details",
    "invoice",
    "payment_intent",
    "payment_link",
    "setup_intent",
    "subscription",
    "url",
)
MODELLED = (
    *SHOWN,
    *prices.MODELLED,
    "allowed_payment_method_types",
    "customer_update",
    "expand",
    "automatic_tax.enabled",
    "discounts.coupon",
    "expires_at",
    "invoice_creation.enabled",
    "invoice_creation.invoice_data.custom_fields",
    "invoice_creation.invoice_data.description",
    "invoice_creation.invoice_data.footer",
    "invoice_creation.invoice_data.metadata",
    "metadata",
    "payment_intent_data.description",
    "payment_intent_data.metadata",
    "payment_intent_data.receipt_email",
    "payment_intent_data.statement_descriptor",
    "payment_intent_data.statement_descriptor_suffix",
    "subscription_data.description",
    "subscription_data.metadata",
    "tax_id_collection.enabled",
    "ui_mode",
)
MODES = ("payment", "subscription")
NOT_IN = {
    "payment": ("subscription_data",),
    "subscription": ("payment_intent_data", "invoice_creation"),
}
SHORTEST, LONGEST, SLACK = 30 * 60, 24 * 60 * 60, 5  # seconds a session may stay open
LEAST = 50  # cents; Stripe takes nothing smaller in dollars, except nothing at all


def create(sim: Simulator, params: Json, ident: str) -> Json:
    _check(sim, params)
    given = params.get("line_items", [])
    currency = prices.check_lines(sim, given)
    prices.check_mode(sim, given, params["mode"])
    coupon = coupons.given(sim, params.get("discounts", []), currency)
    subtotal = prices.sum_of(sim, given)
    _check_least(subtotal - coupons.off(coupon, subtotal))
    lines = [prices.make_line(sim, line) for line in given]
    session = _make(sim, params, currency, lines, coupon)
    totals.add_up(sim, session, totals.knows_place(sim, session["customer"]))
    session["url"] = f"{sim.public_url or request.host_url.rstrip('/')}/c/pay/{session['id']}"
    return answer(sim, session, params.get("expand", ()))


def _check_least(total: int) -> None:
    if 0 < total < LEAST:
        raise Refused(
            "The Checkout Session's total amount due must add up to at least $0.50 usd",
            code="amount_too_small",
        )


def _check(sim: Simulator, params: Json) -> None:
    for name in ("mode", "success_url"):
        if name not in params:
            raise missing(name)
    for name in ("success_url", "cancel_url"):
        if name in params:
            check_url(params[name], name)
    _check_mode(params)
    _check_customer(sim, params)
    _check_end(sim, params)


def _check_mode(params: Json) -> None:
    for name, only in (("mode", MODES), ("ui_mode", ("hosted_page",))):
        if params.get(name, only[0]) not in only:
            words = " or ".join(only)
            raise Refused(f"The payment simulator models {name}={words} only.", param=name)
    for name in NOT_IN[params["mode"]]:
        if name in params:
            raise Refused(f"You can not pass `{name}` in `{params['mode']}` mode.", param=name)


def _check_customer(sim: Simulator, params: Json) -> None:
    if "customer" in params:
        found(sim, "customer", params["customer"], "customer", 400)
        if "customer_email" in params:
            raise Refused("You may only specify one of these parameters: customer, customer_email.")
        _check_details_kept(sim, params)
    elif "customer_update" in params:
        raise Refused("`customer_update` can only be used with `customer`.")


def _check_details_kept(sim: Simulator, params: Json) -> None:
    """What the payer types must be allowed to reach the customer."""
    kept = params.get("customer_update", {})
    place_known = kept.get("address") == "auto" or totals.knows_place(sim, params["customer"])
    if params.get("automatic_tax", {}).get("enabled") and not place_known:
        raise Refused(
            "Automatic tax calculation in Checkout requires a valid address on the Customer. Add "
            "a valid address to the Customer or set `customer_update[address]` to 'auto' to save "
            "the address entered in Checkout to the Customer.",
            code="customer_tax_location_invalid",
        )
    if params.get("tax_id_collection", {}).get("enabled") and kept.get("name") != "auto":
        raise Refused(
            "Tax ID collection requires updating business name on the customer. To enable tax ID "
            "collection for an existing customer, please set `customer_update[name]` to `auto`."
        )


def _check_end(sim: Simulator, params: Json) -> None:
    left = params.get("expires_at", sim.now() + LONGEST) - sim.now()
    if not SHORTEST - SLACK <= left <= LONGEST + SLACK:
        raise Refused(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout "
            "Session creation.",
            param="expires_at",
        )


def _make(
    sim: Simulator, params: Json, currency: str, lines: list[Json], coupon: Json | None
) -> Json:
    methods = params.get("allowed_payment_method_types", ["card", "us_bank_account"])
    taxed = params.get("automatic_tax", {}).get("enabled", False)
    return sim.add(
        SESSION,
        "cs_test",
        livemode=False,
        automatic_tax={
            "enabled": taxed,
            "liability": {"type": "self"} if taxed else None,
            "provider": "stripe" if taxed else None,
            "status": None,
        },
        currency=currency,
        custom_fields=[],
        custom_text={"after_submit": None, "submit": None},
        discounts=[{"coupon": coupon["id"], "promotion_code": None}] if coupon else [],
        expires_at=params.get("expires_at", sim.now() + LONGEST),
        invoice_creation=_invoice_creation(params),
        metadata=params.get("metadata", {}),
        payment_method_types=methods if params["mode"] == "payment" else ["card"],
        shipping_options=[],
        status="open",
        tax_id_collection={
            "enabled": params.get("tax_id_collection", {}).get("enabled", False),
            "required": "never",
        },
        ui_mode="hosted_page",
        _coupon=coupon and coupon["id"],
        _line_items=lines,
        _payment_intent_data=params.get("payment_intent_data", {}),
        _subscription_data=params.get("subscription_data", {}),
        _updates=params.get("customer_update", {}),
        **{name: params.get(name) for name in SHOWN},
        **dict.fromkeys(LATER),
    )


def _invoice_creation(params: Json) -> Json | None:
    if params["mode"] != "payment":
        return None
    given = params.get("invoice_creation", {})
    data = given.get("invoice_data", {})
    return {
        "enabled": given.get("enabled", False),
        "invoice_data": {
            **{name: data.get(name) for name in ("custom_fields", "description", "footer")},
            **dict.fromkeys(("account_tax_ids", "issuer", "rendering_options")),
            "metadata": data.get("metadata", {}),
        },
    }


def expire(sim: Simulator, params: Json, ident: str) -> Json:
    session = found(sim, SESSION, ident, "session")
    if session["status"] != "open":
        raise Refused(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of {session['status']}."
        )
    outcomes.expire(sim, session)
    return answer(sim, session, params.get("expand", ()))


def list_sessions(sim: Simulator, params: Json, ident: str) -> Json:
    rows = matching(sim.rows(SESSION), params, "customer", "payment_intent", "status")
    email = params.get("customer_details", {}).get("email")
    if email:
        rows = [row for row in rows if (row["customer_details"] or {}).get("email") == email]
    return page(sim, "/v1/checkout/sessions", rows, params)


def list_line_items(sim: Simulator, params: Json, ident: str) -> Json:
    lines = line_items(sim, ident)
    return page(sim, lines["url"], lines["data"], params)


BASE = "/v1/checkout/sessions"
ENDPOINTS = (
    Endpoint("POST", BASE, SessionCreateParams, MODELLED, create),
    Endpoint("POST", f"{BASE}/<ident>/expire", SessionExpireParams, ("expand",), expire),
    Endpoint(
        "GET",
        BASE,
        SessionListParams,
        (*PAGING, "customer", "customer_details", "payment_intent", "status"),
        list_sessions,
    ),
    Endpoint(
        "GET", f"{BASE}/<ident>/line_items", SessionListLineItemsParams, PAGING, list_line_items
    ),
    retrieving(BASE, SESSION, SessionRetrieveParams, "session"),
)
