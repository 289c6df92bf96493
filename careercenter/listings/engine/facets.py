"""Narrowing by the values of facets, and counting them."""

from collections.abc import Iterable, Mapping, Set

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
    found = _counted(postings.items(), among, chosen)
    found += [(value, 0) for value in chosen if value not in postings]
    return tuple(sorted(found, key=_by_count))


def suggestions(postings: Postings, among: BitMap, prefix: str) -> list[tuple[str, int]]:
    """The counts of the values with a word, or words in a row, that begin with ``prefix``."""
    sought = "-" + "-".join(run for token in tokens(fold(prefix)) for run in token.split("-"))
    alike = [(value, slots) for value, slots in postings.items() if sought in f"-{fold(value)}"]
    return sorted(_counted(alike, among), key=_by_count)


def _counted(
    values: Iterable[tuple[str, BitMap]], among: BitMap, chosen: Set[str] = frozenset()
) -> list[tuple[str, int]]:
    return [
        (value, count)
        for value, slots in values
        if (count := slots.intersection_cardinality(among)) or value in chosen
    ]


def _by_count(counted: tuple[str, int]) -> tuple[int, str]:
    value, count = counted
    return -count, value


def any_of(postings: Postings, values: Iterable[str]) -> BitMap:
    """The slots that have at least one of the values."""
    found = postings.found(values)
    return BitMap.union(*found) if found else BitMap()
