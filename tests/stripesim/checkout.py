"""Checkout sessions as the API makes and shows them, in payment mode on Stripe's own page."""

from flask import request
from stripe.params.checkout import (
    SessionCreateParams,
    SessionExpireParams,
    SessionListLineItemsParams,
    SessionListParams,
    SessionRetrieveParams,
)

from tests.stripesim import outcomes, prices
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
    "expires_at",
    "metadata",
    "mode",
    "payment_intent_data.description",
    "payment_intent_data.metadata",
    "payment_intent_data.receipt_email",
    "payment_intent_data.statement_descriptor",
    "payment_intent_data.statement_descriptor_suffix",
    "ui_mode",
)
SHORTEST, LONGEST, SLACK = 30 * 60, 24 * 60 * 60, 5  # seconds a session may stay open
LEAST = 50  # cents; Stripe takes nothing smaller in dollars, except nothing at all


def create(sim: Simulator, params: Json, ident: str) -> Json:
    _check(sim, params)
    currency = prices.check_lines(sim, params.get("line_items", []))
    total = sum(
        line["price_data"]["unit_amount"] * line["quantity"] for line in params["line_items"]
    )
    if 0 < total < LEAST:
        raise Refused(
            "The Checkout Session's total amount due must add up to at least $0.50 usd",
            code="amount_too_small",
        )
    lines = [prices.make_line(sim, line) for line in params["line_items"]]
    session = _make(sim, params, currency, total, lines)
    session["url"] = f"{sim.public_url or request.host_url.rstrip('/')}/c/pay/{session['id']}"
    return answer(sim, session, params.get("expand", ()))


def _check(sim: Simulator, params: Json) -> None:
    for name in ("mode", "success_url"):
        if name not in params:
            raise missing(name)
    for name, only in (("mode", "payment"), ("ui_mode", "hosted_page")):
        if params.get(name, only) != only:
            raise Refused(f"The payment simulator models {name}={only} only.", param=name)
    for name in ("success_url", "cancel_url"):
        if name in params:
            check_url(params[name], name)
    _check_customer(sim, params)
    _check_end(sim, params)


def _check_customer(sim: Simulator, params: Json) -> None:
    if "customer" in params:
        found(sim, "customer", params["customer"], "customer", 400)
        if "customer_email" in params:
            raise Refused("You may only specify one of these parameters: customer, customer_email.")


def _check_end(sim: Simulator, params: Json) -> None:
    left = params.get("expires_at", sim.now() + LONGEST) - sim.now()
    if not SHORTEST - SLACK <= left <= LONGEST + SLACK:
        raise Refused(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout "
            "Session creation.",
            param="expires_at",
        )


def _make(sim: Simulator, params: Json, currency: str, total: int, lines: list[Json]) -> Json:
    methods = params.get("allowed_payment_method_types", ["card", "us_bank_account"])
    return sim.add(
        SESSION,
        "cs_test",
        livemode=False,
        amount_subtotal=total,
        amount_total=total,
        automatic_tax={"enabled": False, "liability": None, "provider": None, "status": None},
        currency=currency,
        custom_fields=[],
        custom_text={"after_submit": None, "submit": None},
        discounts=[],
        expires_at=params.get("expires_at", sim.now() + LONGEST),
        metadata=params.get("metadata", {}),
        mode="payment",
        payment_method_types=methods,
        payment_status="unpaid" if total else "no_payment_required",
        shipping_options=[],
        status="open",
        total_details={"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        ui_mode="hosted_page",
        _line_items=lines,
        _payment_intent_data=params.get("payment_intent_data", {}),
        **{name: params.get(name) for name in SHOWN},
        **dict.fromkeys(LATER),
    )


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
