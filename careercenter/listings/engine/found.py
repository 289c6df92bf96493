"""What one query finds in one state: its counts, and the hits of its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyroaring import BitMap

from careercenter.listings.engine.columns import Column
from careercenter.listings.engine.facets import Choice, counts
from careercenter.listings.engine.matching import Match
from careercenter.listings.engine.places import Floats
from careercenter.listings.engine.ranking import (
    Slots,
    keys,
    leading,
    leading_by_term,
    standing,
    summed_costs,
)
from careercenter.listings.engine.state import State
from careercenter.listings.index import Counts, Facet, Hit, Query, Sort, Standing


@dataclass(frozen=True)
class Found:
    """``within`` are the slots that meet everything but the choices in facets."""

    state: State
    query: Query
    matches: Sequence[Match]
    within: BitMap
    choice: Choice
    miles: Floats | None  # of each slot, where a place was asked for

    @cached_property
    def slots(self) -> BitMap:
        return self.choice.of(self.within)

    def without(self, facet: Facet) -> BitMap:
        """What would be found if nothing were chosen in the facet."""
        if not self.choice.among(facet):
            return self.slots
        return self.choice.of(self.within, without=facet)

    def counts(self, facet: Facet) -> Counts:
        chosen = self.query.filters.get(facet, frozenset())
        return counts(self.state.values(facet), self.without(facet), chosen)

    def page(self) -> tuple[Hit, ...]:
        start = (self.query.page - 1) * self.query.per_page
        end = min(start + self.query.per_page, len(self.slots))
        if not 0 <= start < end:
            return ()
        return tuple(self._hits(self._leading(end)[start:]))

    def _leading(self, count: int) -> Slots:
        sort, table, found = self.query.sort, self.state.table, self.slots
        if sort is Sort.RELEVANCE and len(self.matches) == 1:
            order = tuple(keys(sort, table, None, self.miles))
            return leading_by_term(found, self.matches[0], count, order)
        costs = summed_costs(found, self.matches, table.shape[1]) if self.matches else None
        return leading(found, count, tuple(keys(sort, table, costs, self.miles)))

    def _hits(self, slots: Slots) -> Iterator[Hit]:
        ids, versions = self.state.table[: Column.VERSION + 1, slots].tolist()
        miles = [None] * len(slots) if self.miles is None else self.miles[slots].tolist()
        standings: list[Standing | None] = [None] * len(slots)
        if self.query.explain:
            standings = [standing(self.state, self.matches, slot) for slot in slots.tolist()]
        return map(Hit, ids, versions, miles, standings)
