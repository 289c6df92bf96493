"""The engine: a reader of the present state, put in place of the last at every change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from threading import Lock

from careercenter import clock
from careercenter.listings.engine.draft import Draft
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

_BATCH = 5000  # documents in one draft: more make it faster and take more memory meanwhile


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
        engine = cls(settings)
        engine._change(documents, (), seq)
        return engine

    def apply(self, upserts: Sequence[ListingDocument], removals: Sequence[int], seq: int) -> None:
        """Writes and takes away listings as they are at ``seq``; searches then see all of it.

        An id in both is taken away. Unknown ids among the removals do no harm. An exception, from
        a document that breaks the contract, leaves the engine as it was.
        """
        self._change(upserts, removals, seq)

    def search(self, query: Query, now: datetime) -> Results:
        """The hits that end after ``now``."""
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

    def _change(
        self, upserts: Iterable[ListingDocument], removals: Iterable[int], seq: int
    ) -> None:
        with self._writing:
            draft = Draft(self._reader.state)
            for n, document in enumerate(upserts, 1):
                draft.put(document)
                if n % _BATCH == 0:
                    draft = Draft(draft.state(seq))
            for listing_id in removals:
                draft.remove(listing_id, seq)
            self._reader = Reader(draft.state(seq), self._parser)
