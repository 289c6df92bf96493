"""Narrowing by the values of facets, and counting them."""

from collections.abc import Iterable, Mapping

from pyroaring import BitMap

from careercenter.listings.engine.state import Postings, State
from careercenter.listings.engine.text import fold, tokens
from careercenter.listings.index import Counts, Facet


class Choice:
    """The slots that the chosen values leave, facet by facet. A facet without values leaves all."""

    def __init__(self, state: State, filters: Mapping[Facet, frozenset[str]]) -> None:
        self._slots = {
            facet: _any(state.values(facet), values) for facet, values in filters.items() if values
        }

    def of(self, found: BitMap, without: Facet | None = None) -> BitMap:
        """What of ``found`` is chosen, with the choice in one facet left aside if it is named."""
        for facet, slots in self._slots.items():
            if facet != without:
                found = found & slots
        return found


def counts(postings: Postings, among: BitMap, chosen: frozenset[str]) -> Counts:
    """How many of the slots have each value: the most frequent first, then by slug.

    Values that none has are left out, except the chosen ones.
    """
    found = [
        (value, count)
        for value, slots in postings.items()
        if (count := slots.intersection_cardinality(among)) or value in chosen
    ]
    found += [(value, 0) for value in chosen.difference(postings)]
    return tuple(sorted(found, key=lambda counted: (-counted[1], counted[0])))


def suggestions(postings: Postings, among: BitMap, prefix: str) -> list[tuple[str, int]]:
    """The counts of the values with a word, or words in a row, that begin with ``prefix``."""
    sought = "-" + "-".join(run for token in tokens(fold(prefix)) for run in token.split("-"))
    alike = {value: postings[value] for value in postings if sought in f"-{fold(value)}"}
    return list(counts(alike, among, frozenset()))


def _any(postings: Postings, values: Iterable[str]) -> BitMap:
    found = [postings[value] for value in values if value in postings]
    return BitMap.union(*found) if found else BitMap()
