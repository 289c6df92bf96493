"""Brings an index into agreement with the database, and keeps it there.

Whatever is done twice does no harm, so after a crash or a lost answer it is simply done again. No
transaction is open while the index is spoken to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from careercenter import clock
from careercenter.listings import feed
from careercenter.listings.feed import BATCH, Cursor
from careercenter.listings.index import ListingDocument
from careercenter.postings.models import Posting
from search_sync.writer import IndexDown, IndexWriter, Outcome, Receipt, State

SETTLE_SECONDS = 120.0
AHEAD = 3  # batches that are sent before the first of them is waited for
FILLED = 5  # batches of a rebuild, after which the live index is brought up to date

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

    def ids(self) -> tuple[int, ...]:
        return (*self.missing, *self.stale, *self.extra)


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch that the index has taken. ``cursor``: where the feed goes on after it."""

    ids: tuple[int, ...]
    receipt: Receipt
    cursor: Cursor


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
        self._sent: deque[_Sent] = deque()
        self.cursor = Cursor()  # all before it is in the index
        self.quarantined: dict[int, str] = {}
        self._marked = -1  # how far the index knows that the feed was followed

    def start(self) -> Difference:
        """Compare and repair once; from then on ``drain`` follows the feed."""
        self._settle_all()
        if not self._writer.inventory(0, 1):
            self.cursor = Cursor()
            self.drain()  # fills it faster
        seq = self._seq()
        difference = self.verify(repair=True)
        self.cursor = Cursor.after(seq)
        self._mark(seq)
        return difference

    def drain(self) -> int:
        """Write everything that changed since the cursor; tell how many postings that were.

        A few batches are sent before the first is waited for, so that the index can join them.
        Nothing is sent while it is unknown what became of the last round.
        """
        self._settle_all()
        seq, count, more = self._seq(), 0, True
        while more:
            with self._sessions() as session:
                batch = feed.changes(session, self._ahead(), self._now())
            ids = (*(document.id for document in batch.upserts), *batch.removals)
            if ids:
                receipt = self._writer.apply(batch.upserts, batch.removals)
                self._sent.append(_Sent(ids, receipt, batch.cursor))
            more, count = batch.more, count + len(ids)
            if not more or len(self._sent) >= AHEAD:
                self._settle_all()
        self._mark(max(seq, self.cursor.seq))
        return count

    def rebuild(self) -> int:
        """Fill a fresh index beside the live one, which is followed meanwhile, and let it take over
        when both sides agree; tell how many it holds. Raises ``IndexDown`` when they do not.
        """
        seq = self._seq()
        fresh = self._writer.fresh()
        beside = Sync(self._sessions, fresh, self._now)
        for n, ids in enumerate(_parts([listing_id for listing_id, _ in self._live_pairs()]), 1):
            beside._send(ids)
            if n % FILLED == 0:
                self.drain()
        beside._settle_all()
        beside.cursor = Cursor.after(seq)
        beside.drain()
        beside.verify(repair=True)
        left = beside.verify()
        if set(left.ids()) - beside.quarantined.keys():
            raise IndexDown(f"The fresh index differs in {len(left.ids())} listings.")
        beside._mark(beside.cursor.seq)
        self._settle_all()
        fresh.take_over()
        self.cursor, self.quarantined = beside.cursor, beside.quarantined
        self._marked = beside._marked
        self.drain()
        return left.compared

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
        found = Difference(tuple(missing), tuple(extra), tuple(stale), compared)
        if repair:
            for ids in _parts(found.ids()):
                self._write(ids)
        return found

    def _send(self, ids: Sequence[int]) -> None:
        """What they are now; waited for when enough is on its way."""
        receipt = self._writer.apply(*self._as_they_are(ids))
        self._sent.append(_Sent(tuple(ids), receipt, self.cursor))
        if len(self._sent) >= AHEAD:
            self._settle_all()

    def _settle_all(self) -> None:
        while self._sent:
            sent = self._sent[0]
            outcome = self._outcome(sent.receipt)
            if outcome.state is State.FAILED:
                self._halve(sent.ids, outcome.error)
            else:
                self._accepted(sent.ids)
            self.cursor = sent.cursor
            self._sent.popleft()

    def _outcome(self, receipt: Receipt) -> Outcome:
        """Done or failed. Raises ``IndexDown`` for all else; what is unknown is asked again."""
        outcome = self._writer.settle(receipt, SETTLE_SECONDS)
        if outcome.state is State.BROKEN:
            self._sent.clear()  # read from the cursor again
        if outcome.state in (State.BROKEN, State.UNKNOWN):
            raise IndexDown(outcome.error)
        return outcome

    def _write(self, ids: Sequence[int]) -> None:
        """Write these as they are now, never as they were when they were first sent; and wait."""
        outcome = self._outcome(self._writer.apply(*self._as_they_are(ids)))
        if outcome.state is State.FAILED:
            self._halve(ids, outcome.error)
        else:
            self._accepted(ids)

    def _halve(self, ids: Sequence[int], error: str) -> None:
        """Until what is bad is alone; that is put aside, and the rest goes on."""
        if len(ids) > 1:
            middle = len(ids) // 2
            self._write(ids[:middle])
            self._write(ids[middle:])
        else:
            self.quarantined[ids[0]] = error
            log.error("search_sync.quarantined", id=ids[0], error=error)

    def _accepted(self, ids: Sequence[int]) -> None:
        for listing_id in ids:
            self.quarantined.pop(listing_id, None)

    def _mark(self, seq: int) -> None:
        if seq != self._marked:
            self._writer.mark(seq)
            self._marked = seq

    def _ahead(self) -> Cursor:
        return self._sent[-1].cursor if self._sent else self.cursor

    def _seq(self) -> int:
        with self._sessions() as session:
            return feed.clock_seq(session)

    def _as_they_are(self, ids: Sequence[int]) -> tuple[list[ListingDocument], list[int]]:
        """Those of the postings that are live, and the ids of the others."""
        wanted = select(Posting.id).where(Posting.id.in_(ids), Posting.upcoming(self._now()))
        with self._sessions() as session:
            live = set(session.scalars(wanted))
            found = list(feed.documents(session, live))
        return found, [listing_id for listing_id in ids if listing_id not in live]

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
