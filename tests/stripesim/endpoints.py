"""What one address of the API is: a method, a path, the SDK's parameter type, and what answers."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.stripesim.answers import answer, found, matching, page
from tests.stripesim.state import Json, Simulator

PAGING = ("limit", "starting_after", "ending_before", "created", "expand")


@dataclass(frozen=True)
class Endpoint:
    """`models` names the parameters it acts on (dotted); others that Stripe knows are refused.

    `run(sim, params, ident)` answers with a stored object, or a list, already fit to be shown.
    """

    method: str
    path: str
    takes: type
    models: tuple[str, ...]
    run: Callable[[Simulator, Json, str], Json]


def retrieving(path: str, kind: str, takes: type, param: str = "id") -> Endpoint:
    def run(sim: Simulator, params: Json, ident: str) -> Json:
        return answer(sim, found(sim, kind, ident, param), params.get("expand", ()))

    return Endpoint("GET", f"{path}/<ident>", takes, ("expand",), run)


def listing(path: str, kind: str, takes: type, *filters: str) -> Endpoint:
    def run(sim: Simulator, params: Json, ident: str) -> Json:
        return page(sim, path, matching(sim.rows(kind), params, *filters), params)

    return Endpoint("GET", path, takes, (*PAGING, *filters), run)


def merged(metadata: Json, given: Json | str) -> Json:
    """Stripe's metadata rule: '' for the whole clears it, '' for a key removes the key."""
    if isinstance(given, str):
        return {}
    return {key: value for key, value in {**metadata, **given}.items() if value != ""}
