"""The engines that must answer alike, each as something that holds a board and is asked."""

import os
import secrets
from contextlib import contextmanager

from careercenter.listings import meilisearch
from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import SETTINGS, Query
from careercenter.listings.meili.breaker import Breaker
from careercenter.listings.meili.server import Server
from search_sync.meili import MeiliIndex
from search_sync.writer import State

PATIENCE = (5.0, 60.0)  # seconds: this is about what is answered, not how fast
URL, MASTER_KEY = os.environ.get("MEILI_URL", ""), os.environ.get("MEILI_MASTER_KEY", "")


class Embedded:
    """The embedded engine."""

    name = "embedded"

    def __init__(self):
        self._boards = []

    @contextmanager
    def board(self, documents, settings=SETTINGS):
        yield EmbeddedBoard(Engine.build(documents, seq=1, settings=settings))


class EmbeddedBoard:
    def __init__(self, engine):
        self._engine = engine
        self.search = engine.search

    def apply(self, upserts, removals, seq):
        self._engine.apply(upserts, removals, seq)

    def suggest(self, facet, prefix, now):
        return self._engine.suggest(facet, prefix, Query(), now=now)


class Meilisearch:
    """A server, spoken to as the board does it. Makes its own indexes and removes them."""

    def __init__(self, url, key, name="meilisearch"):
        self.name = name
        self._url, self._key = url, key

    @contextmanager
    def board(self, documents, settings=SETTINGS):
        server = Server(self._url, self._key, PATIENCE)
        index = MeiliIndex(server, f"contract_{secrets.token_hex(6)}", settings)
        try:
            index.prepare(settings.synonyms)
            board = MeiliBoard(index, self._reader(index.uid, settings))
            board.apply(documents, [], 1)
            yield board
        finally:
            server.delete_index(index.uid)
            server.close()

    def _reader(self, uid, settings):
        breaker = Breaker(failures=10**9)
        return meilisearch.MeiliListings(
            self._url, self._key, index=uid, settings=settings, breaker=breaker, seconds=PATIENCE
        )


class MeiliBoard:
    def __init__(self, index, reader):
        self._index = index
        self.search = reader.search

    def apply(self, upserts, removals, seq):
        receipt = self._index.apply(upserts, removals)
        self._index.mark(seq)
        outcome = self._index.settle(receipt, 600)
        assert outcome.state is State.DONE, outcome
