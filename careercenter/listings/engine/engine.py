"""The engine: a reader of the present state, put in place of the last at every change."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from threading import Lock

from careercenter import clock
from careercenter.listings.engine.building import Building, Cut, cut, return_memory
from careercenter.listings.engine.draft import Draft
from careercenter.listings.engine.errands import Errand
from careercenter.listings.engine.reader import NAME, Reader
from careercenter.listings.engine.state import empty
from careercenter.listings.engine.terms import Parser
from careercenter.listings.index import (
    SETTINGS,
    Facet,
    Health,
    ListingDocument,
    Query,
    Results,
    Settings,
)

Part = Callable[[], Iterable[ListingDocument]]


class Engine:
    """A ``ListingSearch`` in memory. Readers never wait and see every change whole or not at all.

    Changes may come late, twice or out of order: of a listing the newest version stands, and a
    removal at some seq stands against all that is older.
    """

    def __init__(self, settings: Settings = SETTINGS) -> None:
        self._parser = Parser(settings)
        self._reader = Reader(empty(settings), self._parser)
        self._writing = Lock()

    @classmethod
    def build(
        cls, documents: Iterable[ListingDocument], seq: int, settings: Settings = SETTINGS
    ) -> "Engine":
        """An engine of these listings that has followed the feed up to ``seq``.

        The documents are taken one by one and none is kept.
        """
        return cls.build_parts([lambda: documents], seq, settings)

    @classmethod
    def build_parts(
        cls,
        parts: Sequence[Part],
        seq: int,
        settings: Settings = SETTINGS,
    ) -> "Engine":
        """The same of several parts, cut by as many processes where that can be.

        A part opens what it reads from, for it may be read in a child of this process. No listing
        is in two of them.
        """
        building, (first, *others) = Building(settings), parts
        errands = [Errand(partial(_cut, part, settings)) for part in others]
        building.add(_cut(first, settings))
        for errand in errands:
            building.add(errand.result())
        engine = cls(settings)
        engine._reader = Reader(building.state(seq), engine._parser)
        return_memory()
        return engine

    def apply(self, upserts: Sequence[ListingDocument], removals: Sequence[int], seq: int) -> None:
        """Writes and takes away listings as they are at ``seq``; searches then see all of it.

        An id in both is taken away. Unknown ids among the removals do no harm. An exception, from
        a document that breaks the contract, leaves the engine as it was.
        """
        with self._writing:
            draft = Draft(self._reader.state)
            for document in upserts:
                draft.put(document)
            for listing_id in removals:
                draft.remove(listing_id, seq)
            self._reader = Reader(draft.state(seq), self._parser)

    def understand(self, settings: Settings) -> None:
        """Read queries by other synonyms from now on; how listings were cut stays as it was."""
        with self._writing:
            self._parser = Parser(settings)
            self._reader = Reader(self._reader.state, self._parser)

    def search(self, query: Query, now: datetime) -> Results:
        """The hits that are live at ``now``."""
        return self._reader.search(query, now)

    def suggest(
        self,
        facet: Facet,
        prefix: str,
        query: Query,
        limit: int = 10,
        now: datetime | None = None,
    ) -> list[tuple[str, int]]:
        """Values of the facet with a word that begins with ``prefix``, most frequent first.

        They are counted under the query without its own choice in the facet, at the present
        instant unless another is given.
        """
        return self._reader.suggest(facet, prefix, query, limit, now or clock.now())

    def health(self) -> Health:
        """Counts the listings held, those that have ended too."""
        state = self._reader.state
        return Health(ok=True, engine=NAME, documents=len(state.held), seq=state.seq)


def _cut(part: Part, settings: Settings) -> Cut:
    return cut(part(), settings)
