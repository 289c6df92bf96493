"""Brings an index into agreement with the database, and keeps it there.

Whatever is done twice does no harm, so after a crash or a lost answer it is simply done again. No
transaction is open while the index is spoken to.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy.orm import Session, sessionmaker

from careercenter import clock
from careercenter.listings import feed
from careercenter.listings.feed import BATCH, Cursor
from careercenter.listings.index import ListingDocument
from search_sync.writer import IndexDown, IndexWriter, State

SETTLE_SECONDS = 60.0

Pair = tuple[int, int]  # id, version

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Difference:
    """What an index lacks, holds too much, or holds in another version: ids."""

    missing: tuple[int, ...] = ()
    extra: tuple[int, ...] = ()
    stale: tuple[int, ...] = ()
    compared: int = 0  # live postings

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.stale)


class Sync:
    """One at a time: the caller holds the lease. ``quarantined``: documents the index refuses."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        writer: IndexWriter,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        self._sessions = sessions
        self._writer = writer
        self._now = now
        self.cursor = Cursor()
        self.quarantined: dict[int, str] = {}

    def start(self) -> Difference:
        """Compare and repair once; from then on ``drain`` follows the feed."""
        seq = self._seq()
        difference = self.verify(repair=True)
        self.cursor = Cursor.after(seq)
        return difference

    def drain(self) -> int:
        """Write everything that changed since the cursor; tell how many postings that were."""
        count, more = 0, True
        while more:
            with self._sessions() as session:
                batch = feed.changes(session, self.cursor, self._now())
            self._write(batch.upserts, batch.removals)
            self.cursor, more = batch.cursor, batch.more
            count += len(batch.upserts) + len(batch.removals)
        return count

    def rebuild(self) -> int:
        """Write a fresh index, then what changed meanwhile; tell how many it holds."""
        seq = self._seq()
        self._writer.rebuild(self._live_documents())
        self.cursor = Cursor.after(seq)
        self.drain()
        return self.verify(repair=True).compared

    def verify(self, *, repair: bool = False) -> Difference:
        """Walk both sides by id and compare the versions."""
        missing, extra, stale, compared = [], [], [], 0
        for listing_id, wanted, held in merged(self._live_pairs(), self._held_pairs()):
            compared += wanted is not None
            if wanted is None:
                extra.append(listing_id)
            elif held is None:
                missing.append(listing_id)
            elif held != wanted:
                stale.append(listing_id)
        if repair:
            for ids in _parts([*missing, *stale]):
                self._write(self._documents(ids), ())
            for ids in _parts(extra):
                self._write((), ids)
        return Difference(tuple(missing), tuple(extra), tuple(stale), compared)

    def _write(self, upserts: Sequence[ListingDocument], removals: Sequence[int]) -> None:
        """A batch that fails is halved until the bad document is alone; that one is put aside."""
        if not upserts and not removals:
            return
        outcome = self._writer.settle(self._writer.apply(upserts, removals), SETTLE_SECONDS)
        if outcome.state is State.UNKNOWN:
            raise IndexDown(outcome.error)
        if outcome.state is State.DONE:
            for document in upserts:
                self.quarantined.pop(document.id, None)
        elif removals and upserts:
            self._write((), removals)
            self._write(upserts, ())
        elif len(upserts) > 1:
            middle = len(upserts) // 2
            self._write(upserts[:middle], ())
            self._write(upserts[middle:], ())
        elif upserts:
            self.quarantined[upserts[0].id] = outcome.error
            log.error("search_sync.quarantined", id=upserts[0].id, error=outcome.error)
        else:
            raise IndexDown(outcome.error)

    def _seq(self) -> int:
        with self._sessions() as session:
            return feed.clock_seq(session)

    def _documents(self, ids: Sequence[int]) -> list[ListingDocument]:
        """Of those that are live still."""
        with self._sessions() as session:
            now = self._now()
            found = feed.documents(session, ids)
            return [document for document in found if document.expires_at > now]

    def _live_documents(self) -> Iterator[ListingDocument]:
        for ids in _parts([listing_id for listing_id, _ in self._live_pairs()]):
            yield from self._documents(ids)

    def _live_pairs(self) -> Iterator[Pair]:
        def page(after_id: int) -> list[Pair]:
            with self._sessions() as session:
                return feed.live_versions(session, self._now(), after_id, BATCH)

        return _paged(page)

    def _held_pairs(self) -> Iterator[Pair]:
        return _paged(lambda after_id: self._writer.inventory(after_id, BATCH))


def merged(
    wanted: Iterable[Pair], held: Iterable[Pair]
) -> Iterator[tuple[int, int | None, int | None]]:
    """Both by id: (id, version wanted, version held), None for what a side lacks."""
    left, right = iter(wanted), iter(held)
    one, other = next(left, None), next(right, None)
    while one or other:
        if one and (other is None or one[0] < other[0]):
            yield one[0], one[1], None
            one = next(left, None)
        elif other and (one is None or other[0] < one[0]):
            yield other[0], None, other[1]
            other = next(right, None)
        elif one and other:
            yield one[0], one[1], other[1]
            one, other = next(left, None), next(right, None)


def _paged(page: Callable[[int], list[Pair]]) -> Iterator[Pair]:
    after_id = 0
    while pairs := page(after_id):
        yield from pairs
        after_id = pairs[-1][0]


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
