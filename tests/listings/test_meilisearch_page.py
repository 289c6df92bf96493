"""The search page with Meilisearch behind it, and without it when it is away."""

import pytest
from sqlalchemy import select

from careercenter.app import make_listings
from careercenter.candidates.models import Qualifications
from careercenter.candidates.usecases import qualify
from careercenter.extensions import end_reading
from careercenter.listings import feed
from careercenter.listings.following import EmbeddedListings
from careercenter.listings.index import SETTINGS
from careercenter.listings.meili.server import Server
from careercenter.listings.meilisearch import INDEX, MeiliListings
from careercenter.listings.wording import listing_url
from careercenter.postings.models import Posting
from search_sync.meili import TIMEOUTS, MeiliIndex
from tests.conftest import make_settings
from tests.contract.standin.server import StandIn
from tests.factories import make_candidate, make_posting


@pytest.fixture
def meili(app, session, monkeypatch, now):
    make_posting(session, title="Zebra coder")
    with StandIn() as server:
        connection = Server(server.url, server.master_key, TIMEOUTS)
        index = MeiliIndex(connection, INDEX)
        index.prepare(SETTINGS.synonyms)
        index.settle(index.apply([*feed.live_documents(session, now)], []), 5)
        connection.close()
        listings = MeiliListings(server.url, server.master_key, seconds=(2, 5), before=end_reading)
        monkeypatch.setitem(app.extensions, "listings", listings)
        yield server
        listings.close()


def test_the_page_shows_what_meilisearch_finds(client, meili):
    page = client.get("/jobs?q=zebra")
    assert "Zebra coder" in page.text
    assert any(request.path == "/multi-search" for request in meili.requests)


def test_while_it_is_away_the_page_answers_from_the_database_and_says_so(client, meili):
    meili.faults.down = True
    for _ in range(4):
        page = client.get("/jobs?q=zebra")
        assert page.status_code == 200
        assert "Zebra coder" in page.text
    assert "plain" in page.text


def test_readiness_tells_of_it(client, meili):
    assert client.get("/readyz").json["checks"]["index"] == "ok"
    meili.faults.down = True
    page = client.get("/readyz")
    assert (page.status_code, page.json["checks"]["index"]) == (200, "down")


@pytest.fixture
def told(client, session, now):
    """A candidate who said what they hold: every page asks the database for it first."""
    candidate = make_candidate(session)
    qualify(session, candidate, Qualifications(credentials=("cpc",), years=3), now.date())
    client.sign_in(candidate.user)
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/jobs?q=zebra",
        "/jobs?more=employer&find=a",
        "/jobs?q=zebra+nowhere&setting=hybrid",
        "/jobs?fit=today",
        "/jobs/suggestions?q=ze",
        "/jobs/for/cpc",
        "/jobs/map",
        "/feeds/jobs.atom?q=zebra",
        "/sitemaps/topics-credentials.xml",
    ],
)
def test_no_page_waits_for_it_with_a_transaction_open(told, meili, path):
    """The strict client fails a page that does."""
    assert told.get(path).status_code == 200
    assert any(request.path == "/multi-search" for request in meili.requests)


def test_nor_do_a_listing_and_an_employers_page(told, meili, session):
    posting = session.scalars(select(Posting)).one()
    for path in (listing_url(posting.id, posting.slug), f"/employers/{posting.employer.slug}"):
        assert told.get(path).status_code == 200
    assert any(request.path == "/multi-search" for request in meili.requests)


def test_settings_choose_the_engine(database_url, tmp_path):
    embedded = make_listings(make_settings(database_url, tmp_path))
    assert isinstance(embedded, EmbeddedListings)
    more = {"MEILI_URL": "http://meili:7700/", "MEILI_SEARCH_KEY": "k"}
    assert isinstance(make_listings(make_settings(database_url, tmp_path, **more)), MeiliListings)
