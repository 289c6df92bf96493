"""Products and prices: those made on purpose, and those that lines make inline."""

from stripe.params import (
    PriceCreateParams,
    PriceListParams,
    PriceRetrieveParams,
    PriceUpdateParams,
    ProductCreateParams,
    ProductListParams,
    ProductRetrieveParams,
    ProductUpdateParams,
)

from tests.stripesim.answers import answer, found
from tests.stripesim.endpoints import Endpoint, listing, merged, retrieving
from tests.stripesim.events import emit
from tests.stripesim.refusals import Refused, missing
from tests.stripesim.state import Json, Simulator, new_id


def make_product(sim: Simulator, given: Json) -> Json:
    return sim.add(
        "product",
        "prod",
        id=given.get("id") or new_id("prod"),
        active=given.get("active", True),
        default_price=None,
        description=given.get("description"),
        images=given.get("images", []),
        livemode=False,
        marketing_features=[],
        metadata=given.get("metadata", {}),
        name=given["name"],
        tax_code=given.get("tax_code"),
        type="service",
        updated=sim.now(),
    )


def make_price(sim: Simulator, given: Json) -> Json:
    recurring = given.get("recurring")
    return sim.add(
        "price",
        "price",
        active=given.get("active", True),
        billing_scheme="per_unit",
        currency=given["currency"],
        livemode=False,
        lookup_key=given.get("lookup_key"),
        metadata=given.get("metadata", {}),
        nickname=given.get("nickname"),
        product=given["product"],
        recurring=recurring and _recurring(recurring),
        tax_behavior=given.get("tax_behavior", "unspecified"),
        type="recurring" if recurring else "one_time",
        unit_amount=given["unit_amount"],
        unit_amount_decimal=str(given["unit_amount"]),
    )


def _recurring(given: Json) -> Json:
    return {
        "interval": given["interval"],
        "interval_count": given.get("interval_count", 1),
        "meter": None,
        "trial_period_days": None,
        "usage_type": "licensed",
    }


def create_product(sim: Simulator, params: Json, ident: str) -> Json:
    if sim.find("product", params.get("id", "")):
        raise Refused("Product already exists.", code="resource_already_exists", param="id")
    made = make_product(sim, params)
    emit(sim, "product.created", made)
    return answer(sim, made, params.get("expand", ()))


def update_product(sim: Simulator, params: Json, ident: str) -> Json:
    product = found(sim, "product", ident, "product")
    for name in ("active", "description", "name"):
        product[name] = params.get(name, product[name])
    product["metadata"] = merged(product["metadata"], params.get("metadata", {}))
    emit(sim, "product.updated", product)
    return answer(sim, product, params.get("expand", ()))


def create_price(sim: Simulator, params: Json, ident: str) -> Json:
    if "product" not in params:
        raise missing("product")
    if "unit_amount" not in params:
        raise missing("unit_amount")
    found(sim, "product", params["product"], "product", 400)
    key = params.get("lookup_key")
    if key and any(row["lookup_key"] == key for row in sim.rows("price")):
        raise Refused("A price already uses that lookup key.", param="lookup_key")
    made = make_price(sim, params)
    emit(sim, "price.created", made)
    return answer(sim, made, params.get("expand", ()))


def update_price(sim: Simulator, params: Json, ident: str) -> Json:
    price = found(sim, "price", ident, "price")
    for name in ("active", "nickname"):
        price[name] = params.get(name, price[name])
    emit(sim, "price.updated", price)
    return answer(sim, price, params.get("expand", ()))


PRODUCT = ("active", "description", "id", "images", "metadata", "name", "tax_code", "expand")
CHANGES = ("active", "description", "metadata", "name", "expand")
PRICE = (
    "active",
    "currency",
    "lookup_key",
    "metadata",
    "nickname",
    "product",
    "recurring.interval",
    "recurring.interval_count",
    "tax_behavior",
    "unit_amount",
    "expand",
)
ENDPOINTS = (
    Endpoint("POST", "/v1/products", ProductCreateParams, PRODUCT, create_product),
    Endpoint("POST", "/v1/products/<ident>", ProductUpdateParams, CHANGES, update_product),
    retrieving("/v1/products", "product", ProductRetrieveParams),
    listing("/v1/products", "product", ProductListParams, "active"),
    Endpoint("POST", "/v1/prices", PriceCreateParams, PRICE, create_price),
    Endpoint(
        "POST",
        "/v1/prices/<ident>",
        PriceUpdateParams,
        ("active", "nickname", "expand"),
        update_price,
    ),
    retrieving("/v1/prices", "price", PriceRetrieveParams, "price"),
    listing("/v1/prices", "price", PriceListParams, "active", "product"),
)
