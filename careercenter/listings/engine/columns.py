"""The numbers of the listings, one column a number, one slot a listing."""

from array import array
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from careercenter.listings.index import ListingDocument, Range, RangeField

Numbers = npt.NDArray[np.int64]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ALWAYS = np.iinfo(np.int64)


class Column(IntEnum):
    ID = 0
    VERSION = 1
    QUALITY = 2
    POSTED = 3  # whole seconds since the epoch
    POSTED_DAY = 4  # days since the epoch, in UTC
    PAY_MIN = 5  # cents an hour
    PAY_MAX = 6
    YEARS = 7  # of experience
    ENDS = 8  # microseconds since the epoch


def empty() -> Numbers:
    """A table of shape (columns, slots) without slots."""
    return np.zeros((len(Column), 0), np.int64)


def roomy(table: Numbers, slots: int) -> Numbers:
    """A copy with at least ``slots`` slots; when it grows, by a quarter more than asked."""
    held = table.shape[1]
    wider = np.zeros((len(Column), held if slots <= held else slots + slots // 4), np.int64)
    wider[:, :held] = table
    return wider


def numbers(document: ListingDocument) -> tuple[int, ...]:
    """The listing's numbers in the order of the columns."""
    posted = document.posted_at - _EPOCH
    return (
        document.id,
        document.version,
        document.quality,
        posted // timedelta(seconds=1),
        posted // timedelta(days=1),
        document.pay_min,
        document.pay_max,
        document.years,
        microseconds(document.expires_at),
    )


def microseconds(moment: datetime) -> int:
    """Since the epoch; exact, as a float of seconds would not be."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def day(number: int) -> date:
    """Of a number in ``POSTED_DAY``."""
    return (_EPOCH + timedelta(days=number)).date()


def slots_of(bitmap: BitMap) -> npt.NDArray[np.intp]:
    return np.frombuffer(bitmap.to_array(), np.uint32).astype(np.intp)


def bitmap_of(slots: npt.NDArray[np.integer]) -> BitMap:
    """From an array of standard integers: several times faster than from numpy's own."""
    return BitMap(array("I", slots.astype(np.uint32).tobytes()))


def in_range(table: Numbers, field: RangeField, bound: Range) -> BitMap | None:
    """The slots inside the range, those no longer held too; ``None`` where nothing is bounded.

    A range of pay is met by a listing whose own range reaches into it.
    """
    low, high = _BOUNDED[field]
    bounds = []
    if bound.low is not None:
        bounds.append(table[low] >= bound.low)
    if bound.high is not None:
        bounds.append(table[high] <= bound.high)
    return bitmap_of(np.flatnonzero(np.logical_and.reduce(bounds))) if bounds else None


_BOUNDED = {
    RangeField.PAY: (Column.PAY_MAX, Column.PAY_MIN),
    RangeField.POSTED: (Column.POSTED, Column.POSTED),
    RangeField.YEARS: (Column.YEARS, Column.YEARS),
}


class Living:
    """Which of the held listings have not ended; remembers the answer while it stays true."""

    def __init__(self, held: BitMap, table: Numbers) -> None:
        self._held = held
        self._table = table
        self._answer = (1, 0, held)  # from, until (microseconds), slots: true of no moment yet

    def at(self, now: datetime) -> BitMap:
        """The slots that end after ``now``."""
        moment = microseconds(now)
        since, until, living = self._answer
        if not since <= moment < until:
            since, until, living = self._answer = self._found(moment)
        return living

    def _found(self, moment: int) -> tuple[int, int, BitMap]:
        held = slots_of(self._held)
        ends = self._table[Column.ENDS, held]
        ended = ends <= moment
        since = int(ends[ended].max(initial=_ALWAYS.min))
        until = int(ends[~ended].min(initial=_ALWAYS.max))
        return since, until, self._held - bitmap_of(held[ended])
