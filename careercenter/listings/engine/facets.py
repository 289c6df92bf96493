"""Narrowing by the values of facets, and counting them."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter

from pyroaring import BitMap

from careercenter.listings.engine.state import Postings, State
from careercenter.listings.engine.text import fold, tokens
from careercenter.listings.index import Counts, Facet


class Choice:
    """The slots that the choices in facets leave. A facet without chosen values leaves all."""

    def __init__(self, state: State, filters: Mapping[Facet, frozenset[str]]) -> None:
        self._choices = [
            (facet, any_of(state.values(facet), values))
            for facet, values in filters.items()
            if values
        ]

    def add(self, facet: Facet, slots: BitMap) -> None:
        """Another choice in the facet, made by other means than its values."""
        self._choices.append((facet, slots))

    def of(self, found: BitMap, without: Facet | None = None) -> BitMap:
        """What of ``found`` is chosen, with the choices in one facet left aside if it is named."""
        for facet, slots in self._choices:
            if facet != without:
                found = found & slots
        return found

    def among(self, facet: Facet) -> bool:
        """Whether there is a choice in the facet."""
        return any(facet == chosen for chosen, _ in self._choices)


def counts(postings: Postings, among: BitMap, chosen: frozenset[str]) -> Counts:
    """How many of the slots have each value: the most frequent first, then by slug.

    Values that none has are left out, except the chosen ones.
    """
    found = _counted(*postings.in_order(), among)
    if chosen:
        counted = {value for value, _ in found}
        found += [(value, 0) for value in sorted(chosen - counted)]
    return tuple(found)


def suggestions(postings: Postings, among: BitMap, prefix: str) -> list[tuple[str, int]]:
    """The counts of the values with a word, or words in a row, that begin with ``prefix``."""
    sought = "-" + "-".join(run for token in tokens(fold(prefix)) for run in token.split("-"))
    values = [value for value in postings.in_order()[0] if sought in _said(value)]
    return _counted(values, postings.found(values), among)


@lru_cache(maxsize=100_000)
def _said(value: str) -> str:
    """A value so that each of its words begins with a hyphen."""
    return f"-{fold(value)}"


def _counted(
    values: Iterable[str], slots: Iterable[BitMap], among: BitMap
) -> list[tuple[str, int]]:
    """The values are in the order of their slugs: who is as frequent stays in it."""
    counts = map(among.intersection_cardinality, slots)
    found = [each for each in zip(values, counts, strict=True) if each[1]]
    found.sort(key=itemgetter(1), reverse=True)
    return found


def any_of(postings: Postings, values: Iterable[str]) -> BitMap:
    """The slots that have at least one of the values."""
    found = postings.found(values)
    return BitMap.union(*found) if found else BitMap()
