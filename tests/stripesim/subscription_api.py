"""Subscriptions and the customer portal, as the API makes and shows them."""

from flask import request
from stripe.params import (
    SubscriptionCancelParams,
    SubscriptionListParams,
    SubscriptionRetrieveParams,
    SubscriptionUpdateParams,
)
from stripe.params.billing_portal import SessionCreateParams

from tests.stripesim import money, prices, subscriptions
from tests.stripesim.answers import answer, found, matching, page
from tests.stripesim.endpoints import PAGING, Endpoint, merged, retrieving
from tests.stripesim.refusals import Refused, missing
from tests.stripesim.state import Json, Simulator, new_id
from tests.stripesim.webhooks import check_url

KIND, PORTAL = subscriptions.KIND, "billing_portal.session"


def update(sim: Simulator, params: Json, ident: str) -> Json:
    subscription = found(sim, KIND, ident, "subscription")
    if subscription["status"] == "canceled":
        raise Refused("A canceled subscription can only update its cancellation_details.")
    subscription["metadata"] = merged(subscription["metadata"], params.get("metadata", {}))
    prorate = params.get("proration_behavior", "create_prorations")
    items = params.get("items", [])
    if items and prorate == "always_invoice" and subscription["_card"] != "good":
        _refuse_if_asked(params)
    for given in items:
        _change_item(sim, subscription, given, prorate)
    if items and prorate == "always_invoice":
        host = request.host_url.rstrip("/")
        subscriptions.bill(sim, subscription, "subscription_update", host)
    if "cancel_at_period_end" in params:
        subscriptions.leave_at_end(sim, subscription, params["cancel_at_period_end"])
    return answer(sim, subscription, params.get("expand", ()))


def _refuse_if_asked(params: Json) -> None:
    if params.get("payment_behavior") == "error_if_incomplete":
        raise Refused(money.DECLINED, status=402, kind="card_error", code="card_declined")


def _change_item(sim: Simulator, subscription: Json, given: Json, prorate: str) -> None:
    rows = [row for row in subscription["items"]["data"] if row["id"] == given.get("id")]
    if not rows:
        raise Refused("The payment simulator changes items that are there.", param="items[0][id]")
    (item,) = rows
    price = item["price"]
    if "price_data" in given:
        found(sim, "product", given["price_data"]["product"], "items[0][price_data]", 400)
        price = prices.price_of(sim, given)
    elif "price" in given:
        price = found(sim, "price", given["price"], "items[0][price]", 400)
    if not price["recurring"]:
        raise Refused("The price specified is not recurring.", param="items[0][price]")
    quantity = given.get("quantity", item["quantity"])
    subscriptions.change(sim, subscription, item, price, quantity, prorate)


def cancel(sim: Simulator, params: Json, ident: str) -> Json:
    subscription = found(sim, KIND, ident, "subscription")
    if subscription["status"] == "canceled":
        raise Refused(f"No such subscription: '{ident}'", status=404, code="resource_missing")
    subscriptions.cancel(sim, subscription)
    return answer(sim, subscription, params.get("expand", ()))


def list_subscriptions(sim: Simulator, params: Json, ident: str) -> Json:
    """Those that were canceled only when asked for, as Stripe does."""
    wanted = params.pop("status", None)
    rows = matching(sim.rows(KIND), params, "customer")
    if wanted == "ended":
        rows = [row for row in rows if row["status"] == "canceled"]
    elif wanted is None:
        rows = [row for row in rows if row["status"] != "canceled"]
    elif wanted != "all":
        rows = [row for row in rows if row["status"] == wanted]
    return page(sim, "/v1/subscriptions", rows, params)


def open_portal(sim: Simulator, params: Json, ident: str) -> Json:
    """A way into the customer's own pages, good for one visit."""
    if "customer" not in params:
        raise missing("customer")
    found(sim, "customer", params["customer"], "customer", 400)
    if "return_url" in params:
        check_url(params["return_url"], "return_url")
    host = sim.public_url or request.host_url.rstrip("/")
    made = sim.add(
        PORTAL,
        "bps",
        configuration="bpc_simulated",
        customer=params["customer"],
        flow=None,
        livemode=False,
        locale=params.get("locale"),
        on_behalf_of=None,
        return_url=params.get("return_url"),
        url=f"{host}/p/session/{new_id('test')}",
    )
    return answer(sim, made, params.get("expand", ()))


CHANGES = (
    "cancel_at_period_end",
    "items.id",
    "items.price",
    "items.price_data",
    "items.quantity",
    "metadata",
    "payment_behavior",
    "proration_behavior",
    "expand",
)
BASE, ONE = "/v1/subscriptions", "/v1/subscriptions/<ident>"
ENDPOINTS = (
    retrieving(BASE, KIND, SubscriptionRetrieveParams, "subscription"),
    Endpoint(
        "GET", BASE, SubscriptionListParams, (*PAGING, "customer", "status"), list_subscriptions
    ),
    Endpoint("POST", ONE, SubscriptionUpdateParams, CHANGES, update),
    Endpoint("DELETE", ONE, SubscriptionCancelParams, ("expand",), cancel),
    Endpoint(
        "POST",
        "/v1/billing_portal/sessions",
        SessionCreateParams,
        ("customer", "locale", "return_url", "expand"),
        open_portal,
    ),
)
