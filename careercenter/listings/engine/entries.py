"""What records put into the index, for thousands of listings at a time.

An entry says that a listing has a word in a field. It is one integer, so that numpy sorts and
compares entries: field, character of the word and slot, from the highest bits to the lowest.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from careercenter.listings.engine.alphabet import APART, PARTING
from careercenter.listings.engine.columns import Numbers

Characters = npt.NDArray[np.uint32]

_CHARACTER, _SLOT = 21, 32  # bits


def characters(text: str) -> Characters:
    """As numbers; those that UTF-32 does not know must pass too."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def spelled(numbers: Characters) -> str:
    """The text of these characters."""
    return numbers.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass")


def entries(records: Sequence[str], slots: Sequence[int], fields: int) -> Numbers:
    """The entries of the records, one for each slot, sorted and without repeats."""
    found = characters("".join([record + PARTING for record in records]))
    words = found > ord(APART)
    line = np.cumsum(found == ord(PARTING), dtype=np.int32)[words]  # a field of a record
    of_line = np.asarray(slots, np.int64)[:, None] | np.arange(fields) << _CHARACTER + _SLOT
    return _distinct(of_line.ravel()[line] | found[words].astype(np.int64) << _SLOT)


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
        parts = entries >> _SLOT
        starts = np.flatnonzero(np.diff(parts, prepend=-1))
        return cls(parts[starts], starts, (entries & ((1 << _SLOT) - 1)).astype(np.uint32))

    def each(self, first: int = 0) -> Iterator[tuple[int, int, Sequence[int]]]:
        """Field, character and slots; these are counted from ``first``."""
        slots = array("I", (self.slots + np.uint32(first)).tobytes())
        bounds = pairwise([*self.starts.tolist(), len(slots)])
        for part, (start, end) in zip(self.parts.tolist(), bounds, strict=True):
            yield part >> _CHARACTER, part & ((1 << _CHARACTER) - 1), slots[start:end]


def _distinct(numbers: Numbers) -> Numbers:
    """Sorted, and fifty times faster than ``np.unique``."""
    ordered: Numbers = np.sort(numbers)
    distinct: Numbers = ordered[np.diff(ordered, prepend=-1) != 0]
    return distinct
