"""The filters of a lane, in the engine, and the lines on a card say the same."""

from dataclasses import replace
from random import Random

import pytest

from careercenter.listings.credential_sets import credential_sets
from careercenter.listings.documents import years_asked
from careercenter.listings.engine.engine import Engine
from careercenter.listings.fit import Asked, Lane, fit_filters, fit_of
from careercenter.listings.index import Facet, ListingDocument, Query
from careercenter.listings.models import Visitor
from careercenter.postings.models import Apprentice
from careercenter.taxonomy.requirements import parse
from careercenter.taxonomy.vocabularies import PICKABLE_CREDENTIALS
from tests.listings.engine.corpus import NOW, listing

SOME = ("cpc", "cpc-a", "ccs", "ccs-p", "crc", "coc", "coc-a", "rhit", "rhia", "cca", "cic")
WELCOME = (Apprentice.YES, Apprentice.NO, Apprentice.CASE_BY_CASE)


def asked_at_random(random: Random) -> Asked:
    groups = []
    for _ in range(random.randint(0, 3)):
        some = random.sample(SOME, random.randint(1, 3))
        words = [slug + random.choice(["", "", " within 6 months"]) for slug in some]
        groups.append(f"({' or '.join(words)})")
    years = random.choice([0, 0, 2])
    topics = random.sample(["urology", "profee"], random.choice([0, 0, 1, 2]))
    years_in = {topic: random.choice([1, 2, 4]) for topic in topics}
    return Asked(parse(" and ".join(groups)), random.choice(WELCOME), years, years_in, ())


def document(number: int, asked: Asked) -> ListingDocument:
    sets = credential_sets(asked.required, asked.apprentice is Apprentice.YES)
    facets = {Facet.FIT: sets.fit, Facet.NEARLY: sets.nearly, Facet.LANE: sets.lane}
    facets[Facet.YEARS_IN] = years_asked(asked.years_in)
    return listing(number, facets=facets, years=asked.years)


@pytest.fixture(scope="module")
def board() -> list[Asked]:
    random = Random(7)
    return [asked_at_random(random) for _ in range(150)]


@pytest.fixture(scope="module")
def engine(board) -> Engine:
    return Engine.build([document(*one) for one in enumerate(board)], seq=1)


def found(engine: Engine, visitor: Visitor, lane: Lane) -> set[int]:
    narrowed = fit_filters(visitor, lane)
    query = Query(
        filters=narrowed.filters,
        excluded=narrowed.excluded,
        ranges=narrowed.ranges,
        per_page=200,
    )
    return {hit.id for hit in engine.search(query, NOW).hits}


def plainly(asked: Asked) -> Asked:
    """Without the ease for apprentices."""
    return replace(asked, apprentice=Apprentice.NO)


def fits(asked: Asked, visitor: Visitor) -> bool:
    return fit_of(asked, visitor).status != "missing"


def one_more(asked: Asked, visitor: Visitor) -> bool:
    return any(
        fits(plainly(asked), replace(visitor, credentials=(*visitor.credentials, slug)))
        for slug in PICKABLE_CREDENTIALS
    )


@pytest.fixture(params=range(12))
def visitor(request) -> Visitor:
    random = Random(request.param)
    held = random.sample(SOME, random.randint(0, 4))
    told = random.sample(["urology", "profee"], random.randint(0, 2))
    years_in = {topic: random.choice([1, 3, 5]) for topic in told}
    return Visitor(tuple(held), random.choice([0, 1, 2, 5, None]), years_in)


def test_today_is_where_nothing_is_missing(engine, board, visitor):
    right = {n for n, asked in enumerate(board) if fits(plainly(asked), visitor)}
    assert found(engine, visitor, Lane.TODAY) == right


def test_nearly_is_where_one_credential_is_missing(engine, board, visitor):
    today = found(engine, visitor, Lane.TODAY)
    right = {n for n, asked in enumerate(board) if one_more(asked, visitor)} - today
    assert found(engine, visitor, Lane.NEARLY) == right


def test_the_apprentice_lane_is_where_apprentices_are_welcome_and_qualify(engine, board, visitor):
    welcome = {n for n, asked in enumerate(board) if asked.apprentice is Apprentice.YES}
    right = {n for n in welcome if fits(board[n], visitor)}
    assert found(engine, visitor, Lane.APPRENTICE) == right
