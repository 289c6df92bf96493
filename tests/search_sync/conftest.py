"""A database that really commits, and a Meilisearch that can be broken."""

from functools import partial

import pytest
from sqlalchemy.orm import sessionmaker

from careercenter import clock
from careercenter.database import Base, make_engine
from careercenter.listings import feed
from careercenter.listings.index import SETTINGS, Query
from careercenter.listings.meili.server import Server
from careercenter.listings.meilisearch import INDEX, MeiliListings
from search_sync import sync as syncing
from search_sync.meili import TIMEOUTS, MeiliIndex
from search_sync.running import Follower
from search_sync.sync import Sync
from tests.contract.standin.server import StandIn


@pytest.fixture
def database(fresh_url):
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sessions(database):
    return sessionmaker(database)


@pytest.fixture
def meili():
    with StandIn() as server:
        yield Watched(server)


@pytest.fixture
def server(meili):
    connection = Server(meili.url, meili.master_key, TIMEOUTS)
    yield connection
    connection.close()


@pytest.fixture
def index(server):
    return MeiliIndex(server, INDEX)


@pytest.fixture
def follower(sessions, index):
    return Follower(sessions, index)


@pytest.fixture
def following(sessions, index):
    """A sync that writes to the stand-in."""
    index.prepare(SETTINGS.synonyms)
    return Sync(sessions, index)


@pytest.fixture
def small_batches(monkeypatch):
    """Two postings at a time."""
    monkeypatch.setattr(feed, "changes", partial(feed.changes, limit=2))
    monkeypatch.setattr(syncing, "BATCH", 2)


class Watched:
    """The stand-in, with what tests ask of it."""

    def __init__(self, standin):
        self.standin = standin

    def __getattr__(self, name):
        return getattr(self.standin, name)

    def held(self, uid=INDEX):
        """The ids of the listings in the index, once it has done what it was asked."""
        assert self.queue.drained()
        return sorted(int(key) for key in self.store.index(uid).documents if key != "0")

    def tasks(self, kind):
        return [task for task in self.queue.tasks if task.kind == kind]

    def found(self, text=""):
        """What a visitor finds."""
        listings = MeiliListings(self.url, self.master_key, seconds=(2, 5))
        hits = listings.search(Query(text=text, per_page=100), clock.now()).hits
        listings.close()
        return sorted(hit.id for hit in hits)
