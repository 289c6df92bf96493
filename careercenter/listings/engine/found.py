"""What one query finds in one state: its counts, and the hits of its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from pyroaring import BitMap

from careercenter.listings.engine.columns import Column
from careercenter.listings.engine.facets import Choice, any_of, counts
from careercenter.listings.engine.matching import Match
from careercenter.listings.engine.places import Floats
from careercenter.listings.engine.ranking import (
    Slots,
    keys,
    lead,
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

    @cached_property
    def first(self) -> BitMap:
        """Of the slots found those that come before all others, whatever else they have."""
        if self.query.sort is not Sort.RELEVANCE:
            return BitMap()
        preferred = [any_of(self.state.values(f), v) for f, v in self.query.first.items()]
        return self.slots & BitMap().union(*preferred)

    def _leading(self, count: int) -> Slots:
        if not (self.query.first and self.first):
            return self._ordered(self.slots, count)
        before = self._ordered(self.first, min(count, len(self.first)))
        if len(before) == count:
            return before
        return np.concatenate([before, self._ordered(self.slots - self.first, count - len(before))])

    def _ordered(self, found: BitMap, count: int) -> Slots:
        sort, table = self.query.sort, self.state.table
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
            standings = [*map(self._standing, slots.tolist())]
        return map(Hit, ids, versions, miles, standings)

    def _standing(self, slot: int) -> Standing:
        preferring = self.query.sort is Sort.RELEVANCE and any(self.query.first.values())
        return replace(
            standing(self.state, self.matches, slot),
            sort=self.query.sort,
            lead=lead(self.query.sort, self.state.table, self.miles, slot),
            first=slot in self.first if preferring else None,
        )
