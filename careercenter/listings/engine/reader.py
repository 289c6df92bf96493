"""Answers queries from one state."""

from datetime import datetime

import numpy as np
from pyroaring import BitMap

from careercenter.listings.engine.columns import Column, bitmap_of, in_ranges
from careercenter.listings.engine.facets import Choice, counts, suggestions
from careercenter.listings.engine.matching import Match, Matcher
from careercenter.listings.engine.places import Floats
from careercenter.listings.engine.ranking import keys, leading, summed_costs
from careercenter.listings.engine.state import State
from careercenter.listings.engine.terms import Parser
from careercenter.listings.index import Counts, Facet, Hit, Query, Results

NAME = "embedded"


class Reader:
    """May be shared by threads: it changes nothing but what it remembers of earlier answers."""

    def __init__(self, state: State, parser: Parser) -> None:
        self.state = state
        self._parser = parser
        self._matcher = Matcher(state)

    def search(self, query: Query, now: datetime) -> Results:
        found = self._found(query, now)
        return Results(
            hits=found.page(),
            total=len(found.slots),
            facets={facet: found.counts(facet) for facet in query.facets},
            engine=NAME,
            seq=self.state.seq,
        )

    def suggest(
        self, facet: Facet, prefix: str, query: Query, limit: int, now: datetime
    ) -> list[tuple[str, int]]:
        among = self._found(query, now).without(facet)
        return suggestions(self.state.values(facet), among, prefix)[:limit]

    def _found(self, query: Query, now: datetime) -> "_Found":
        matches = [self._matcher.match(term) for term in self._parser.terms(query.text)]
        within, miles = self._within(query, now)
        found = _Found(self.state, query, matches, within, miles)
        while query.partial and not found.slots and len(matches) > 1:
            matches.pop()
            found = _Found(self.state, query, matches, within, miles)
        return found

    def _within(self, query: Query, now: datetime) -> tuple[BitMap, Floats | None]:
        """The live slots inside the ranges and circles, and with circles the miles of each slot."""
        state = self.state
        within = state.living.at(now)
        if (bounded := in_ranges(state.table, query.ranges)) is not None:
            within = within & bounded
        if not query.near:
            return within, None
        slots, distances = state.places.within(query.near)
        miles = np.full(state.table.shape[1], np.inf)
        miles[slots] = distances
        return within & bitmap_of(slots), miles


class _Found:
    """What one query finds in one state."""

    def __init__(
        self,
        state: State,
        query: Query,
        matches: list[Match],
        within: BitMap,
        miles: Floats | None,
    ) -> None:
        for match in matches:
            within = within & match.slots
        self._state = state
        self._query = query
        self._matches = matches
        self._miles = miles
        self._within = within
        self._choice = Choice(state, query.filters)
        self.slots = self._choice.of(within)

    def without(self, facet: Facet) -> BitMap:
        """What would be found if nothing were chosen in the facet."""
        return self._choice.of(self._within, without=facet)

    def counts(self, facet: Facet) -> Counts:
        chosen = self._query.filters.get(facet, frozenset())
        among = self.without(facet) if chosen else self.slots
        return counts(self._state.values(facet), among, chosen)

    def page(self) -> tuple[Hit, ...]:
        query, table = self._query, self._state.table
        start = (query.page - 1) * query.per_page
        end = min(start + query.per_page, len(self.slots))
        if not 0 <= start < end:
            return ()
        costs = None
        if self._matches:
            costs = summed_costs(self.slots, self._matches, table.shape[1])
        order = tuple(keys(query.sort, table, costs, self._miles))
        return tuple(self._hit(slot) for slot in leading(self.slots, end, order)[start:].tolist())

    def _hit(self, slot: int) -> Hit:
        table, miles = self._state.table, self._miles
        return Hit(
            id=int(table[Column.ID, slot]),
            version=int(table[Column.VERSION, slot]),
            miles=None if miles is None else float(miles[slot]),
        )
