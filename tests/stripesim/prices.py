"""Inline prices: the lines of a checkout session, checked before anything is made."""

from tests.stripesim.answers import found, visible
from tests.stripesim.refusals import Refused, missing
from tests.stripesim.state import Json, Simulator, new_id

MODELLED = (
    "line_items.quantity",
    "line_items.price",
    "line_items.price_data.currency",
    "line_items.price_data.product",
    "line_items.price_data.product_data.description",
    "line_items.price_data.product_data.images",
    "line_items.price_data.product_data.metadata",
    "line_items.price_data.product_data.name",
    "line_items.price_data.product_data.tax_code",
    "line_items.price_data.tax_behavior",
    "line_items.price_data.unit_amount",
)


def check_lines(sim: Simulator, lines: list[Json]) -> str:
    """The one currency of all lines. Raises Refused for a line that cannot be sold."""
    if not lines:
        raise missing("line_items")
    for number, line in enumerate(lines):
        _check_line(sim, line, f"line_items[{number}]")
    currencies = {line["price_data"]["currency"] for line in lines}
    if len(currencies) > 1:
        raise Refused("All prices on a Checkout Session must have the same currency.")
    return str(currencies.pop())


def _check_line(sim: Simulator, line: Json, where: str) -> None:
    if "price" in line:  # all prices here are inline ones, which Stripe makes inactive
        found(sim, "price", line["price"], f"{where}[price]", 400)
        raise Refused(
            "The price specified is inactive. This field only accepts active prices.",
            param=f"{where}[price]",
        )
    if "price_data" not in line:
        raise missing(f"{where}[price_data]")
    data = line["price_data"]
    if "product" in data:
        found(sim, "product", data["product"], f"{where}[price_data][product]", 400)
    elif "product_data" not in data:
        raise missing(f"{where}[price_data][product_data]")
    _check_number(line.get("quantity"), 1, f"{where}[quantity]")
    _check_number(data.get("unit_amount"), 0, f"{where}[price_data][unit_amount]")
    if not (data["currency"].isalpha() and len(data["currency"]) == 3):
        raise Refused(f"Invalid currency: {data['currency']}", param=f"{where}[price_data]")


def _check_number(value: int | None, least: int, where: str) -> None:
    if value is None:
        raise missing(where)
    if value < least:
        raise Refused(
            f"This value must be greater than or equal to {least}.",
            code="parameter_invalid_integer",
            param=where,
        )


def make_line(sim: Simulator, line: Json) -> Json:
    data = line["price_data"]
    product = sim.find("product", data.get("product", "")) or _make_product(sim, data)
    amount = data["unit_amount"] * line["quantity"]
    return {
        "id": new_id("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": data["currency"],
        "description": product["name"],
        "price": visible(_make_price(sim, data, product["id"])),
        "quantity": line["quantity"],
    }


def _make_product(sim: Simulator, data: Json) -> Json:
    given = data["product_data"]
    return sim.add(
        "product",
        "prod",
        active=False,
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


def _make_price(sim: Simulator, data: Json, product: str) -> Json:
    return sim.add(
        "price",
        "price",
        active=False,
        billing_scheme="per_unit",
        currency=data["currency"],
        livemode=False,
        lookup_key=None,
        metadata={},
        nickname=None,
        product=product,
        recurring=None,
        tax_behavior=data.get("tax_behavior", "unspecified"),
        type="one_time",
        unit_amount=data["unit_amount"],
        unit_amount_decimal=str(data["unit_amount"]),
    )
