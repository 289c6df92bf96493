"""Search by the database alone: the same filters as the engine, without its judgement."""

import pytest

from careercenter.employers.models import Delivery
from careercenter.listings.documents import ANYWHERE
from careercenter.listings.engine.engine import Engine
from careercenter.listings.fallback import UNANSWERED, DatabaseListings
from careercenter.listings.feed import live_documents
from careercenter.listings.index import Facet, Near, Query, Range, RangeField
from careercenter.postings.models import (
    Apprentice,
    CodingTest,
    Conditions,
    Disclosure,
    Equipment,
    Place,
    PostingStatus,
)
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement
from tests.factories import make_employer, make_posting

WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)
QUERIES = [
    Query(),
    Query("cardiology"),
    Query("the epic"),
    Query("nothing has this word"),
    Query("Mercy"),
    Query(filters={Facet.STATE: frozenset({"IA"})}),
    Query(filters={Facet.STATE: frozenset({"KS", "WY"})}),
    Query(filters={Facet.SETTING: frozenset({"onsite", "hybrid"})}),
    Query(filters={Facet.CODING_TYPE: frozenset({"facility-inpatient"})}),
    Query(filters={Facet.SPECIALTY: frozenset({"urology"})}),
    Query(filters={Facet.CREDENTIAL: frozenset({"ccs"})}),
    Query(filters={Facet.CREDENTIAL: frozenset({"cuc"})}),
    Query(filters={Facet.APPRENTICE: frozenset({"yes"})}),
    Query(filters={Facet.EMPLOYMENT: frozenset({"prn-w2"})}),
    Query(filters={Facet.EMPLOYER: frozenset({"mercy"}), Facet.ROLE: frozenset({"coder"})}),
    Query(ranges={RangeField.PAY: Range(low=3000)}),
    Query(ranges={RangeField.PAY: Range(high=2300)}),
    Query(near=(Near(42.5, -92.3, 25),)),
    Query(near=(Near(30.0, -90.0, 25),)),
    Query(filters={Facet.EXPERIENCE: frozenset({"mid"})}),
    Query(filters={Facet.SHIFT: frozenset({"days", "nights"})}),
    Query(filters={Facet.EQUIPMENT: frozenset({"own"})}),
    Query(filters={Facet.CODING_TEST: frozenset({"yes-paid"})}),
    Query(filters={Facet.SOFTWARE: frozenset({"epic"})}),
    Query(filters={Facet.CODE_SET: frozenset({"icd-10-pcs"})}),
    Query(filters={Facet.CODE_SET: frozenset({"hedis"})}),
    Query(filters={Facet.EMPLOYER_KIND: frozenset({"asc"})}),
    Query(filters={Facet.DIRECT: frozenset({"no"})}),
    Query(filters={Facet.DELIVERY: frozenset({"onshore"})}),
    Query(excluded={Facet.EMPLOYER: frozenset({"mercy"}), Facet.SHIFT: frozenset({"days"})}),
    Query(excluded={Facet.EQUIPMENT: frozenset({"own"})}),
    Query(excluded={Facet.CODING_TEST: frozenset({"yes-paid"})}),
    Query(filters={Facet.STATE: frozenset({"not-stated"})}),
    Query(filters={Facet.STATE: frozenset({"not-stated", "KS"})}),
    Query(excluded={Facet.STATE: frozenset({"not-stated"})}),
    Query(filters={Facet.CITY: frozenset({"waterloo-ia"})}),
    Query(filters={Facet.CITY: frozenset({"o-fallon-mo", "st-louis-mo"})}),
    Query(filters={Facet.PAY_BAND: frozenset({"20", "75"})}),
    Query(filters={Facet.PAY_BAND: frozenset({"15", "30", "x"})}),
    Query(ranges={RangeField.YEARS: Range(high=2)}),
    Query(ranges={RangeField.YEARS: Range(low=1)}),
]


@pytest.fixture
def board(session):
    mercy = make_employer(session, slug="mercy", name="Mercy")
    make_posting(session, employer=mercy, title="Cardiology coder", pay=Pay("hour", 3000, 3800))
    make_posting(session, title="Onsite", setting="onsite", place=WATERLOO, states=())
    make_posting(session, setting="remote-us", states=(), apprentice=Apprentice.YES)
    make_posting(session, setting="remote-in-state", place=WATERLOO, states=())
    fallon, louis = Place("O'Fallon", "MO"), Place("St. Louis", "MO")
    make_posting(session, setting="onsite", place=fallon, states=(), pay=Pay("hour", 900, 1100))
    make_posting(session, setting="hybrid", place=louis, states=(), pay=Pay("hour", 7000, 9000))
    make_posting(session, setting="onsite", states=())
    make_posting(session, setting="remote-listed-states", states=())
    make_posting(session, coding_types=("facility-inpatient",), specialties=())
    make_posting(session, required=Requirement(((Alternative("ccs"),),)), employment="prn-w2")
    make_posting(session, pay=Pay("hour", 2000, 2200), setting="offshore", states=())
    make_posting(session, PostingStatus.CLOSED)
    said = Conditions("mid", 3, "days", Equipment.OWN, CodingTest.PAID)
    vendor = make_employer(session, kind="asc", direct=False, delivery=Delivery.ONSHORE)
    make_posting(session, employer=vendor, conditions=said, software=("epic",))
    make_posting(session, code_sets=("hedis",), years_in={"urology": 4})
    two = {"place": louis, "more_places": (WATERLOO, fallon)}
    make_posting(session, setting="hybrid", states=(), **two)
    make_posting(session, setting="remote-in-state", states=(), **two)
    hidden = Disclosure(Delivery.ONSHORE, confidential=True)
    make_posting(session, employer=mercy, title="Nameless", disclosure=hidden)
    except_kansas = tuple(code for code in ANYWHERE if code != "KS")
    make_posting(session, setting="remote-us", states=except_kansas, excluded=("KS",))
    return session


@pytest.mark.parametrize("query", QUERIES)
def test_it_finds_what_the_engine_finds(board, now, query):
    engine = Engine.build(live_documents(board, now), 1)
    plain = DatabaseListings(board).search(query, now)
    exact = engine.search(query, now)
    assert {hit.id for hit in plain.hits} == {hit.id for hit in exact.hits}
    assert plain.total == exact.total


def test_what_is_hidden_is_left_out(board, now):
    plain = DatabaseListings(board)
    first = plain.search(Query(), now)
    rest = plain.search(Query(hidden=frozenset({first.hits[0].id})), now)
    assert rest.hits == first.hits[1:]
    assert rest.total == first.total - 1


@pytest.mark.parametrize("facet", sorted(UNANSWERED))
def test_what_sql_cannot_answer_is_left_out(board, now, facet):
    listings = DatabaseListings(board)
    asked = Query(filters={facet: frozenset({"cpc"})})
    assert listings.search(asked, now).total == listings.search(Query(), now).total


def test_it_pages(board, now):
    listings = DatabaseListings(board)
    pages = [listings.search(Query(page=n, per_page=5), now).hits for n in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [5, 5, 5, 2]
    assert len({hit.id for page in pages for hit in page}) == 17


def test_signs_of_the_pattern_language_are_words(board, now):
    assert DatabaseListings(board).search(Query("%"), now).total == 0
    assert DatabaseListings(board).search(Query('"cardiology _'), now).total == 0
