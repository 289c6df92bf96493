"""The embedded engine, kept in step with the database inside each web process.

It is built before the fork, so that processes share its memory. After that each process looks
before every search whether anything changed, which on SQLite takes microseconds, and reads the
change feed if so.
"""

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Protocol

import structlog
from sqlalchemy import Engine as Database
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.database import BUSY_SECONDS, make_engine, readonly
from careercenter.insights import queries as insights
from careercenter.listings import feed
from careercenter.listings.engine.engine import Engine
from careercenter.listings.feed import Cursor
from careercenter.listings.index import (
    SETTINGS,
    Facet,
    Health,
    ListingDocument,
    Query,
    Results,
    SearchDown,
)

MANY = 2000  # listings from which two processes are quicker than one
OWN_SHARE = 0.4  # of the listings: this process also puts both parts together
POLL_SECONDS = 0.05  # how often PostgreSQL is asked, at most
_SEQ = "SELECT seq FROM search_clock"

log = structlog.get_logger()


class EmbeddedListings:
    """A ``ListingSearch`` that follows the feed of the database at ``url``.

    Threads share one. One thread follows at a time; the others search what is there meanwhile.
    Connections are opened by the process that uses them, never carried across a fork.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None
        self._cursor = Cursor()
        self._synonyms: Mapping[str, tuple[str, ...]] = {}
        self._seen = 0  # the feed's clock when it was last followed
        self._link: _Link | None = None
        self._following = Lock()

    def build(self) -> None:
        """Read every live listing. Leaves no connection open. Raises ``SearchDown``."""
        with self._following, _as_search_down():
            self._rebuild(self._own_link())
            self._hang_up()

    def close(self) -> None:
        """Let go of this process's connections. The next search opens new ones."""
        with self._following:
            self._hang_up()

    def search(self, query: Query, now: datetime) -> Results:
        return self._current().search(query, now)

    def suggest(
        self, facet: Facet, prefix: str, query: Query, limit: int = 10
    ) -> list[tuple[str, int]]:
        return self._current().suggest(facet, prefix, query, limit)

    def health(self) -> Health:
        return self._current().health()

    def _current(self) -> Engine:
        """The engine, in step. Who comes while another thread follows does not wait for it."""
        engine = self._engine
        if engine is not None and not self._following.acquire(blocking=False):
            return engine
        if engine is None:
            self._following.acquire()
        try:
            with _as_search_down():
                return self._followed()
        except SearchDown:
            self._hang_up()
            raise
        finally:
            self._following.release()

    def _followed(self) -> Engine:
        link, engine = self._own_link(), self._engine
        seq = link.watch.seq()
        if engine is None or seq < self._seen:  # the latter: the database was put back
            return self._rebuild(link)
        if seq > self._seen:
            self._read_changes(link, engine)
            self._seen = seq
        return engine

    def _rebuild(self, link: "_Link") -> Engine:
        now = clock.now()
        with link.session() as session:
            seq = feed.clock_seq(session)  # before the rows: what changes meanwhile is read again
            session.rollback()
            synonyms, ids = insights.synonyms(session), feed.live_ids(session, now)
        self._hang_up()  # a process that is forked now must not share a connection
        share = int(len(ids) * OWN_SHARE) if len(ids) >= MANY else len(ids)
        halves = [ids[:share], ids[share:]] if share < len(ids) else [ids]
        parts = [partial(_documents, self._url, half) for half in halves]
        engine = Engine.build_parts(parts, seq, replace(SETTINGS, synonyms=synonyms))
        self._engine, self._seen, self._cursor = engine, seq, Cursor.after(seq)
        self._synonyms = synonyms
        return engine

    def _read_changes(self, link: "_Link", engine: Engine) -> None:
        more = True
        while more:
            with link.session() as session:
                batch = feed.changes(session, self._cursor, clock.now())
            engine.apply(batch.upserts, batch.removals, batch.cursor.seq)
            self._cursor, more = batch.cursor, batch.more
        with link.session() as session:
            synonyms = insights.synonyms(session)
        if synonyms != self._synonyms:  # staff taught it a word
            engine.understand(replace(SETTINGS, synonyms=synonyms))
            self._synonyms = synonyms

    def _own_link(self) -> "_Link":
        if self._link is None or self._link.pid != os.getpid():
            self._link = _Link(self._url)
        return self._link

    def _hang_up(self) -> None:
        if self._link is not None and self._link.pid == os.getpid():
            self._link.close()
        self._link = None


def _documents(url: str, ids: Sequence[int]) -> Iterator[ListingDocument]:
    """Read over a connection of its own, perhaps by a process of its own."""
    database = make_engine(url)
    try:
        with Session(readonly(database)) as session:
            yield from feed.documents_of(session, ids)
    finally:
        database.dispose()


class _Watch(Protocol):
    def seq(self) -> int:
        """The feed's clock."""

    def close(self) -> None: ...


class _Link:
    """One process's own connections: a pool that only reads, and the watch."""

    def __init__(self, url: str) -> None:
        self.pid = os.getpid()
        self._database = make_engine(url)
        sqlite = self._database.dialect.name == "sqlite"
        self.watch: _Watch = _SqliteWatch(url) if sqlite else _PolledWatch(self._database)

    def session(self) -> Session:
        return Session(readonly(self._database))

    def close(self) -> None:
        self.watch.close()
        self._database.dispose()


class _SqliteWatch:
    """``data_version`` moves whenever another connection, in any process, has committed."""

    def __init__(self, url: str) -> None:
        path = make_url(url).database or ""
        self._connection = sqlite3.connect(
            path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._version: int | None = None
        self._seq = 0

    def seq(self) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            row = self._connection.execute(_SEQ).fetchone()
            self._seq, self._version = row[0] if row else 0, version
        return self._seq

    def close(self) -> None:
        self._connection.close()


class _PolledWatch:
    """Asks the database, but not more often than every fifty milliseconds."""

    def __init__(self, database: Database) -> None:
        self._database = readonly(database)
        self._asked = -POLL_SECONDS
        self._seq = 0

    def seq(self) -> int:
        if time.monotonic() - self._asked >= POLL_SECONDS:
            with self._database.connect() as connection:
                self._seq = connection.exec_driver_sql(_SEQ).scalar() or 0
            self._asked = time.monotonic()
        return self._seq

    def close(self) -> None:
        pass


@contextmanager
def _as_search_down() -> Iterator[None]:
    """Whatever keeps the index from being in step, the pages have another way to answer."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ValueError, LookupError) as error:
        log.error("search.failed", error=type(error).__name__)
        raise SearchDown from error
