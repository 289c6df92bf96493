"""A search engine that follows the test's own session, where nothing is ever committed."""

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from careercenter.listings import feed
from careercenter.listings.engine.engine import Engine
from careercenter.listings.feed import Cursor
from careercenter.listings.index import Facet, Health, Query, Results, SearchDown
from tests.client import StrictClient


class SessionListings:
    """The embedded engine on one session; ``down`` makes it fail."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._engine = Engine()
        self._cursor = Cursor()
        self.down = False
        self.queries: list[Query] = []

    def search(self, query: Query, now: datetime) -> Results:
        self.queries.append(query)
        self._follow(now)
        return self._engine.search(query, now)

    def suggest(
        self, facet: Facet, prefix: str, query: Query, limit: int = 10
    ) -> list[tuple[str, int]]:
        return self._engine.suggest(facet, prefix, query, limit)

    def health(self) -> Health:
        if self.down:
            raise SearchDown
        return self._engine.health()

    def _follow(self, now: datetime) -> None:
        if self.down:
            raise SearchDown
        more = True
        while more:
            batch = feed.changes(self._session, self._cursor, now)
            self._engine.apply(batch.upserts, batch.removals, batch.cursor.seq)
            self._cursor, more = batch.cursor, batch.more


@pytest.fixture
def listings(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> SessionListings:
    engine = SessionListings(session)
    monkeypatch.setitem(app.extensions, "listings", engine)
    return engine


@pytest.fixture
def visitor(listings: SessionListings, client: StrictClient) -> StrictClient:
    """A client whose pages find what the test has made."""
    return client
