"""Employers and cities of an address that there are not: no vocabulary lists them."""

from collections.abc import Container, Iterator
from contextlib import suppress
from datetime import datetime

from careercenter.listings.criteria import Criteria, city_name
from careercenter.listings.index import Facet, ListingSearch, Query, SearchDown
from careercenter.taxonomy.places import Places


def only_known(
    criteria: Criteria,
    employers: Container[str],
    places: Places,
    engine: ListingSearch,
    now: datetime,
) -> Criteria | None:
    """The search without them, which its notes tell; None where all are known.

    ``employers``: the slugs that there are, of those that are chosen.
    """
    strangers = [s for s in criteria.chosen.get(Facet.EMPLOYER, ()) if s not in employers]
    nowhere = [*_nowhere(criteria.chosen.get(Facet.CITY, ()), places, engine, now)]
    if not strangers and not nowhere:
        return None
    for facet, values in ((Facet.EMPLOYER, strangers), (Facet.CITY, nowhere)):
        if values:
            criteria = criteria.forgetting(facet, values)
    return criteria


def _nowhere(
    slugs: tuple[str, ...], places: Places, engine: ListingSearch, now: datetime
) -> Iterator[str]:
    """Those that neither the table of places knows nor a listing is in."""
    for slug in slugs:
        if not places.by_city(city_name(slug)) and not _has_listings(slug, engine, now):
            yield slug


def _has_listings(slug: str, engine: ListingSearch, now: datetime) -> bool:
    with suppress(SearchDown):
        return bool(engine.search(_in_city(slug), now).total)
    return False


def _in_city(slug: str) -> Query:
    return Query(filters={Facet.CITY: frozenset({slug})}, per_page=1)
