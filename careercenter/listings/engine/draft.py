"""How the next state is made from the last, which stays as it is for those who read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from pyroaring import BitMap

from careercenter.listings.engine import columns
from careercenter.listings.engine.alphabet import PARTING, Alphabet
from careercenter.listings.engine.columns import Column, Living, Numbers
from careercenter.listings.engine.entries import Listed, entries, lacking
from careercenter.listings.engine.layers import Layers
from careercenter.listings.engine.spelling import Speller
from careercenter.listings.engine.state import Postings, State
from careercenter.listings.index import ListingDocument

K = TypeVar("K", str, int)
Changes = dict[K, Sequence[int]]  # word, value or group → slots
EntriesOf = Callable[[Sequence[str], Sequence[int], int], Numbers]

_NONE = BitMap()
_FEW = 1000  # words
_REMEMBERED = 10_000  # removals, against older versions that arrive after them


class Draft:
    """Takes changes, then gives the state that has them. What it shares with the old is copied."""

    def __init__(self, old: State) -> None:
        self._old = old
        self._moved: dict[int, int | None] = {}  # listing id → slot, where that changed
        self._held = old.held.copy()
        self._free = iter(BitMap(range(len(old.records))) - old.held)
        self._records = old.records.copy()
        self._table = columns.roomy(old.table, len(old.records))
        self._alphabet = old.alphabet
        self._removed = dict(old.removed)
        self._points: dict[int, tuple[tuple[float, float], ...]] = {}  # of each changed slot
        self._speller = Speller(old.settings, old.alphabet)
        self._blank = PARTING * (len(old.fields) - 1)

    def put(self, document: ListingDocument) -> None:
        """Writes the listing, unless this version or a newer one was here or was removed."""
        if document.version < self._removed.get(document.id, 0):
            return
        slot = self._slot(document.id)
        if slot is None:
            slot = self._new_slot(document.id)
        elif document.version <= self._table[Column.VERSION, slot]:
            return
        self._removed.pop(document.id, None)
        self._records[slot] = self._speller.record(document)
        self._table[:, slot] = columns.numbers(document)
        self._points[slot] = document.points

    def remove(self, listing_id: int, seq: int) -> None:
        """Takes the listing away, unless it was written after ``seq``."""
        slot = self._slot(listing_id)
        if slot is not None:
            if self._table[Column.VERSION, slot] > seq:
                return
            self._moved[listing_id] = None
            self._held.discard(slot)
            self._records[slot] = self._blank
            self._points[slot] = ()
        self._removed[listing_id] = max(seq, self._removed.pop(listing_id, 0))

    def state(self, seq: int) -> State:
        """The next state; the draft is spent."""
        old = self._old
        kept = replace(old, seq=max(seq, old.seq), removed=_latest(self._removed))
        if not self._points:
            return kept
        came, went = (_by_field(c, self._read, old.fields) for c in self._changes(entries))
        fields = tuple(map(_revised, old.fields, came, went))
        grouped = (_by_field(c, int, old.grouped) for c in self._changes(old.groups.entries))
        texts = len(old.texts)
        points = ((slot, *point) for slot, points in self._points.items() for point in points)
        return replace(
            kept,
            slots=old.slots.revised(self._moved),
            held=self._held,
            table=self._table,
            places=old.places.revised(self._points, points),
            records=self._records,
            fields=fields,
            grouped=tuple(map(_revised, old.grouped, *grouped)),
            alphabet=_tidied(self._alphabet, fields),
            vocabulary=old.vocabulary.revised(
                _missing(came[:texts], old.texts), _missing(went[:texts], fields[:texts])
            ),
            living=Living(self._held, self._table),
        )

    def _slot(self, listing_id: int) -> int | None:
        if listing_id in self._moved:
            return self._moved[listing_id]
        return self._old.slots.get(listing_id)

    def _new_slot(self, listing_id: int) -> int:
        slot = next(self._free, len(self._records))
        if slot == len(self._records):
            self._records.append(self._blank)
            if slot == self._table.shape[1]:
                self._table = columns.roomy(self._table, slot + 1)
        self._moved[listing_id] = slot
        self._held.add(slot)
        return slot

    def _read(self, character: int) -> str:
        return self._alphabet.read(chr(character))

    def _changes(self, entries: EntriesOf) -> tuple[Numbers, Numbers]:
        """The entries that came and those that went."""
        old, slots, fields = self._old.records, tuple(self._points), len(self._old.fields)
        before = [old[slot] if slot < len(old) else self._blank for slot in slots]
        was = entries(before, slots, fields)
        now = entries([self._records[slot] for slot in slots], slots, fields)
        return lacking(now, was), lacking(was, now)


def _by_field(
    changed: Numbers, key: Callable[[int], K], fields: Sequence[Layers[K, BitMap]]
) -> list[Changes[K]]:
    by_field: list[Changes[K]] = [{} for _ in fields]
    for field, number, slots in Listed.of(changed).each():
        by_field[field][key(number)] = slots
    return by_field


def _revised(old: Layers[K, BitMap], came: Changes[K], went: Changes[K]) -> Layers[K, BitMap]:
    changes: dict[K, BitMap | None] = {}
    for word in came.keys() | went.keys():
        slots = old.get(word) or _NONE
        if word in went:
            slots = slots - BitMap(went[word])
        if word in came:
            slots = slots | BitMap(came[word])
        changes[word] = slots or None
    return old.revised(changes)


def _missing(changes: Sequence[Changes[str]], fields: tuple[Postings, ...]) -> set[str]:
    """The words of the changes that none of the fields holds any more, or yet."""
    words = {
        word
        for change, postings in zip(changes, fields, strict=True)
        for word in change
        if word not in postings
    }
    return {word for word in words if not any(word in postings for postings in fields)}


def _tidied(alphabet: Alphabet, fields: tuple[Postings, ...]) -> Alphabet:
    """The alphabet, without the words that went when it has come to hold more of them than not."""
    if len(alphabet) <= 2 * sum(map(len, fields)) + _FEW:
        return alphabet
    return alphabet.only({word for postings in fields for word, _ in postings.items()})


def _latest(removed: dict[int, int]) -> Mapping[int, int]:
    return dict(islice(removed.items(), max(0, len(removed) - _REMEMBERED), None))
