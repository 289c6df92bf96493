"""The first state, made at once from all listings: much quicker than change by change.

On the way the listings are held in a few large arrays, which leave no holes behind in the memory.
"""

import ctypes
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice, pairwise

import numpy as np
from pyroaring import BitMap

from careercenter.listings.engine import columns
from careercenter.listings.engine.alphabet import FIRST, Alphabet
from careercenter.listings.engine.columns import Column, Living, Numbers
from careercenter.listings.engine.entries import Characters, Listed, characters, entries, spelled
from careercenter.listings.engine.grouping import frequent, grouped
from careercenter.listings.engine.layers import Layers
from careercenter.listings.engine.spelling import Speller
from careercenter.listings.engine.state import State, empty
from careercenter.listings.index import ListingDocument, Settings

_AT_ONCE = 5000  # listings in a batch: more are quicker and take more memory meanwhile

Point = tuple[int, float, float]  # slot, latitude, longitude
Cutting = tuple[str, tuple[int, ...], tuple[tuple[float, float], ...]]  # record, numbers, points


@dataclass(frozen=True, slots=True)
class Batch:
    """Some listings, in slots counted from the first of them."""

    text: Characters  # the records one after the other
    ends: Numbers  # where each of them ends
    listed: Listed
    table: Numbers
    points: list[Point]

    @classmethod
    def of(cls, cuttings: Sequence[Cutting], fields: int) -> "Batch":
        records, rows, points = zip(*cuttings, strict=True)
        return cls(
            characters("".join(records)),
            np.cumsum(list(map(len, records))),
            Listed.of(entries(records, range(len(records)), fields)),
            np.ascontiguousarray(np.array(rows, np.int64).T),
            [(slot, *point) for slot, some in enumerate(points) for point in some],
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """Listings, spelled in an alphabet that began with them."""

    words: list[str]  # of the alphabet, in its order
    batches: list[Batch]


def cut(documents: Iterable[ListingDocument], settings: Settings) -> Cut:
    """The documents are taken one by one and none is kept."""
    alphabet, fields, batches = Alphabet(), len(empty(settings).fields), list[Batch]()
    speller = Speller(settings, alphabet)
    cuttings = ((speller.record(d), columns.numbers(d), d.points) for d in documents)
    while some := list(islice(cuttings, _AT_ONCE)):
        batches.append(Batch.of(some, fields))
    return Cut(alphabet.words(), batches)


class Building:
    """Takes what was cut, then gives the state that has it."""

    def __init__(self, settings: Settings) -> None:
        self._blank = empty(settings)
        self._alphabet = Alphabet()
        self._records: list[str] = []
        self._tables = [self._blank.table]
        self._points: list[Point] = []
        self._fields: list[dict[str, BitMap]] = [{} for _ in self._blank.fields]

    def add(self, cut: Cut) -> None:
        own = np.concatenate([np.arange(FIRST), characters(self._alphabet.write(cut.words))])
        words = dict(enumerate(cut.words, FIRST))
        for batch in cut.batches:
            first = len(self._records)
            batch.listed.add_to(self._fields, words.__getitem__, first)
            self._points += [(first + slot, north, east) for slot, north, east in batch.points]
            self._tables.append(batch.table)
            text, ends = spelled(own[batch.text]), [0, *batch.ends.tolist()]
            self._records += [text[start:end] for start, end in pairwise(ends)]

    def state(self, seq: int) -> State:
        """Where a listing came twice, the slot of its older version is like that of one that went:

        what it still says is not found, and is taken back when the slot is taken again.
        """
        blank, table = self._blank, np.concatenate(self._tables, axis=1)
        held = _newest(table)
        words = {word for postings in self._fields[: len(blank.texts)] for word in postings}
        groups = frequent(self._records, self._alphabet, blank)
        return replace(
            blank,
            seq=seq,
            slots=blank.slots.revised({int(table[Column.ID, slot]): slot for slot in held}),
            held=held,
            table=table,
            places=blank.places.revised((), self._points),
            records=self._records,
            fields=tuple(Layers.of(postings) for postings in self._fields),
            groups=groups,
            grouped=tuple(
                Layers.of(postings) for postings in grouped(self._records, groups, blank)
            ),
            alphabet=self._alphabet,
            vocabulary=blank.vocabulary.revised(words, ()),
            living=Living(held, table),
        )


def return_memory() -> None:
    """What building needed meanwhile lies between what stays, and would be kept for ever.

    Where the C library knows no such call, it is.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _newest(table: Numbers) -> BitMap:
    """The slots with the newest version of their listing; of equal ones the first."""
    ids, versions = table[Column.ID], table[Column.VERSION]
    order = np.lexsort([-np.arange(len(ids)), versions, ids])
    return columns.bitmap_of(order[np.diff(ids[order], append=-1) != 0])
