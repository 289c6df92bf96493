"""What there is on a topic: one search with its counts, three more for the pay."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.employers.models import Employer
from careercenter.landings.models import (
    INDEXED_FROM,
    Directory,
    Group,
    Landing,
    Link,
    Quartiles,
)
from careercenter.landings.topics import (
    ORDER,
    REMOTE_TOPIC,
    TOPICS,
    WHAT,
    WHERE,
    Topic,
    criteria_of,
    landing_url,
    pairs,
    topic_of,
)
from careercenter.listings.fallback import DatabaseListings
from careercenter.listings.index import (
    PAY_BANDS,
    Counts,
    Facet,
    ListingSearch,
    Query,
    Results,
    SearchDown,
    Sort,
)
from careercenter.listings.models import PER_PAGE, Visitor
from careercenter.listings.queries import ANYBODY, cards_of
from careercenter.postings.models import Posting
from careercenter.taxonomy.places import Places

LABELS = {
    Facet.CREDENTIAL: "Credential accepted",
    Facet.SPECIALTY: "Specialty",
    Facet.ROLE: "Role",
    Facet.CODING_TYPE: "Coding type",
    Facet.SETTING: "Work setting",
    Facet.STATE: "Open to people living in",
    Facet.CITY: "City of work",
}
COUNTED = (*ORDER, Facet.EMPLOYER, Facet.PAY_BAND)
MOST_EMPLOYERS = 5
MOST_RELATED = 8  # in a group
QUARTERS = (3, 2, 1)  # of the way up: the best paid come first


@dataclass(frozen=True, slots=True)
class Board:
    """What questions are asked of."""

    search: ListingSearch
    session: Session
    places: Places
    now: datetime
    visitor: Visitor = ANYBODY  # whose cards they are; the figures are everybody's

    def answer(self, query: Query) -> tuple[Results, bool]:
        """By the engine, or by the database; and whether it was the database."""
        try:
            return self.search.search(query, self.now), False
        except SearchDown:
            return DatabaseListings(self.session).search(query, self.now), True


def landing(board: Board, topics: tuple[Topic, ...]) -> Landing:
    query = Query(filters=_filters(topics), facets=COUNTED, sort=Sort.NEWEST, per_page=PER_PAGE)
    results, degraded = board.answer(query)
    counts = results.facets
    return Landing(
        topics=topics,
        total=results.total,
        cards=cards_of(board.session, results, board.now, board.visitor),
        pay=pay_quartiles(board, query.filters, results.total),
        bands=_bands(counts.get(Facet.PAY_BAND, ())),
        facts=_facts(topics, results),
        employers=_employers(board.session, counts.get(Facet.EMPLOYER, ())),
        related=tuple(_related(board.places, topics, counts)),
        degraded=degraded,
    )


def directory(board: Board) -> Directory:
    results, degraded = board.answer(Query(facets=ORDER, per_page=1))
    if degraded:
        groups = [_group(facet, [(t, None) for t in _known(facet)]) for facet in ORDER]
    else:
        groups = [_group(facet, _counted(board.places, facet, results.facets)) for facet in ORDER]
    return Directory(tuple(g for g in groups if g.links), results.total, degraded)


def pay_quartiles(
    board: Board, filters: Mapping[Facet, frozenset[str]], total: int
) -> Quartiles | None:
    """Exact ones, by rank; none of fewer than five listings, or while the engine is down."""
    if total < INDEXED_FROM:
        return None
    ranks = [total - -(-total * quarter // 4) + 1 for quarter in QUARTERS]
    asked = Query(filters=filters, sort=Sort.PAY, per_page=1)
    try:
        pages = [board.search.search(replace(asked, page=n), board.now).hits for n in ranks]
    except SearchDown:
        return None
    ids = [hit.id for hits in pages for hit in hits]
    rows = select(Posting.id, Posting.hourly_high_cents).where(Posting.id.in_(ids))
    paid = dict(board.session.execute(rows).all())
    if len(ids) < len(QUARTERS) or paid.keys() != set(ids):  # one ended this very moment
        return None
    high, middle, low = (paid[i] for i in ids)
    return Quartiles(total, low, middle, high)


def popular(
    places: Places, counts: Mapping[Facet, Counts], facets: Iterable[Facet]
) -> Iterator[Group]:
    """The topics with the most listings, out of the counts over all listings."""
    for facet in facets:
        yield _group(facet, _counted(places, facet, counts)[:MOST_RELATED])


def indexed_urls(board: Board, facets: Iterable[Facet]) -> Iterator[str]:
    """Of the topics of these facets, and of the pairs they begin, those with enough listings.

    Raises ``SearchDown``: without counts nobody knows.
    """
    counts = board.search.search(Query(facets=ORDER, per_page=1), board.now).facets
    for facet in facets:
        for topic, count in _counted(board.places, facet, counts):
            if count >= INDEXED_FROM:
                yield landing_url((topic,))
                yield from _indexed_pairs(board, topic)


def _indexed_pairs(board: Board, topic: Topic) -> Iterator[str]:
    follow = WHERE if topic.facet in WHAT else (Facet.STATE,)
    if topic.facet not in (*WHAT, Facet.SETTING):
        return
    query = Query(filters=_filters((topic,)), facets=follow, per_page=1)
    counts = board.search.search(query, board.now).facets
    for facet in follow:
        for other, count in _counted(board.places, facet, counts):
            if count >= INDEXED_FROM:
                yield landing_url((topic, other))


def _filters(topics: Iterable[Topic]) -> dict[Facet, frozenset[str]]:
    return {topic.facet: frozenset(topic.values) for topic in topics}


def _known(facet: Facet) -> list[Topic]:
    return [topic for topic in TOPICS.values() if topic.facet is facet]


def _counted(
    places: Places, facet: Facet, counts: Mapping[Facet, Counts]
) -> list[tuple[Topic, int]]:
    """The facet's topics, the most listings first. Cities are asked for one by one, so few are."""
    least = INDEXED_FROM if facet is Facet.CITY else 1
    found = [
        (topic, count)
        for value, count in counts.get(facet, ())
        if count >= least and (topic := topic_of(facet, value, places))
    ]
    if facet is Facet.SETTING:
        remote = sum(n for value, n in counts.get(facet, ()) if value in REMOTE_TOPIC.values)
        found = ([(REMOTE_TOPIC, remote)] if remote else []) + found
    return found


def _group(facet: Facet, topics: Sequence[tuple[Topic, int | None]]) -> Group:
    links = tuple(Link(topic.name, landing_url((topic,)), count) for topic, count in topics)
    return Group(LABELS.get(facet, "New coders"), links)


def _related(
    places: Places, topics: tuple[Topic, ...], counts: Mapping[Facet, Counts]
) -> Iterator[Group]:
    """Each facet's topics beside the rest of this page's: a page of their own, or a search."""
    for facet, label in LABELS.items():
        kept = [topic for topic in topics if topic.facet is not facet]
        own = [topic for topic in topics if topic.facet is facet]
        links = [
            Link(topic.name, _address((*kept, topic)), count)
            for topic, count in _counted(places, facet, counts)
            if topic not in own and count
        ]
        if links:
            yield Group(label, tuple(links[:MOST_RELATED]))


def _address(topics: Sequence[Topic]) -> str:
    ordered = sorted(topics, key=lambda topic: ORDER.index(topic.facet))
    if len(ordered) == 1 or (len(ordered) == 2 and pairs(*ordered)):
        return landing_url(ordered)
    return f"/jobs?{criteria_of(ordered).query()}"


def _employers(session: Session, counts: Counts) -> tuple[Link, ...]:
    most = counts[:MOST_EMPLOYERS]
    slugs = [slug for slug, _ in most]
    rows = select(Employer.slug, Employer.name).where(Employer.slug.in_(slugs))
    names = dict(session.execute(rows).all()) if slugs else {}
    return tuple(
        Link(names[slug], f"/employers/{slug}", count) for slug, count in most if slug in names
    )


def _facts(topics: Sequence[Topic], results: Results) -> tuple[tuple[str, str], ...]:
    """Shares in words; of a facet that the page is about there is nothing to say."""
    chosen = {topic.facet for topic in topics}
    asked = (
        (Facet.APPRENTICE, ("yes",), "welcome apprentices"),
        (Facet.SETTING, REMOTE_TOPIC.values, "can be done remotely"),
    )
    return tuple(
        (f"{sum(dict(counts).get(value, 0) for value in values):,}", words)
        for facet, values, words in asked
        if facet not in chosen and (counts := results.facets.get(facet))
    )


def _bands(counts: Counts) -> tuple[tuple[str, int, str], ...]:
    """From the lowest to the highest band that anybody pays; bands between them may be empty."""
    found = {int(value): count for value, count in counts}
    if not found:
        return ()
    used = [band for band in PAY_BANDS if min(found) <= band <= max(found)]
    return tuple(
        (_band_words(band), found.get(band, 0), f"{found.get(band, 0):,}") for band in used
    )


def _band_words(low: int) -> str:
    if low == PAY_BANDS[0]:
        return f"under ${PAY_BANDS[1]}"
    if low == PAY_BANDS[-1]:
        return f"${low} and more"
    return f"${low}–${low + 4}.99"
