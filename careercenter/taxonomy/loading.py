"""Reads the package's own tables: UTF-8, tabs, one header line, ``yes`` and ``no``, lists by comma.

The tables are part of the program: a malformed one is a bug and stops the import.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from importlib.resources import files
from types import MappingProxyType
from typing import Any, ClassVar, Protocol, TypeVar

DATA = files("careercenter.taxonomy") / "data"


class Record(Protocol):
    """Any of the dataclasses in ``terms``."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


R = TypeVar("R", bound=Record)


def rows(table: str) -> list[dict[str, str]]:
    """The rows of ``data/<table>.tsv`` by column name, in file order."""
    text = (DATA / f"{table}.tsv").read_text(encoding="utf-8")
    header, *lines = (line.split("\t") for line in text.splitlines())
    return [dict(zip(header, line, strict=True)) for line in lines]


def listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",")) if text else ()


# Keyed by what a field is declared as: the declaration is the only place that says it.
_READERS: Mapping[object, Callable[[str], object]] = {
    str: str,
    bool: lambda text: text == "yes",
    Decimal: Decimal,
    tuple[str, ...]: listed,
    str | None: lambda text: text or None,
    int | None: lambda text: int(text) if text else None,
}


def records(shape: type[R], table: str) -> tuple[R, ...]:
    """One ``shape`` a row; a field whose column is missing keeps its default."""
    found = rows(table)
    readers = {f.name: _READERS[f.type] for f in fields(shape) if f.name in found[0]}
    return tuple(
        shape(**{name: read(row[name]) for name, read in readers.items()}) for row in found
    )


def keyed(shape: type[R], table: str, key: str = "slug") -> Mapping[str, R]:
    """The records of a table by ``key``, in file order."""
    return MappingProxyType({getattr(r, key): r for r in records(shape, table)})
