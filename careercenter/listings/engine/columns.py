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
_DAY = 86_400  # seconds
_DAY_BITS, _ID_BITS = 16, 32
_CONTAINER, _FEW, _COOKIE = 65_536, 4096, 12_346
_ALWAYS = np.iinfo(np.int64)


class Column(IntEnum):
    ID = 0
    VERSION = 1
    RANK = 2  # quality, day of posting and id in one number: the highest first
    POSTED = 3  # whole seconds since the epoch
    PAY_MIN = 4  # cents an hour
    PAY_MAX = 5
    YEARS = 6  # of experience
    ENDS = 7  # microseconds since the epoch
    FEATURED = 8  # whole seconds since the epoch


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
    posted = (document.posted_at - _EPOCH) // timedelta(seconds=1)
    return (
        document.id,
        document.version,
        (document.quality << _DAY_BITS | posted // _DAY) << _ID_BITS | document.id,
        posted,
        document.pay_min,
        document.pay_max,
        document.years,
        microseconds(document.expires_at),
        document.featured,
    )


def microseconds(moment: datetime) -> int:
    """Since the epoch; exact, as a float of seconds would not be."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def quality_and_day(rank: int) -> tuple[int, date]:
    """What the number was made of, beside the id."""
    quality, days = divmod(rank >> _ID_BITS, 1 << _DAY_BITS)
    return quality, (_EPOCH + timedelta(days=days)).date()


def slots_of(bitmap: BitMap) -> npt.NDArray[np.intp]:
    return np.frombuffer(bitmap.to_array(), np.uint32).astype(np.intp)


def bitmap_of(slots: npt.NDArray[np.integer]) -> BitMap:
    """From an array of standard integers: several times faster than from numpy's own."""
    return BitMap(array("I", slots.astype(np.uint32).tobytes()))


def bitmap_where(mask: npt.NDArray[np.bool_]) -> BitMap:
    """The slots where it is true, thirty times faster than from their numbers.

    The bits are put into the format in which such bitmaps are written to files, see
    github.com/RoaringBitmap/RoaringFormatSpec: a container for each 65,536 numbers that has any,
    and what is in it as bits or, if it is few, as numbers.
    """
    heads, bodies = [], []
    for key, start in enumerate(range(0, len(mask), _CONTAINER)):
        part = mask[start : start + _CONTAINER]
        if count := int(np.count_nonzero(part)):
            heads.append((key, count - 1))
            bodies.append(_numbers(part) if count <= _FEW else _bits(part))
    sizes = [8 + 8 * len(heads), *map(len, bodies[:-1])]
    parts = [
        np.array([_COOKIE, len(heads)], "<u4").tobytes(),
        np.array(heads, "<u2").tobytes(),
        np.cumsum(sizes[: len(heads)]).astype("<u4").tobytes(),
        *bodies,
    ]
    return BitMap.deserialize(b"".join(parts))


def _numbers(part: npt.NDArray[np.bool_]) -> bytes:
    return np.flatnonzero(part).astype("<u2").tobytes()


def _bits(part: npt.NDArray[np.bool_]) -> bytes:
    return np.packbits(part, bitorder="little").tobytes().ljust(_CONTAINER // 8, b"\0")


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
    return bitmap_where(np.logical_and.reduce(bounds)) if bounds else None


_BOUNDED = {
    RangeField.PAY: (Column.PAY_MAX, Column.PAY_MIN),
    RangeField.POSTED: (Column.POSTED, Column.POSTED),
    RangeField.YEARS: (Column.YEARS, Column.YEARS),
    RangeField.FEATURED: (Column.FEATURED, Column.FEATURED),
}


class Living:
    """Which of the held listings are live; remembers the answer while it stays true."""

    def __init__(self, held: BitMap, table: Numbers) -> None:
        self._held = held
        self._table = table
        self._answer = (1, 0, held)  # from, until (microseconds), slots: true of no moment yet

    def at(self, now: datetime) -> BitMap:
        """The slots that were posted by ``now`` and end after it."""
        moment = microseconds(now)
        since, until, living = self._answer
        if not since <= moment < until:
            since, until, living = self._answer = self._found(moment)
        return living

    def _found(self, moment: int) -> tuple[int, int, BitMap]:
        held = slots_of(self._held)
        begins, ends = self._table[Column.POSTED, held] * 1_000_000, self._table[Column.ENDS, held]
        turns = np.stack((begins, ends))
        past = turns <= moment
        since = int(turns[past].max(initial=_ALWAYS.min))
        until = int(turns[~past].min(initial=_ALWAYS.max))
        return since, until, self._held - bitmap_of(held[~past[0] | past[1]])
