"""A posting's lists as one text, so that a page of postings is read by one statement.

Each row of a list is an entry, its parts parted by spaces and the entries by commas, in any order.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from careercenter.postings.details import Place
from careercenter.taxonomy.requirements import Alternative, Group, Requirement

PARTED = "|"  # between the lists


class Lists(NamedTuple):
    """What a posting's lists say, each in the order in which it was written."""

    terms: Mapping[str, tuple[str, ...]]  # kind → slugs
    required: Requirement
    preferred: tuple[str, ...]  # credentials
    years_in: Mapping[str, int]  # coding type or specialty → years
    more_places: tuple[Place, ...] = ()


@lru_cache(maxsize=256)
def read_lists(text: str) -> Lists:
    """Four lists. Terms: kind, position, slug. Credentials: the group, or -1 for what is preferred,
    position, slug, months after hire or "". Years: topic, years. Places: position, degrees north
    and east or "", state, ZIP code, city. What is read of a posting once is asked several times.
    """
    terms, credentials, years, places = text.split(PARTED, 3)
    required, preferred = _credentials(credentials)
    return Lists(_terms(terms), required, preferred, _years(years), _places(places))


def states_at(state: str, more: tuple[Place, ...]) -> tuple[str, ...]:
    """The states of the first place and of the further ones; none where there is no place."""
    if not more:
        return (state,) if state else ()
    return tuple(dict.fromkeys(filter(None, (state, *(place.state for place in more)))))


def _terms(text: str) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, _, slug in sorted(map(_term, text.split(","))) if text else ():
        found[kind] = (*found.get(kind, ()), slug)
    return found


@lru_cache(maxsize=8192)
def _term(entry: str) -> tuple[str, int, str]:
    """Texts are many, their entries few."""
    kind, position, slug = entry.split(" ")
    return kind, int(position), slug


@lru_cache(maxsize=8192)
def _credentials(text: str) -> tuple[Requirement, tuple[str, ...]]:
    """What is required, and what is preferred."""
    rows = sorted(
        (int(group), int(position), slug, months)
        for group, position, slug, months in _entries(text)
    )
    groups = groupby((row for row in rows if row[0] >= 0), key=lambda row: row[0])
    required = Requirement(tuple(_alternatives(some) for _, some in groups))
    return required, tuple(slug for group, _, slug, _ in rows if group < 0)


@lru_cache(maxsize=8192)
def _years(text: str) -> Mapping[str, int]:
    return {topic: int(number) for topic, number in sorted(_entries(text))}


@lru_cache(maxsize=1024)
def _places(text: str) -> tuple[Place, ...]:
    rows = sorted((entry.split(" ", 5) for entry in text.split(",") if entry), key=_position)
    return tuple(
        Place(city, state, zip_code, _degrees(north), _degrees(east))
        for _, north, east, state, zip_code, city in rows
    )


def _position(row: list[str]) -> int:
    return int(row[0])


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _alternatives(rows: Iterable[tuple[int, int, str, str]]) -> Group:
    return tuple(Alternative(slug, int(months) if months else None) for *_, slug, months in rows)


def _entries(text: str) -> list[list[str]]:
    return [entry.split(" ") for entry in text.split(",") if entry]
