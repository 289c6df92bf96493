"""Everything the engine knows at one moment.

A listing has a slot: its place in the columns and its number in every bitmap. Its record is what it
says in each field, the searchable attributes first and then the facets, spelled in the alphabet. A
text is spelled run by run, with its chains behind; the values of a facet stand apart.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pyroaring import BitMap

from careercenter.listings.engine import columns
from careercenter.listings.engine.alphabet import Alphabet
from careercenter.listings.engine.columns import Living, Numbers
from careercenter.listings.engine.groups import Groups
from careercenter.listings.engine.layers import Layers
from careercenter.listings.engine.places import Places
from careercenter.listings.engine.vocabulary import Vocabulary
from careercenter.listings.index import Facet, Settings

Postings = Layers[str, BitMap]  # word or facet value → slots; the bitmaps are never changed
Grouped = Layers[int, BitMap]  # number of a group → slots

_PLACE = {facet: n for n, facet in enumerate(Facet)}


@dataclass(frozen=True, slots=True)
class State:
    """Never changes, so that any number of threads may read it."""

    settings: Settings
    seq: int
    slots: Layers[int, int]  # listing id → slot
    held: BitMap
    table: Numbers
    places: Places
    records: list[str]
    fields: tuple[Postings, ...]
    groups: Groups
    grouped: tuple[Grouped, ...]  # for each searchable attribute
    alphabet: Alphabet
    vocabulary: Vocabulary
    removed: Mapping[int, int]  # listing id → the seq of its removal
    living: Living

    @property
    def texts(self) -> tuple[Postings, ...]:
        """The postings of the searchable attributes, best first."""
        return self.fields[: len(self.settings.searchable)]

    @property
    def typo(self) -> int:
        """What a typo costs. An attribute costs its number; no sum of these reaches one typo."""
        return len(self.settings.searchable) * self.settings.max_words

    def values(self, facet: Facet) -> Postings:
        return self.fields[len(self.settings.searchable) + _PLACE[facet]]


def empty(settings: Settings) -> State:
    """A state without listings, before any change."""
    held, table = BitMap(), columns.empty()
    return State(
        settings=settings,
        seq=0,
        slots=Layers(),
        held=held,
        table=table,
        places=Places.empty(),
        records=[],
        fields=(Layers(),) * (len(settings.searchable) + len(Facet)),
        groups=Groups(),
        grouped=tuple(Grouped() for _ in settings.searchable),
        alphabet=Alphabet(),
        vocabulary=Vocabulary(settings),
        removed={},
        living=Living(held, table),
    )
