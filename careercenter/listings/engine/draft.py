"""How the next state is made from the last, which stays as it is for those who read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice

from pyroaring import BitMap

from careercenter.listings.engine import columns
from careercenter.listings.engine.columns import Column, Living
from careercenter.listings.engine.state import PARTING, Postings, State
from careercenter.listings.engine.text import runs_and_chains
from careercenter.listings.index import Facet, ListingDocument

Changes = defaultdict[str, list[int]]  # word or value → slots

_REMEMBERED = 10_000  # removals, against older versions that arrive after them


class Draft:
    """Takes changes, then gives the state that has them. What it shares with the old is copied."""

    def __init__(self, old: State) -> None:
        self._old = old
        self._slots = dict(old.slots)
        self._held = old.held.copy()
        self._free = iter(BitMap(range(len(old.records))) - old.held)
        self._records = old.records.copy()
        self._table = columns.roomy(old.table, len(old.records))
        self._alphabet = old.alphabet.copy()
        self._removed = dict(old.removed)
        self._points: dict[int, tuple[tuple[float, float], ...]] = {}  # of each changed slot
        self._blank = PARTING * (len(old.fields) - 1)

    def put(self, document: ListingDocument) -> None:
        """Writes the listing, unless this version or a newer one was here or was removed."""
        if document.version < self._removed.get(document.id, 0):
            return
        slot = self._slots.get(document.id)
        if slot is None:
            slot = self._new_slot(document.id)
        elif document.version <= self._table[Column.VERSION, slot]:
            return
        self._removed.pop(document.id, None)
        self._records[slot] = self._record(document)
        self._table[:, slot] = columns.numbers(document)
        self._points[slot] = document.points

    def remove(self, listing_id: int, seq: int) -> None:
        """Takes the listing away, unless it was written after ``seq``."""
        slot = self._slots.get(listing_id)
        if slot is not None:
            if self._table[Column.VERSION, slot] > seq:
                return
            del self._slots[listing_id]
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
        came, went = self._changes()
        fields = tuple(map(_revised, old.fields, came, went))
        texts = len(old.texts)
        self._alphabet.forget(_missing(went, fields))
        points = ((slot, *point) for slot, points in self._points.items() for point in points)
        return replace(
            kept,
            slots=self._slots,
            held=self._held,
            table=self._table,
            places=old.places.revised(self._points, points),
            records=self._records,
            fields=fields,
            alphabet=self._alphabet,
            vocabulary=old.vocabulary.revised(
                _missing(came[:texts], old.texts), _missing(went[:texts], fields[:texts])
            ),
            living=Living(self._held, self._table),
        )

    def _new_slot(self, listing_id: int) -> int:
        slot = next(self._free, len(self._records))
        if slot == len(self._records):
            self._records.append(self._blank)
            if slot == self._table.shape[1]:
                self._table = columns.roomy(self._table, slot + 1)
        self._slots[listing_id] = slot
        self._held.add(slot)
        return slot

    def _record(self, document: ListingDocument) -> str:
        write = self._alphabet.write
        lines = []
        for attribute in self._old.settings.searchable:
            words, chains = runs_and_chains(document.texts[attribute])
            lines.append(write(words + chains))
        lines += [write(document.facets.get(facet, ())) for facet in Facet]
        return PARTING.join(lines)

    def _changes(self) -> tuple[list[Changes], list[Changes]]:
        """What came into each field and what went from it. In a build this is half of the work."""
        came: list[Changes] = [defaultdict(list) for _ in self._old.fields]
        went: list[Changes] = [defaultdict(list) for _ in self._old.fields]
        read = self._alphabet.read
        for slot in self._points:
            before = self._old.records[slot] if slot < len(self._old.records) else self._blank
            lines = zip(before.split(PARTING), self._records[slot].split(PARTING), strict=True)
            for field, (old, new) in enumerate(lines):
                if old == new:
                    continue
                had, has = set(old), set(new)
                for word in read(has - had):
                    came[field][word].append(slot)
                for word in read(had - has):
                    went[field][word].append(slot)
        return came, went


def _revised(postings: Postings, came: Changes, went: Changes) -> Postings:
    if not came and not went:
        return postings
    revised = dict(postings)
    for word in came.keys() | went.keys():
        bitmap = revised[word].copy() if word in revised else BitMap()
        if word in went:
            bitmap.difference_update(BitMap(went[word]))
        if word in came:
            bitmap.update(came[word])
        if bitmap:
            revised[word] = bitmap
        else:
            del revised[word]
    return revised


def _missing(changes: Iterable[Changes], fields: tuple[Postings, ...]) -> set[str]:
    """The words of the changes that none of the fields holds."""
    words = {word for change in changes for word in change}
    return {word for word in words if not any(word in postings for postings in fields)}


def _latest(removed: dict[int, int]) -> Mapping[int, int]:
    return dict(islice(removed.items(), max(0, len(removed) - _REMEMBERED), None))
