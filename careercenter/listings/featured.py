"""Which featured listings stand above a search: they match it, and the order below stays as it is.

Two at most. Where more match, they take turns by the hour, so that no one is always left out.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from careercenter.listings.index import Hit, ListingSearch, Query, Range, RangeField, SearchDown

MOST = 2
IN_TURN = 20  # of those that match, the first by the search's own order


def featured_hits(engine: ListingSearch, query: Query, now: datetime) -> Sequence[Hit]:
    """For the first page of this search; none for others."""
    if query.page != 1:
        return ()
    until = {RangeField.FEATURED: Range(low=int(now.timestamp()) + 1)}
    asked = replace(
        query, ranges={**query.ranges, **until}, facets=(), per_page=IN_TURN, explain=False
    )
    try:
        return in_turn(engine.search(asked, now).hits, now)
    except SearchDown:
        return ()


def in_turn(hits: Sequence[Hit], now: datetime) -> Sequence[Hit]:
    if len(hits) <= MOST:
        return hits
    first = int(now.timestamp()) // 3600 * MOST % len(hits)
    return [*hits, *hits][first : first + MOST]
