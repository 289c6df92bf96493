"""A search engine that follows the test's own session, where nothing is ever committed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine as Database
from sqlalchemy import event
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.listings import feed
from careercenter.listings.criteria import Criteria
from careercenter.listings.engine.engine import Engine
from careercenter.listings.feed import Cursor
from careercenter.listings.index import Facet, Health, Query, Results, SearchDown
from careercenter.listings.queries import Reference
from careercenter.listings.suggestions import suggest_places, suggest_searches
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


@pytest.fixture
def asked(engine: Database) -> Iterator[list[str]]:
    """What the pages ask of the database; the stand-in engine's own reading is left out."""
    statements: list[str] = []

    def note(*args: Any) -> None:
        statement = args[2]
        if statement.startswith("SELECT") and "ORDER BY posting.search_seq" not in statement:
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def suggest(app, session, listings):
    """What is suggested for these words in an otherwise empty search, or in another one."""
    reference = Reference(app.extensions["places"], app.extensions["codes"])

    def of(q, **others):
        criteria = Criteria(q=q, **others)
        return suggest_searches(listings, session, criteria, reference, clock.now())

    return of


@pytest.fixture
def suggest_where(app, listings):
    def of(where, **others):
        criteria = Criteria(where=where, **others)
        return suggest_places(listings, criteria, app.extensions["places"], clock.now())

    return of
