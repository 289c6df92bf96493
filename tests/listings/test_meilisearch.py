"""Searching in Meilisearch: what it finds, and what happens when it fails."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from careercenter.listings import meilisearch
from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import (
    SETTINGS,
    Facet,
    ListingDocument,
    Near,
    Query,
    Range,
    RangeField,
    SearchDown,
    Sort,
)
from careercenter.listings.meili.breaker import Breaker
from careercenter.listings.meili.server import Server
from careercenter.listings.meilisearch import INDEX, MeiliListings
from search_sync.meili import TIMEOUTS, MeiliIndex
from search_sync.writer import State
from tests.contract.standin.server import StandIn

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CENTRES = (Near(41.0, -93.0, 60), Near(43.0, -93.0, 60))


def document(number, title="coder", **values):
    facets = dict.fromkeys(Facet, ()) | values.pop("facets", {})
    texts = dict.fromkeys(SETTINGS.searchable, "") | {"title": title}
    times = {"posted_at": NOW - timedelta(days=1), "expires_at": NOW + timedelta(days=9)}
    money = {"pay_min": 2000, "pay_max": 3000}
    details = {"id": number, "version": number * 10, "quality": 0, **times, **money, **values}
    return ListingDocument(texts=texts, facets=facets, **details)


EMPLOYERS = ("acme", "st-mary-hospital", "hospice-house", "hospice-house")
DOCUMENTS = [
    *(document(n, facets={Facet.EMPLOYER: (slug,)}) for n, slug in enumerate(EMPLOYERS, 1)),
    document(5, "auditor of charts", pay_max=5000, quality=3),
    document(6, "inpatient auditor", points=((41.1, -93.0),)),
    document(7, "traveller", points=((41.5, -93.0),)),
    document(8, "traveller", points=((42.8, -93.0),)),
    document(9, "traveller", points=((43.0, -93.0),)),
    document(10, "ended", expires_at=NOW),
]


@pytest.fixture
def meili():
    with StandIn() as server:
        connection = Server(server.url, server.master_key, TIMEOUTS)
        index = MeiliIndex(connection, INDEX)
        index.prepare(SETTINGS.synonyms)
        receipt = index.apply(DOCUMENTS, [])
        index.mark(77)
        assert index.settle(receipt, 5).state is State.DONE
        assert server.queue.drained()
        connection.close()
        server.requests.clear()
        yield server


PATIENT = (1.0, 2.0)  # seconds: a busy machine is not a slow server


@pytest.fixture
def listings(meili):
    searching = MeiliListings(meili.url, meili.master_key, seconds=PATIENT)
    yield searching
    searching.close()


def ids(results):
    return [hit.id for hit in results.hits]


def test_a_search_is_one_request(meili, listings):
    chosen = {Facet.EMPLOYER: frozenset({"acme"}), Facet.STATE: frozenset({"TX"})}
    listings.search(Query("coder", chosen, facets=tuple(Facet)), NOW)
    (request,) = meili.requests
    assert len(request.body["queries"]) == 4, "the hits, two facets apart, the bookmark"
    for query in request.body["queries"]:
        assert "page" in query, "with an offset counts would be guesses"
        assert "hitsPerPage" in query
    assert request.body["queries"][0]["attributesToRetrieve"] == ["id", "v"]


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query("coder ", facets=(Facet.EMPLOYER, Facet.STATE)),
        Query("audi", sort=Sort.PAY),
        Query('"auditor of"'),
        Query("auditor coder", partial=True, facets=(Facet.EMPLOYER,)),
        Query("nowhere coder", {Facet.EMPLOYER: frozenset({"acme"})}, partial=True),
        Query(filters={Facet.EMPLOYER: frozenset({"acme", "none"})}, facets=(Facet.EMPLOYER,)),
        Query(excluded={Facet.EMPLOYER: frozenset({"acme"})}, hidden=frozenset({2, 5})),
        Query(ranges={RangeField.PAY: Range(low=3500)}, facets=(Facet.PAY_BAND,)),
        Query(per_page=2, page=2),
        Query(per_page=2, page=50),
        Query(page=0),
        Query("traveller", near=CENTRES, sort=Sort.DISTANCE),
        Query(near=CENTRES, sort=Sort.DISTANCE, per_page=2, page=2),
        Query(near=CENTRES[:1]),
        Query(sort=Sort.DISTANCE),
    ],
)
def test_both_engines_answer_alike(query, listings):
    expected = Engine.build(DOCUMENTS, 77).search(query, NOW)
    found = listings.search(query, NOW)
    assert (ids(found), found.total, found.facets) == (
        ids(expected),
        expected.total,
        expected.facets,
    )
    assert [hit.miles for hit in found.hits] == [hit.miles for hit in expected.hits]
    assert (found.seq, found.engine) == (77, "meilisearch")
    assert [hit.version for hit in found.hits] == [hit.version for hit in expected.hits]


def test_why_a_hit_stands_where_it_does_is_told(listings):
    first, second = listings.search(Query("auditr ", explain=True), NOW).hits
    assert (first.standing.words, first.standing.typos, first.standing.quality) == (1, 1, 3)
    assert first.standing.day == NOW.date() - timedelta(days=1)
    assert second.standing.quality == 0


@pytest.mark.parametrize(
    "query",
    [
        Query(sort=Sort.NEWEST, explain=True),
        Query(sort=Sort.PAY, explain=True),
        Query(near=CENTRES, sort=Sort.DISTANCE, explain=True),
        Query(first={Facet.EMPLOYER: frozenset({"acme"})}, explain=True, per_page=2, page=2),
    ],
)
def test_both_engines_tell_what_the_sort_looks_at(query, listings):
    expected = Engine.build(DOCUMENTS, 77).search(query, NOW).hits
    found = listings.search(query, NOW).hits
    assert [hit.standing for hit in found] == [hit.standing for hit in expected]
    assert expected


@pytest.mark.parametrize("typed", ["hos", "hospital", "mary-h", "mary h", "", "acme", "ital"])
def test_values_are_suggested_by_any_of_their_words(typed, listings):
    query = Query(filters={Facet.EMPLOYER: frozenset({"acme"})})
    expected = Engine.build(DOCUMENTS, 77).suggest(Facet.EMPLOYER, typed, query, now=NOW)
    assert listings.suggest(Facet.EMPLOYER, typed, query, now=NOW) == expected


def test_health_tells_how_much_and_how_far(listings):
    health = listings.health()
    assert (health.ok, health.documents, health.seq) == (True, len(DOCUMENTS), 77)


def test_a_server_that_is_away_is_search_down_and_soon_not_asked(meili, listings):
    meili.faults.down = True
    for _ in range(3):
        with pytest.raises(SearchDown):
            listings.search(Query(), NOW)
    meili.faults.down = False
    meili.requests.clear()
    with pytest.raises(SearchDown):
        listings.search(Query(), NOW)
    assert meili.requests == []


def test_it_is_asked_again_after_a_while(meili):
    times = [0.0]
    listings = MeiliListings(
        meili.url, meili.master_key, breaker=Breaker(monotonic=lambda: times[0])
    )
    meili.faults.busy = 3
    for _ in range(5):
        with pytest.raises(SearchDown):
            listings.search(Query(), NOW)
    times[0] += 5
    assert listings.search(Query(), NOW).total == 9
    listings.close()


def test_a_slow_server_keeps_a_page_waiting_once(meili):
    listings = MeiliListings(meili.url, meili.master_key)
    waits = (meilisearch.CONNECT_SECONDS, meilisearch.ANSWER_SECONDS)
    assert sum(waits) == pytest.approx(0.8)
    meili.faults.hanging = 3
    began = time.monotonic()
    for _ in range(20):
        with pytest.raises(SearchDown):
            listings.search(Query(), NOW)
    assert 0.5 < time.monotonic() - began < 2.5
    meili.faults.hanging = 0


def test_an_index_that_is_not_there_yet_is_search_down(meili):
    listings = MeiliListings(meili.url, meili.master_key, index="another")
    for _ in range(5):
        with pytest.raises(SearchDown) as caught:
            listings.search(Query(), NOW)
        assert caught.value.__cause__.code == "index_not_found", "it is asked every time"
    listings.close()


def test_something_else_at_the_address_is_search_down(meili, listings, monkeypatch):
    monkeypatch.setattr(Server, "search", lambda *_: [{"hits": None}])
    with pytest.raises(SearchDown):
        listings.search(Query(facets=(Facet.STATE,)), NOW)
    with pytest.raises(SearchDown):
        listings.health()
    with pytest.raises(SearchDown):
        listings.suggest(Facet.STATE, "t", Query())


def test_a_wrong_key_is_search_down_and_not_in_the_log(meili, capsys):
    listings = MeiliListings(meili.url, "the-wrong-and-secret-key")
    with pytest.raises(SearchDown):
        listings.search(Query("private words"), NOW)
    listings.close()
    told = "".join(capsys.readouterr())
    assert "invalid_api_key" in told
    assert "secret-key" not in told
    assert "private" not in told


def test_threads_share_one(listings):
    found, threads = [], []
    for n in range(16):
        query = Query("coder ", per_page=2, page=n % 2 + 1)

        def search(query=query, expected=((4, 3), (2, 1))[n % 2]):
            for _ in range(5):
                found.append(tuple(ids(listings.search(query, NOW))) == expected)
            listings.close()

        threads.append(threading.Thread(target=search))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 80


def test_a_filter_that_tries_to_break_out_finds_nothing(listings):
    for value in ('x"] OR id > 0', "x'] OR id > 0", "\\", '\\"] OR id > 0 OR facet_role IN ["x'):
        query = Query(filters={Facet.ROLE: frozenset({value})}, facets=(Facet.ROLE,))
        assert listings.search(query, NOW).total == 0
