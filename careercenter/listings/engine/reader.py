"""Answers queries from one state."""

from datetime import datetime

import numpy as np
from pyroaring import BitMap

from careercenter.listings.engine.columns import bitmap_of, in_range
from careercenter.listings.engine.corrections import corrections
from careercenter.listings.engine.facets import Choice, any_of, suggestions
from careercenter.listings.engine.found import Found
from careercenter.listings.engine.matching import Match, Matcher
from careercenter.listings.engine.places import Floats
from careercenter.listings.engine.state import State
from careercenter.listings.engine.terms import Parser
from careercenter.listings.index import Facet, Query, RangeField, Results

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
            corrected=corrections(self.state, found.matches, self.state.living.at(now)),
        )

    def suggest(
        self, facet: Facet, prefix: str, query: Query, limit: int, now: datetime
    ) -> list[tuple[str, int]]:
        among = self._found(query, now).without(facet)
        return suggestions(self.state.values(facet), among, prefix)[:limit]

    def _found(self, query: Query, now: datetime) -> Found:
        matches = [self._matcher.match(term) for term in self._parser.terms(query.text)]
        within, miles = self._within(query, now)
        choice = self._choice(query)
        while True:
            found = Found(self.state, query, matches, _meeting(within, matches), choice, miles)
            if found.slots or not query.partial or len(matches) < 2:
                return found
            matches = matches[:-1]

    def _within(self, query: Query, now: datetime) -> tuple[BitMap, Floats | None]:
        """The live slots that the query leaves whatever is counted: all but words and choices.

        With circles also the miles of each slot.
        """
        state = self.state
        within = state.living.at(now)
        if query.hidden:
            within = within - BitMap(state.slots.found(query.hidden))
        for facet, values in query.excluded.items():
            within = within - any_of(state.values(facet), values)
        for field, bound in query.ranges.items():
            if field is not RangeField.PAY:
                inside = in_range(state.table, field, bound)
                within = within if inside is None else within & inside
        if not query.near:
            return within, None
        slots, distances = state.places.within(query.near)
        miles = np.full(state.table.shape[1], np.inf)
        miles[slots] = distances
        return within & bitmap_of(slots), miles

    def _choice(self, query: Query) -> Choice:
        """What is chosen in facets. The range of pay is the choice among the bands of pay."""
        choice = Choice(self.state, query.filters)
        if (pay := query.ranges.get(RangeField.PAY)) is not None:
            inside = in_range(self.state.table, RangeField.PAY, pay)
            if inside is not None:
                choice.add(Facet.PAY_BAND, inside)
        return choice


def _meeting(within: BitMap, matches: list[Match]) -> BitMap:
    for match in matches:
        within = within & match.slots
    return within
