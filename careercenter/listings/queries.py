"""Searching: from criteria to cards, by the engine or, when it is down, by the database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from careercenter.employers.models import Employer
from careercenter.listings.alternatives import Offer, alone, asking_less
from careercenter.listings.asking import Asker, chosen_sort, engine_query, sorts
from careercenter.listings.cards import cards_for
from careercenter.listings.cards import cards_of as cards_of
from careercenter.listings.code_search import Sense, read_codes
from careercenter.listings.criteria import Criteria
from careercenter.listings.facet_views import (
    facet_views,
    pay_bars,
    related,
    without_each,
)
from careercenter.listings.fallback import DatabaseListings
from careercenter.listings.featured import featured_hits
from careercenter.listings.fit import LANES
from careercenter.listings.index import (
    Counts,
    Facet,
    ListingSearch,
    Query,
    Results,
    SearchDown,
    Sort,
)
from careercenter.listings.known import only_known
from careercenter.listings.models import (
    PER_PAGE,
    Card,
    Chip,
    Found,
    LaneView,
    Visitor,
)
from careercenter.listings.whereabouts import Whereabouts, understand
from careercenter.listings.wording import card_of as card_of
from careercenter.listings.wording import listing_view as listing_view
from careercenter.taxonomy.codes import Codes
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.vocabularies import SPECIALTIES

MOST_FOUND = 100  # values of a facet that begin with what was typed
ANYBODY = Visitor()


@dataclass(frozen=True, slots=True)
class Reference:
    """What a search is understood with."""

    places: Places
    codes: Codes


def find_listings(
    search: ListingSearch,
    session: Session,
    criteria: Criteria,
    reference: Reference,
    now: datetime,
    per_page: int = PER_PAGE,
    visitor: Visitor = ANYBODY,
) -> Found:
    """A page of results. Raises ``NoResultFound`` for a page beyond the end."""
    asker = Asker(visitor, now)
    sense, where = _understood(criteria, reference)
    query = engine_query(criteria, sense, where, asker, per_page)
    results, engine, strict = _all_or_some(search, session, query, now)
    pages = max(1, -(-results.total // per_page))
    if criteria.page > pages:
        raise NoResultFound
    matching = _matching(engine, criteria, query)
    above, cards = _shown(engine, session, query, results, asker, criteria.hidden)
    employers = _employer_names(session, criteria, results, matching)
    if known := only_known(criteria, employers, reference.places, engine, now):
        return find_listings(search, session, known, reference, now, per_page, visitor)
    found = Found(
        criteria=criteria,
        cards=cards,
        featured=above,
        total=results.total,
        pages=pages,
        facets=facet_views(criteria, results, employers, matching),
        chips=tuple(Chip(t, rest.query()) for t, rest in without_each(criteria, employers)),
        bars=pay_bars(criteria, results),
        lanes=_lanes(engine, criteria, sense, where, asker) if visitor.told else (),
        notes=tuple(_notes(criteria, where, results, visitor)),
        degraded=isinstance(engine, DatabaseListings),
        partial=results.total > strict,
        nearest=() if strict else _nearest(engine, criteria, employers, reference, asker),
        related=related(criteria, results),
        hidden=len(visitor.hidden) + len(visitor.hidden_employers),
    )
    return _in_words(found, sense, where)


def _shown(
    engine: ListingSearch,
    session: Session,
    query: Query,
    results: Results,
    asker: Asker,
    hidden: bool,
) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """The cards of featured listings and those of the page, in one statement."""
    apart = featured_hits(engine, query, asker.now)
    visitor = asker.visitor.seeing_all if hidden else asker.visitor
    cards = cards_for(session, (*apart, *results.hits), asker.now, visitor)
    above = tuple(replace(card, featured=True) for card in cards[: len(apart)] if card)
    return above, tuple(card for card in cards[len(apart) :] if card)


def _in_words(found: Found, sense: Sense, where: Whereabouts) -> Found:
    """With what was understood."""
    criteria = found.criteria
    return replace(
        found,
        heading=where.heading,
        understood=tuple(filter(None, (where.words(criteria.miles), *dict.fromkeys(sense.lines)))),
        sort=chosen_sort(criteria, sense, where),
        sorts=sorts(sense, where),
        first=tuple(SPECIALTIES[slug].name for slug in sorted(sense.first)),
        ways=sense.ways,
        nearby=where.nearby,
    )


def newest(
    search: ListingSearch, session: Session, limit: int, facets: tuple[Facet, ...], now: datetime
) -> Results:
    """The newest listings, and counts over all of them."""
    query = Query(sort=Sort.NEWEST, per_page=limit, facets=facets)
    return _answer(search, session, query, now)[0]


def _understood(criteria: Criteria, reference: Reference) -> tuple[Sense, Whereabouts]:
    sense = read_codes(criteria, reference.codes, reference.places)
    place = "; ".join(filter(None, (criteria.where, sense.where)))
    return sense, understand(place, criteria.miles, reference.places)


def _answer(
    search: ListingSearch, session: Session, query: Query, now: datetime
) -> tuple[Results, ListingSearch]:
    """The answer, and who gave it."""
    try:
        return search.search(query, now), search
    except SearchDown:
        plain = DatabaseListings(session)
        return plain.search(query, now), plain


def _all_or_some(
    search: ListingSearch, session: Session, query: Query, now: datetime
) -> tuple[Results, ListingSearch, int]:
    """What has all the words, or where nothing does some of them; and how many have all."""
    results, engine = _answer(search, session, query, now)
    strict = results.total
    if not strict and query.text.strip():
        results = _answer(engine, session, replace(query, partial=True), now)[0]
    return results, engine, strict


def _employer_names(
    session: Session, criteria: Criteria, results: Results, matching: Counts | None
) -> Mapping[str, str]:
    """Of those that are chosen, or shown to choose from."""
    slugs = {*criteria.chosen.get(Facet.EMPLOYER, ())}
    slugs |= {slug for slug, _ in results.facets.get(Facet.EMPLOYER, ())[:200]}
    if criteria.more is Facet.EMPLOYER:
        slugs |= {slug for slug, _ in matching or ()}
    if not slugs:
        return {}
    rows = session.execute(select(Employer.slug, Employer.name).where(Employer.slug.in_(slugs)))
    return {row.slug: row.name for row in rows}


def _matching(engine: ListingSearch, criteria: Criteria, query: Query) -> Counts | None:
    """The values of the facet that is shown whole which begin with what was typed."""
    if criteria.more is None or not criteria.find:
        return None
    try:
        return tuple(engine.suggest(criteria.more, criteria.find, query, MOST_FOUND))
    except SearchDown:
        return ()


def _lanes(
    engine: ListingSearch, criteria: Criteria, sense: Sense, where: Whereabouts, asker: Asker
) -> tuple[LaneView, ...]:
    """The ways to qualify, each with its count under everything else that is asked for."""
    found = []
    for lane, text in LANES.items():
        asked = replace(criteria, fit=lane, page=1, explain=False)
        query = replace(engine_query(asked, sense, where, asker, 1), facets=())
        chosen = criteria.fit == lane
        leads_to = criteria.query(fit="" if chosen else lane, page=1, more=None)
        found.append(LaneView(text, _total(engine, query, asker.now), leads_to, chosen))
    return tuple(found)


def _total(engine: ListingSearch, query: Query, now: datetime) -> int:
    try:
        return engine.search(query, now).total
    except SearchDown:
        return 0


def _notes(
    criteria: Criteria, where: Whereabouts, results: Results, visitor: Visitor
) -> Iterable[str]:
    yield from criteria.notes
    if where.note:
        yield where.note
    for typed, taken in results.corrected:
        yield f"No listing has “{typed}”, so we looked for “{taken}”."
    if criteria.fit and not visitor.told:
        yield "To see what you qualify for, tell us what you hold first."
    if criteria.new and visitor.last_visit is None:
        yield "From now on this browser remembers when you were here; next time it can tell."


def _nearest(
    engine: ListingSearch,
    criteria: Criteria,
    employers: Mapping[str, str],
    reference: Reference,
    asker: Asker,
) -> tuple[Chip, ...]:
    """Searches that ask a little less and find something, or else much less; the most first."""
    less = asking_less(criteria, _understood(criteria, reference)[0], employers)
    found = _finding(engine, less, reference, asker)
    return found or _finding(engine, alone(criteria, employers), reference, asker)


def _finding(
    engine: ListingSearch,
    offered: Iterable[Offer],
    reference: Reference,
    asker: Asker,
) -> tuple[Chip, ...]:
    found = []
    for text, other in offered:
        sense, where = _understood(other, reference)
        query = replace(engine_query(other, sense, where, asker, 1), facets=(), page=1)
        if total := _total(engine, query, asker.now):
            found.append(Chip(text, other.query(), total))
    return tuple(sorted(found, key=lambda chip: -(chip.count or 0)))
