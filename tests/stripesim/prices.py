"""Inline prices: the lines of a checkout session, checked before anything is made."""

from tests.stripesim import catalog
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
    "line_items.price_data.recurring.interval",
    "line_items.price_data.recurring.interval_count",
    "line_items.price_data.tax_behavior",
    "line_items.price_data.unit_amount",
)


def check_lines(sim: Simulator, lines: list[Json]) -> str:
    """The one currency of all lines. Raises Refused for a line that cannot be sold."""
    if not lines:
        raise missing("line_items")
    for number, line in enumerate(lines):
        _check_line(sim, line, f"line_items[{number}]")
    currencies = {_terms(sim, line)["currency"] for line in lines}
    if len(currencies) > 1:
        raise Refused("All prices on a Checkout Session must have the same currency.")
    return str(currencies.pop())


def _terms(sim: Simulator, line: Json) -> Json:
    """What a line says about its price, or the price says itself."""
    priced: Json = line.get("price_data") or sim.memory.objects["price"][line["price"]]
    return priced


def check_mode(sim: Simulator, lines: list[Json], mode: str) -> None:
    """A subscription needs a price that recurs; what is paid once has none."""
    recurring = [bool(_terms(sim, line).get("recurring")) for line in lines]
    if mode == "subscription" and not any(recurring):
        raise Refused(
            "You must provide at least one recurring price in `subscription` mode when using "
            "prices.",
            param="line_items",
        )
    if mode == "payment" and any(recurring):
        raise Refused(
            "You specified `payment` mode but passed a recurring price. Either switch to "
            "`subscription` mode or use only one-time prices.",
            param="line_items",
        )


def sum_of(sim: Simulator, lines: list[Json]) -> int:
    """Before discounts and tax."""
    return sum(_terms(sim, line)["unit_amount"] * line.get("quantity", 1) for line in lines)


def _check_line(sim: Simulator, line: Json, where: str) -> None:
    if "price" in line:
        price = found(sim, "price", line["price"], f"{where}[price]", 400)
        if not price["active"]:  # as are those that were made inline
            raise Refused(
                "The price specified is inactive. This field only accepts active prices.",
                param=f"{where}[price]",
            )
        return
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
    price = price_of(sim, line)
    quantity = line.get("quantity", 1)
    amount = price["unit_amount"] * quantity
    return {
        "id": new_id("li"),
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": price["currency"],
        "description": sim.memory.objects["product"][price["product"]]["name"],
        "price": visible(price),
        "quantity": quantity,
    }


def price_of(sim: Simulator, line: Json) -> Json:
    """The price that a line names, or an inline one, made for it."""
    if "price" in line:
        return sim.memory.objects["price"][line["price"]]
    data = line["price_data"]
    product = (
        data.get("product")
        or catalog.make_product(sim, {**data["product_data"], "active": False})["id"]
    )
    return catalog.make_price(sim, {**data, "product": product, "active": False})
