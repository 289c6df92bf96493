"""Listings like one: the same specialty, coding type and role, or as much of it as there is."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.listings.cards import live_briefs
from careercenter.listings.index import Facet, ListingSearch, Query, SearchDown
from careercenter.listings.models import Brief, Visitor
from careercenter.listings.queries import ANYBODY
from careercenter.postings.models import Posting

MOST = 5
# The most alike first. The role alone says too little: most are coders.
ALIKE = (
    (Facet.SPECIALTY, Facet.CODING_TYPE, Facet.ROLE),
    (Facet.SPECIALTY, Facet.CODING_TYPE),
    (Facet.SPECIALTY, Facet.ROLE),
    (Facet.SPECIALTY,),
    (Facet.CODING_TYPE, Facet.ROLE),
    (Facet.CODING_TYPE,),
)


def similar_listings(
    search: ListingSearch,
    session: Session,
    posting: Posting,
    now: datetime,
    visitor: Visitor = ANYBODY,
) -> list[Brief]:
    """Up to five, the most alike first; none while the engine is down."""
    try:
        ids = _alike(search, posting, visitor, now)
    except SearchDown:
        return []
    return live_briefs(session, ids, now)


def _alike(search: ListingSearch, posting: Posting, visitor: Visitor, now: datetime) -> list[int]:
    said = {
        Facet.SPECIALTY: frozenset(posting.specialties),
        Facet.CODING_TYPE: frozenset(posting.coding_types),
        Facet.ROLE: frozenset({posting.role}),
    }
    own, found = posting.id, list[int]()  # a search may end the transaction that it was read in
    for facets in ALIKE:
        if len(found) < MOST and all(said[facet] for facet in facets):
            query = Query(
                filters={facet: said[facet] for facet in facets},
                excluded={Facet.EMPLOYER: visitor.hidden_employers},
                hidden=visitor.hidden | {own, *found},
                per_page=MOST - len(found),
            )
            found += [hit.id for hit in search.search(query, now).hits]
    return found
