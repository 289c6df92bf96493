"""What records put into the index, for thousands of listings at a time.

An entry says that a listing has a word in a field. It is one integer, so that numpy sorts and
compares entries: field, character of the word and slot, from the highest bits to the lowest.
"""

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from careercenter.listings.engine.alphabet import APART, PARTING
from careercenter.listings.engine.columns import Numbers

K = TypeVar("K", str, int)
Characters = npt.NDArray[np.uint32]

_WORD, SLOT = 24, 32  # bits; what is listed may have a number beyond the characters
_ANY_WORD = (1 << _WORD) - 1


def characters(text: str) -> Characters:
    """As numbers; those that UTF-32 does not know must pass too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def spelled(numbers: Characters) -> str:
    """The text of these characters."""
    return numbers.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")


def entries(records: Sequence[str], slots: Sequence[int], fields: int) -> Numbers:
    """The entries of the records, one for each slot, sorted and without repeats."""
    found, where = lines(records, slots, fields)
    words = found > ord(APART)
    return distinct(where[words] | found[words].astype(np.int64) << SLOT)


def lines(records: Sequence[str], slots: Sequence[int], fields: int) -> tuple[Characters, Numbers]:
    """All characters of the records, and of each the entry without its word: field and slot."""
    found = characters(PARTING.join(records))
    line = np.cumsum(found == ord(PARTING), dtype=np.int32)
    of_line = np.asarray(slots, np.int64)[:, None] | np.arange(fields) << _WORD + SLOT
    return found, of_line.ravel()[line]


def lacking(left: Numbers, right: Numbers) -> Numbers:
    """The entries on the left that are not on the right; both sorted, and so is the answer."""
    return np.setdiff1d(left, right, assume_unique=True)


@dataclass(frozen=True, slots=True)
class Listed:
    """Entries, half as large: those that share field and word lie side by side."""

    parts: Numbers  # field and character of the word
    starts: Numbers  # where the slots of each part begin
    slots: npt.NDArray[np.uint32]

    @classmethod
    def of(cls, entries: Numbers) -> "Listed":
        """The entries are sorted."""
        parts = entries >> SLOT
        starts = np.flatnonzero(np.diff(parts, prepend=-1))
        return cls(parts[starts], starts, (entries & ((1 << SLOT) - 1)).astype(np.uint32))

    def each(self, first: int = 0) -> Iterator[tuple[int, int, Sequence[int]]]:
        """Field, number of the word and slots; these are counted from ``first``."""
        slots = array("I", (self.slots + np.uint32(first)).tobytes())
        bounds = pairwise([*self.starts.tolist(), len(slots)])
        for part, (start, end) in zip(self.parts.tolist(), bounds, strict=True):
            yield part >> _WORD, part & _ANY_WORD, slots[start:end]

    def add_to(
        self, fields: Sequence[dict[K, BitMap]], key: Callable[[int], K], first: int = 0
    ) -> None:
        """Adds the slots, counted from ``first``, to those that the fields have for each word."""
        for field, number, slots in self.each(first):
            add(fields[field], key(number), BitMap(slots))

    def frequent(self, many: float, fields: int) -> list[int]:
        """The words that more than so many listings have in one of the first fields.

        The most frequent is first.
        """
        counts = np.diff(self.starts, append=len(self.slots))
        common = (counts > many) & (self.parts < fields << _WORD)
        ordered = self.parts[common][np.argsort(-counts[common])] & _ANY_WORD
        return list(dict.fromkeys(ordered.tolist()))


def add(postings: dict[K, BitMap], key: K, slots: BitMap) -> None:
    held = postings.get(key)
    postings[key] = slots if held is None else held | slots


def distinct(numbers: Numbers) -> Numbers:
    """Sorted, and fifty times faster than ``np.unique``."""
    ordered: Numbers = np.sort(numbers)
    distinct: Numbers = ordered[np.diff(ordered, prepend=-1) != 0]
    return distinct
