"""What a page makes of an engine's counts."""

from dataclasses import dataclass, field

import pytest

from careercenter.landings import queries
from careercenter.landings.queries import Board, directory, indexed_urls, landing, pay_quartiles
from careercenter.landings.topics import find_topics
from careercenter.listings.index import Counts, Facet, Health, Hit, Query, Results
from tests.factories import make_employer, make_posting


@dataclass
class Counted:
    """An engine that finds the same whatever is asked."""

    facets: dict[Facet, Counts]
    total: int = 9
    hits: tuple[Hit, ...] = ()
    asked: list[Query] = field(default_factory=list)

    def search(self, query: Query, now) -> Results:
        self.asked.append(query)
        return Results(self.hits, self.total, self.facets, "counted", 1)

    def suggest(self, facet, prefix, query, limit=10):
        return []

    def health(self) -> Health:
        return Health(True, "counted", self.total, 1)


@pytest.fixture
def board(session, places, now):
    def asking(facets=None, **more) -> Board:
        return Board(Counted(facets or {}, **more), session, places, now)

    return asking


def test_bands_of_pay_run_from_the_lowest_to_the_highest_with_the_gaps(board, places):
    counts = (("35", 4), ("15", 3), ("25", 1), ("75", 1))
    found = landing(board({Facet.PAY_BAND: counts}), find_topics(["cpc"], places))
    words = [(text, count) for text, count, _ in found.bands]
    assert words[:4] == [("under $20", 3), ("$20–$24.99", 0), ("$25–$29.99", 1), ("$30–$34.99", 0)]
    assert words[-1] == ("$75 and more", 1)
    assert sum(count for _, count in words) == 9


def test_cities_have_pages_from_five_listings_on(board):
    cities = (("baltimore-md", 7), ("nowhere-at-all-md", 6), ("austin-tx", 4))
    (group,) = directory(board({Facet.CITY: cities})).groups
    assert [(link.text, link.url) for link in group.links] == [
        ("Baltimore, MD", "/jobs/for/baltimore-md")
    ]


def test_a_page_and_its_listings_are_of_one_query(board, places):
    asking = board()
    landing(asking, find_topics(["cpc", "baltimore-md"], places))
    query = asking.search.asked[0]
    assert query.filters == {
        Facet.CREDENTIAL: frozenset({"cpc"}),
        Facet.CITY: frozenset({"baltimore-md"}),
    }
    assert {Facet.EMPLOYER, Facet.PAY_BAND, Facet.STATE} <= set(query.facets)


def test_beside_a_topic_stand_its_sisters_and_what_would_narrow_it(board, places):
    facets = {
        Facet.STATE: (("TX", 5), ("IA", 3), ("AA", 2)),
        Facet.SPECIALTY: (("urology", 4),),
        Facet.SETTING: (("remote-us", 2), ("remote-in-state", 1), ("onsite", 1)),
    }
    found = landing(board(facets), find_topics(["cpc", "texas"], places))
    urls = {link.url: link.count for group in found.related for link in group.links}
    assert urls == {
        "/jobs/for/cpc/iowa": 3,
        "/jobs?specialty=urology&cred=cpc&state=TX": 4,
        "/jobs?where=remote&cred=cpc&state=TX": 3,
        "/jobs?cred=cpc&setting=remote-us&state=TX": 2,
        "/jobs?cred=cpc&setting=remote-in-state&state=TX": 1,
        "/jobs?cred=cpc&setting=onsite&state=TX": 1,
    }


def test_an_employer_that_is_not_there_is_left_out(board, session, places):
    make_employer(session, slug="mercy", name="Mercy")
    facets = {Facet.EMPLOYER: (("gone", 5), ("mercy", 4))}
    found = landing(board(facets), find_topics(["cpc"], places))
    assert [(link.text, link.count) for link in found.employers] == [("Mercy", 4)]


def test_quartiles_of_what_has_just_ended_are_not_told(board, session):
    posting = make_posting(session)
    assert pay_quartiles(board(hits=(Hit(posting.id + 999, 1),)), {}, 9) is None
    assert pay_quartiles(board(), {}, 9) is None
    told = pay_quartiles(board(hits=(Hit(posting.id, 1),)), {}, 9)
    assert (told.low, told.middle, told.high) == (3100, 3100, 3100)


def test_the_sitemap_asks_once_for_each_topic_that_has_enough(board):
    facets = {
        Facet.CREDENTIAL: (("cpc", 9), ("ccs", 4)),
        Facet.STATE: (("TX", 5), ("IA", 4)),
    }
    asking = board(facets)
    assert list(indexed_urls(asking, [Facet.CREDENTIAL])) == [
        "/jobs/for/cpc",
        "/jobs/for/cpc/texas",
    ]
    assert len(asking.search.asked) == 2


def test_every_facet_of_a_page_is_named():
    assert set(queries.LABELS) | {Facet.APPRENTICE} == set(queries.ORDER)
