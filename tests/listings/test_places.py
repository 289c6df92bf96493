"""One listing with several places of work is found at each of them, and is one listing."""

import pytest

from careercenter.employers.models import Delivery
from careercenter.listings import feed
from careercenter.listings.documents import listing_document
from careercenter.listings.index import Facet
from careercenter.listings.structured_data import job_posting
from careercenter.listings.wording import can_apply_from, card_of, listing_view
from careercenter.postings.models import Disclosure, Place
from tests.factories import make_posting

WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)
MOLINE = Place("Moline", "IL", "61265", 41.48, -90.49)
NEW_YORK = Place("New York", "NY", "10001", 40.75, -73.99)
THREE = {"setting": "hybrid", "states": (), "place": WATERLOO, "more_places": (MOLINE, NEW_YORK)}


@pytest.fixture
def posting(session):
    return make_posting(session, **THREE)


def test_the_index_holds_every_place(posting):
    document = listing_document(posting)
    assert document.facets[Facet.CITY] == ("waterloo-ia", "moline-il", "new-york-ny")
    assert document.facets[Facet.STATE] == ("IA", "IL", "NY")
    assert document.points == ((42.47, -92.35), (41.48, -90.49), (40.75, -73.99))
    for word in ("Waterloo", "Moline", "Illinois", "10001", "New York"):
        assert word in document.texts["place"]


def test_the_feed_reads_the_same(session, posting):
    assert list(feed.documents(session, [posting.id])) == [listing_document(posting)]


def test_a_posting_of_a_client_abroad_says_where_its_team_codes(session):
    posting = make_posting(session, disclosure=Disclosure(Delivery.MIXED))
    assert listing_document(posting).facets[Facet.DELIVERY] == ("mixed",)
    assert list(feed.documents(session, [posting.id])) == [listing_document(posting)]


@pytest.mark.parametrize("where", ["Waterloo, IA", "61265", "New York, NY", "Illinois"])
def test_search_finds_it_once_at_each(visitor, posting, where):
    page = visitor.get("/jobs", query_string={"where": where, "miles": 25}).text
    assert page.count(f'href="/jobs/{posting.id}-{posting.slug}"') == 1


def test_the_database_finds_it_at_each_too(visitor, listings, posting):
    listings.down = True
    page = visitor.get("/jobs", query_string={"where": "61265", "miles": 25}).text
    assert f'href="/jobs/{posting.id}-{posting.slug}"' in page


def test_the_card_counts_the_places_and_the_page_names_them(posting, now):
    assert card_of(posting).place == "Hybrid, Waterloo, IA and 2 more places"
    facts = dict(listing_view(posting, now).facts)
    assert facts["Place"] == "Waterloo, IA 50701; Moline, IL 61265; New York, NY 10001"


def test_one_may_apply_from_the_state_of_any(posting):
    assert can_apply_from(posting, "IL").kind == "good"
    assert can_apply_from(posting, "TX").kind == "attention"


def test_search_engines_read_every_place(posting):
    data = job_posting(posting, "https://jobs.example/jobs/1")
    cities = [place["address"]["addressLocality"] for place in data["jobLocation"]]
    assert cities == ["Waterloo", "Moline", "New York"]
