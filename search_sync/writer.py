"""What the sync needs of an index that it writes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from careercenter.listings.index import ListingDocument


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the index has taken, though perhaps not done yet. ``tasks`` are its own numbers.

    ``refused``: why nothing of it could even be sent.
    """

    tasks: tuple[int, ...]
    refused: str = ""


class State(StrEnum):
    DONE = "done"
    FAILED = "failed"  # what was sent is to blame
    BROKEN = "broken"  # the index is to blame, or has lost it: send it again
    UNKNOWN = "unknown"  # it did not say in time: ask again before anything else is sent


@dataclass(frozen=True, slots=True)
class Outcome:
    state: State
    error: str = ""


class IndexDown(Exception):
    """The index does not answer, or cannot take more. Nothing is lost: the feed is read again."""


class IndexWriter(Protocol):
    """Raises ``IndexDown``. Writing the same twice leaves the same."""

    def apply(self, upserts: Sequence[ListingDocument], removals: Sequence[int]) -> Receipt:
        """Send without waiting. What is sent later is done later."""

    def settle(self, receipt: Receipt, timeout: float) -> Outcome:
        """Wait, for ``timeout`` seconds at most, until all of it is done or some of it failed."""

    def inventory(self, after_id: int, limit: int) -> list[tuple[int, int]]:
        """(id, version) of what it holds, by id."""

    def mark(self, seq: int) -> None:
        """Remember, behind all that was sent, how far the feed was followed."""

    def fresh(self) -> FreshIndex:
        """An empty index beside this one."""


class FreshIndex(IndexWriter, Protocol):
    def take_over(self) -> None:
        """Be put, at one instant, in the place of the one it was made beside; that is dropped."""


@dataclass
class MemoryIndex:
    """Holds versions alone: shows where following the feed leads."""

    held: dict[int, int] = field(default_factory=dict)
    count: int = 0
    seq: int = 0
    beside: MemoryIndex | None = None

    def apply(self, upserts: Sequence[ListingDocument], removals: Sequence[int]) -> Receipt:
        self.held |= {document.id: document.version for document in upserts}
        for listing_id in removals:
            self.held.pop(listing_id, None)
        self.count += 1
        return Receipt((self.count,))

    def settle(self, receipt: Receipt, timeout: float) -> Outcome:
        return Outcome(State.DONE)

    def inventory(self, after_id: int, limit: int) -> list[tuple[int, int]]:
        beyond = sorted(pair for pair in self.held.items() if pair[0] > after_id)
        return beyond[:limit]

    def mark(self, seq: int) -> None:
        self.seq = seq

    def fresh(self) -> MemoryIndex:
        return MemoryIndex(beside=self)

    def take_over(self) -> None:
        if self.beside is not None:
            self.beside.held, self.beside.seq = self.held, self.seq
