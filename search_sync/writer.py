"""What the sync needs of an index that it writes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from careercenter.listings.index import ListingDocument


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the index has taken, though perhaps not done yet. ``tasks`` are its own numbers."""

    tasks: tuple[int, ...]


class State(StrEnum):
    DONE = "done"
    FAILED = "failed"  # nothing of it was written
    UNKNOWN = "unknown"  # it did not say in time: do it again


@dataclass(frozen=True, slots=True)
class Outcome:
    state: State
    error: str = ""


class IndexDown(Exception):
    """The index does not answer. Nothing is lost: the feed is read again."""


class IndexWriter(Protocol):
    """Raises ``IndexDown``. Writing the same twice leaves the same."""

    def apply(self, upserts: Sequence[ListingDocument], removals: Sequence[int]) -> Receipt: ...

    def settle(self, receipt: Receipt, timeout: float) -> Outcome:
        """Wait, for ``timeout`` seconds at most, until it is done or has failed as a whole."""

    def rebuild(self, documents: Iterable[ListingDocument]) -> int:
        """Fill a fresh index beside the old one and put it in its place; tell how many it holds."""

    def inventory(self, after_id: int, limit: int) -> list[tuple[int, int]]:
        """(id, version) of what it holds, by id."""


@dataclass
class MemoryIndex:
    """Holds versions alone: shows where following the feed leads."""

    held: dict[int, int] = field(default_factory=dict)
    count: int = 0

    def apply(self, upserts: Sequence[ListingDocument], removals: Sequence[int]) -> Receipt:
        self.held |= {document.id: document.version for document in upserts}
        for listing_id in removals:
            self.held.pop(listing_id, None)
        self.count += 1
        return Receipt((self.count,))

    def settle(self, receipt: Receipt, timeout: float) -> Outcome:
        return Outcome(State.DONE)

    def rebuild(self, documents: Iterable[ListingDocument]) -> int:
        self.held = {document.id: document.version for document in documents}
        return len(self.held)

    def inventory(self, after_id: int, limit: int) -> list[tuple[int, int]]:
        beyond = sorted(pair for pair in self.held.items() if pair[0] > after_id)
        return beyond[:limit]
