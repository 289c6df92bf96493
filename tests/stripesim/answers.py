"""How stored objects become answers: hidden fields, expansion, filtered and paged lists."""

from collections.abc import Callable, Iterable
from typing import Any

from tests.stripesim.refusals import Refused, no_such
from tests.stripesim.state import Json, Simulator

EXPANDABLE = {
    "charge": "charge",
    "customer": "customer",
    "latest_charge": "charge",
    "coupon": "coupon",
    "invoice": "invoice",
    "latest_invoice": "invoice",
    "payment_intent": "payment_intent",
    "subscription": "subscription",
    "product": "product",
}
BOUNDS: dict[str, Callable[[int, int], bool]] = {
    "gt": lambda created, bound: created > bound,
    "gte": lambda created, bound: created >= bound,
    "lt": lambda created, bound: created < bound,
    "lte": lambda created, bound: created <= bound,
}


def visible(stored: Json) -> Json:
    """What the API shows: names with a leading underscore are the simulator's own."""
    return {name: value for name, value in stored.items() if not name.startswith("_")}


def answer(sim: Simulator, stored: Json, expand: Iterable[str] = ()) -> Json:
    """A copy with each dotted `expand` path replaced by the object itself."""
    shown = visible(stored)
    for path in expand:
        _expand(sim, shown, path, path)
    return shown


def _expand(sim: Simulator, shown: Json, path: str, asked: str) -> None:
    name, _, rest = path.partition(".")
    if name == "line_items" and shown["object"] == "checkout.session":
        shown.setdefault("line_items", line_items(sim, shown["id"]))
    if name == "payments" and shown["object"] == "invoice":
        shown.setdefault("payments", invoice_payments(sim, shown["id"]))
    if name not in shown or (isinstance(shown[name], str) and name not in EXPANDABLE):
        raise Refused(f"This property cannot be expanded ({asked}).")
    shown[name] = _opened(sim, name, shown[name])
    if rest:
        below = shown[name] if isinstance(shown[name], list) else [shown[name]]
        for part in below:
            if part is not None:
                _expand(sim, part, rest, asked)


def _opened(sim: Simulator, name: str, value: Any) -> Any:
    """The object behind an id, or a copy of what stands there already."""
    if isinstance(value, str):
        return visible(found(sim, EXPANDABLE[name], value))
    if isinstance(value, list):
        return [dict(item) for item in value]
    return value and dict(value)


def found(sim: Simulator, kind: str, ident: str, param: str = "id", status: int = 404) -> Json:
    stored = sim.find(kind, ident)
    if stored is None:
        raise no_such(kind, ident, param, status)
    return stored


def listed(url: str, data: list[Json], has_more: bool = False) -> Json:
    return {"object": "list", "url": url, "has_more": has_more, "data": data}


def line_items(sim: Simulator, session_id: str) -> Json:
    session = found(sim, "checkout.session", session_id, "session")
    return listed(f"/v1/checkout/sessions/{session_id}/line_items", session["_line_items"])


def invoice_payments(sim: Simulator, invoice: str) -> Json:
    rows = [visible(row) for row in sim.rows("invoice_payment") if row["invoice"] == invoice]
    return listed(f"/v1/invoice_payments?invoice={invoice}", rows)


def page(sim: Simulator, url: str, rows: list[Json], params: Json) -> Json:
    """One page of rows, newest first, by `created`, `limit`, `starting_after`, `ending_before`.

    Raises Refused for a limit outside 1 to 100 and for a cursor that is not in the list.
    """
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise Refused(
            "Invalid integer: limit must be between 1 and 100.",
            code="parameter_invalid_integer",
            param="limit",
        )
    rows = [row for row in rows if _created_within(row, params.get("created"))]
    if "ending_before" in params:
        before = rows[: _position(rows, params, "ending_before")]
        chosen, more = before[-limit:], len(before) > limit
    else:
        start = _position(rows, params, "starting_after") + 1 if "starting_after" in params else 0
        chosen, more = rows[start : start + limit], len(rows) > start + limit
    shown = listed(url, [visible(row) for row in chosen], more)
    return answer(sim, shown, params.get("expand", ()))


def _created_within(row: Json, created: Any) -> bool:
    if isinstance(created, int):
        return bool(row["created"] == created)
    return all(BOUNDS[bound](row["created"], at) for bound, at in (created or {}).items())


def _position(rows: list[Json], params: Json, cursor: str) -> int:
    for position, row in enumerate(rows):
        if row["id"] == params[cursor]:
            return position
    raise no_such("object", params[cursor], cursor)


def matching(rows: list[Json], params: Json, *names: str) -> list[Json]:
    """The rows that have, for each of these names given, the value given."""
    given = {name: params[name] for name in names if name in params}
    return [row for row in rows if all(row[name] == given[name] for name in given)]
