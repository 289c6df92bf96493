"""Searching: from criteria to cards, by the engine or, when it is down, by the database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from careercenter.employers.models import Employer
from careercenter.listings.cards import live_briefs, live_cards
from careercenter.listings.fallback import DatabaseListings
from careercenter.listings.index import (
    Facet,
    ListingSearch,
    Query,
    Range,
    RangeField,
    Results,
    SearchDown,
    Sort,
)
from careercenter.listings.models import (
    COUNTED,
    LABELS,
    NAMES,
    PARAMETER_OF,
    PER_PAGE,
    Brief,
    Card,
    Chip,
    Criteria,
    FacetView,
    Found,
    Option,
)
from careercenter.listings.whereabouts import Whereabouts, understand
from careercenter.listings.wording import card_of as card_of
from careercenter.listings.wording import listing_view as listing_view
from careercenter.postings.models import Posting
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.vocabularies import WORK_SETTINGS

SHOWN = 8  # values of a facet before "show all"
MOST_NEAREST = 6
SIMILAR = 5
REMOTE = frozenset(
    slug for slug, s in WORK_SETTINGS.items() if s.remote == "yes" and slug != "offshore"
)

Names = Mapping[Facet, Mapping[str, str]]


def find_listings(
    search: ListingSearch,
    session: Session,
    criteria: Criteria,
    places: Places,
    now: datetime,
    per_page: int = PER_PAGE,
) -> Found:
    """A page of results. Raises ``NoResultFound`` for a page beyond the end."""
    whereabouts = understand(criteria.where, criteria.miles, places)
    query = engine_query(criteria, whereabouts, per_page)
    results, engine = _answer(search, session, query, now)
    strict = results.total
    if not strict and criteria.q:
        results = _answer(engine, session, replace(query, partial=True), now)[0]
    pages = max(1, -(-results.total // per_page))
    if criteria.page > pages:
        raise NoResultFound
    names = _names(session, criteria)
    fewer = _fewer(criteria, names)
    return Found(
        criteria=criteria,
        cards=cards_of(session, results, now),
        total=results.total,
        pages=pages,
        facets=_facet_views(criteria, results, names),
        chips=tuple(Chip(text, less.query()) for text, less in fewer),
        heading=whereabouts.heading,
        understood=whereabouts.words(criteria.miles),
        sort=query.sort,
        sorts=_sorts(criteria, whereabouts),
        notes=criteria.notes + ((whereabouts.note,) if whereabouts.note else ()),
        degraded=isinstance(engine, DatabaseListings),
        partial=results.total > strict,
        nearest=() if strict else _nearest(engine, fewer, places, now),
        nearby=whereabouts.nearby,
    )


def engine_query(criteria: Criteria, where: Whereabouts, per_page: int = PER_PAGE) -> Query:
    filters = {facet: frozenset(values) for facet, values in criteria.chosen.items() if values}
    if where.state:
        filters[Facet.STATE] = filters.get(Facet.STATE, frozenset()) | {where.state}
    if where.remote:
        filters.setdefault(Facet.SETTING, REMOTE)
    ranges = {}
    if criteria.pay_cents is not None:
        ranges[RangeField.PAY] = Range(low=criteria.pay_cents)
    return Query(
        text=criteria.q,
        filters=filters,
        ranges=ranges,
        near=where.near,
        facets=COUNTED,
        sort=_sort(criteria, where),
        page=criteria.page,
        per_page=per_page,
    )


def cards_of(session: Session, results: Results, now: datetime) -> tuple[Card, ...]:
    """The hits that are live still, in the engine's order."""
    found = live_cards(session, [hit.id for hit in results.hits], now)
    return tuple(found[hit.id].at(hit.miles) for hit in results.hits if hit.id in found)


def newest(
    search: ListingSearch, session: Session, limit: int, facets: tuple[Facet, ...], now: datetime
) -> Results:
    """The newest listings, and counts over all of them."""
    query = Query(sort=Sort.NEWEST, per_page=limit, facets=facets)
    return _answer(search, session, query, now)[0]


def similar_listings(
    search: ListingSearch, session: Session, posting: Posting, now: datetime
) -> list[Brief]:
    """Up to five that share a specialty, or where there is none, a coding type."""
    filters = {Facet.CODING_TYPE: frozenset(posting.coding_types)}
    if posting.specialties:
        filters = {Facet.SPECIALTY: frozenset(posting.specialties)}
    try:
        hits = search.search(Query(filters=filters, per_page=SIMILAR + 1), now).hits
    except SearchDown:
        return []
    ids = [hit.id for hit in hits if hit.id != posting.id][:SIMILAR]
    return live_briefs(session, ids, now)


def _answer(
    search: ListingSearch, session: Session, query: Query, now: datetime
) -> tuple[Results, ListingSearch]:
    """The answer, and who gave it."""
    try:
        return search.search(query, now), search
    except SearchDown:
        plain = DatabaseListings(session)
        return plain.search(query, now), plain


def _sort(criteria: Criteria, where: Whereabouts) -> Sort:
    sorts = _sorts(criteria, where)
    return criteria.sort if criteria.sort in sorts else sorts[0]


def _sorts(criteria: Criteria, where: Whereabouts) -> tuple[Sort, ...]:
    """Those that say something about this search, the default first."""
    best = (Sort.RELEVANCE,) if criteria.q else ()
    return (*best, Sort.NEWEST, Sort.PAY, *((Sort.DISTANCE,) if where.near else ()))


def _names(session: Session, criteria: Criteria) -> Names:
    """Names of values; the employers' come from the database, if one is chosen."""
    slugs = criteria.chosen.get(Facet.EMPLOYER)
    if not slugs:
        return NAMES
    rows = session.execute(select(Employer.slug, Employer.name).where(Employer.slug.in_(slugs)))
    return {**NAMES, Facet.EMPLOYER: {row.slug: row.name for row in rows}}


def _fewer(criteria: Criteria, names: Names) -> list[tuple[str, Criteria]]:
    """Each filter in words, and the search without it."""
    found = [
        (names[facet].get(value, value), criteria.without(facet, value))
        for facet, values in criteria.chosen.items()
        for value in values
    ]
    if criteria.where:
        found.insert(0, (criteria.where, replace(criteria, where="", page=1)))
    if criteria.pay is not None:
        unit = "an hour" if criteria.pay_cents == criteria.pay * 100 else "a year"
        text = f"Pays ${criteria.pay:,} {unit} or more"
        found.append((text, replace(criteria, pay=None, page=1)))
    return found


def _facet_views(criteria: Criteria, results: Results, names: Names) -> tuple[FacetView, ...]:
    """In the page's order. Without counts only what is chosen is shown, so that it stays chosen."""
    views = []
    for facet in COUNTED:
        chosen = criteria.chosen.get(facet, ())
        counts = results.facets.get(facet, tuple((value, None) for value in chosen))
        options = [Option(v, names[facet].get(v, v), n, v in chosen) for v, n in counts]
        every = criteria.more is facet or len(options) <= SHOWN
        shown = options if every else [o for n, o in enumerate(options) if n < SHOWN or o.selected]
        more = "" if every else criteria.query(more=facet, page=1)
        name = PARAMETER_OF[facet]
        views.append(FacetView(name, LABELS[facet], tuple(shown), len(options), more))
    return tuple(view for view in views if view.options)


def _nearest(
    engine: ListingSearch,
    fewer: Sequence[tuple[str, Criteria]],
    places: Places,
    now: datetime,
) -> tuple[Chip, ...]:
    """The searches with one filter less that find something, the most first."""
    found = []
    for text, criteria in fewer[:MOST_NEAREST]:
        where = understand(criteria.where, criteria.miles, places)
        query = replace(engine_query(criteria, where, per_page=1), facets=(), page=1)
        try:
            total = engine.search(query, now).total
        except SearchDown:
            return ()
        if total:
            found.append(Chip(text, criteria.query(), total))
    return tuple(sorted(found, key=lambda chip: -(chip.count or 0)))
