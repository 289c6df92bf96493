"""Follows the feed for as long as it is let."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from careercenter import clock
from careercenter.insights import queries as insights
from careercenter.listings import feed
from search_sync.meili import MeiliIndex
from search_sync.sync import Sync
from search_sync.writer import IndexDown

IDLE_SECONDS = 0.25
FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0  # seconds, while the server or the database is away
LOOK_EVERY = timedelta(minutes=1)
COMPARE_EVERY = timedelta(hours=1)

log = structlog.get_logger()


class Follower:
    """Keeps one index in step. Whatever goes wrong, it begins again."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        index: MeiliIndex,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._sessions, self._index, self._now = sessions, index, now
        self._sync = Sync(sessions, index, now)
        self._begun = False
        self._seen = -1  # the feed's clock when it was last followed
        self._looked_at: datetime | None = None  # when it was last seen to be intact
        self._compared_at = now()

    def run(self, stop: threading.Event) -> None:
        wait = FIRST_WAIT
        while not stop.is_set():
            try:
                self.step()
            except (IndexDown, SQLAlchemyError) as error:
                log.error("search_sync.waiting", seconds=wait, error=_told(error))
                stop.wait(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            else:
                wait = FIRST_WAIT
                stop.wait(IDLE_SECONDS)

    def step(self) -> None:
        """Whatever is due. Raises ``IndexDown`` and the database's errors; then step again."""
        try:
            self._step(self._now())
        except IndexDown:
            self._looked_at = None
            raise

    def _step(self, now: datetime) -> None:
        if self._looked_at is None or now - self._looked_at >= LOOK_EVERY:
            self._begun = self._begun and self._index.is_intact()
            self._looked_at = now
        if not self._begun:
            self._begin()
        if (seq := self._seq()) != self._seen:
            self._follow()
            self._seen = seq
        if now - self._compared_at >= COMPARE_EVERY:
            self._compare(now)

    def _begin(self) -> None:
        if self._index.prepare(self._synonyms()):
            found = self._sync.start()
            log.info("search_sync.started", listings=found.compared, drift=len(found.ids()))
        else:
            log.info("search_sync.rebuilding", reason="its settings are others")
            log.info("search_sync.rebuilt", listings=self._sync.rebuild())
        self._begun, self._seen = True, -1
        self._compared_at = self._now()

    def _follow(self) -> None:
        if self._index.understand(self._synonyms()):
            log.info("search_sync.synonyms_changed")
        if count := self._sync.drain():
            log.info("search_sync.followed", postings=count, seq=self._sync.cursor.seq)

    def _compare(self, now: datetime) -> None:
        """What differs though the feed was followed is repaired, and told: it should not be."""
        found = self._sync.verify(repair=True)
        told = (
            log.error if set(found.missing + found.stale) - {*self._sync.quarantined} else log.info
        )
        told(
            "search_sync.compared",
            listings=found.compared,
            drift=len(found.ids()),
            quarantined=len(self._sync.quarantined),
        )
        self._index.forget_old_tasks(now)
        self._compared_at = now

    def _seq(self) -> int:
        with self._sessions() as session:
            return feed.clock_seq(session)

    def _synonyms(self) -> dict[str, tuple[str, ...]]:
        with self._sessions() as session:
            return dict(insights.synonyms(session))


def _told(error: Exception) -> str:
    """A database's own words may hold an address."""
    return str(error) if isinstance(error, IndexDown) else type(error).__name__


def rebuild_now(sessions: sessionmaker[Session], index: MeiliIndex) -> int:
    """Fill the index anew, whatever its settings; tell how many it holds."""
    with sessions() as session:
        synonyms = insights.synonyms(session)
    index.prepare(synonyms)
    return Sync(sessions, index).rebuild()
