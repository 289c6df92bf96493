"""Form-encoded parameters, read by the types stripe-python declares for them.

The SDK's TypedDicts say which parameters exist, which are required, and which values an enum has,
so a name or a value that Stripe would refuse is refused here without a list of our own.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import stripe
from typing_extensions import get_type_hints, is_typeddict

from tests.stripesim.refusals import Refused, missing
from tests.stripesim.state import Json

Wire = str | dict[str, Any]  # a value, or what stood in brackets below a name


def decode(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0]=c` → {"a": {"b": {"0": "c"}}}; `a[]=c` counts up. The types say which are lists."""
    root: dict[str, Any] = {}
    for name, value in pairs:
        head, *keys = re.split(r"\]?\[", name.removesuffix("]"))
        node, last = root, head
        for key in keys:
            node = node.setdefault(last, {})
            if not isinstance(node, dict):
                raise Refused(f"Invalid parameter: {name}", param=name)
            last = key or str(len(node))
        node[last] = value
    return root


def read(pairs: Iterable[tuple[str, str]], declared: type) -> Json:
    """The parameters as the values their types promise. Raises Refused with Stripe's words."""
    return _read_object(decode(pairs), declared, "")


def _read_object(value: dict[str, Any], declared: type, where: str) -> Json:
    hints = _hints(declared)
    for name in value:
        if name not in hints:
            path = _below(where, name)
            raise Refused(
                f"Received unknown parameter: {path}", code="parameter_unknown", param=path
            )
    for name in sorted(getattr(declared, "__required_keys__", ())):
        if name in hints and name not in value:
            raise missing(_below(where, name))
    return {name: _read(value[name], hints[name], _below(where, name)) for name in value}


@cache
def _hints(declared: type) -> dict[str, Any]:
    """Its parameters, without what the SDK keeps to itself (API key, version, retries)."""
    # The two names are imported by the SDK for its base class only, which inherits them here.
    names = {"StripeContext": object, "Mapping": Mapping}
    own = get_type_hints(declared, localns=names)
    return {name: own[name] for name in own if name not in stripe.RequestOptions.__annotations__}


def names(declared: type) -> set[str]:
    """The parameters that the SDK declares."""
    return set(_hints(declared))


def _read(value: Wire, hint: Any, where: str) -> Any:
    choices = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    if isinstance(value, str):
        return _read_text(value, choices, where)
    for choice in choices:
        if is_typeddict(choice):
            return _read_object(value, choice, where)
        if get_origin(choice) is list:
            return _read_list(value, get_args(choice)[0], where)
        if get_origin(choice) is dict:
            item = get_args(choice)[-1]
            return {name: _read(value[name], item, _below(where, name)) for name in value}
    raise Refused(f"Invalid string: {value}", param=where)


def _read_list(value: dict[str, Any], item: Any, where: str) -> list[Any]:
    if not all(key.isdecimal() for key in value):
        raise Refused("Invalid array", param=where)
    return [_read(value[key], item, f"{where}[{key}]") for key in sorted(value, key=int)]


def _read_text(value: str, choices: tuple[Any, ...], where: str) -> Any:
    listed = [word for choice in choices for word in get_args(choice) if _is_literal(choice)]
    if value in listed:
        return value
    # `Literal[…] | str` is how the SDK leaves an enum open for values of a later API version.
    # What this version states is all that this version takes; '' alone only means "unset".
    open_enum = any(listed)
    kinds = [kind for kind in choices if kind in SCALARS and not (open_enum and kind is str)]
    if not kinds and open_enum:
        words = ", ".join(word for word in listed if word)
        raise Refused(f"Invalid {where}: must be one of {words}", param=where)
    if not kinds:
        raise Refused("Invalid object", param=where)
    return SCALARS[kinds[0]](value, where)


def _is_literal(hint: Any) -> bool:
    return get_origin(hint) is Literal


def _integer(value: str, where: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise Refused(f"Invalid integer: {value}", code="parameter_invalid_integer", param=where)
    return int(value)


def _boolean(value: str, where: str) -> bool:
    if value not in ("true", "false"):
        raise Refused(f"Invalid boolean: {value}", param=where)
    return value == "true"


def _decimal(value: str, where: str) -> str:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        raise Refused(f"Invalid decimal: {value}", param=where)
    return value


def _text(value: str, where: str) -> str:
    return value


SCALARS: Mapping[Any, Any] = {
    int: _integer,
    bool: _boolean,
    float: _decimal,
    Decimal: _decimal,
    str: _text,
}


def _below(where: str, name: str) -> str:
    return f"{where}[{name}]" if where else name


def refuse_unmodelled(params: Json, modelled: Iterable[str], where: str = "") -> None:
    """Refuse what Stripe would act on and this simulator does not.

    `modelled` holds dotted names; naming a parent takes all below it. Saying false to something
    that is not here is fine.
    """
    for name, value in params.items():
        path = f"{where}.{name}" if where else name
        if path in modelled or value is False:
            continue
        below = value if isinstance(value, list) else [value]
        if not all(isinstance(part, dict) for part in below):
            raise Refused(
                f"The payment simulator does not model this parameter: {path}", param=path
            )
        for part in below:
            refuse_unmodelled(part, modelled, path)
