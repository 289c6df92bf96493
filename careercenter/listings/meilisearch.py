"""Searches in Meilisearch. ``search_sync`` writes what is found here.

A search is one request: the hits, for each facet with a choice its counts without that choice, and
the bookmark that says how far the feed was followed. What was typed is read and cut here, see
``meili.text``, so that both engines look for the same.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

import structlog

from careercenter import clock
from careercenter.listings.engine.terms import Term
from careercenter.listings.engine.text import fold, tokens
from careercenter.listings.index import (
    SETTINGS,
    Facet,
    Health,
    Query,
    Results,
    SearchDown,
    Settings,
)
from careercenter.listings.meili.breaker import Breaker
from careercenter.listings.meili.documents import BOOKMARK
from careercenter.listings.meili.filters import chosen
from careercenter.listings.meili.plan import Answer, Asked, Plan, counts
from careercenter.listings.meili.server import Refused, Server, ServerDown, ServerSlow
from careercenter.listings.meili.text import Asking

NAME = "meilisearch"
INDEX = "listings"
CONNECT_SECONDS, ANSWER_SECONDS = 0.2, 0.6  # together what a page waits at most

log = structlog.get_logger()


def nothing() -> None:
    """Nothing is to be done before a request."""


class MeiliListings:
    """A ``ListingSearch``; threads share one. ``url``, ``key``: of the server, only to search.

    ``before`` is called before each request: the caller's transaction is to end by then.
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        index: str = INDEX,
        settings: Settings = SETTINGS,
        breaker: Breaker | None = None,
        seconds: tuple[float, float] = (CONNECT_SECONDS, ANSWER_SECONDS),
        before: Callable[[], None] = nothing,
    ) -> None:
        self._before = before
        self._seconds = seconds
        self._url, self._key, self._index = url, key, index
        self._asking = Asking(settings)
        self._breaker = breaker or Breaker()
        self._own = threading.local()

    def close(self) -> None:
        """Let go of this thread's connection. The next search opens a new one."""
        if server := getattr(self._own, "server", None):
            server.close()
            del self._own.server

    def search(self, query: Query, now: datetime) -> Results:
        """Raises ``SearchDown``."""
        terms = self._asking.terms(query.text)
        results = self._results(query, terms, now)
        if results.total or not query.partial or len(terms) < 2:
            return results
        return self._results(query, self._most_that_find(query, terms, now), now)

    def suggest(
        self,
        facet: Facet,
        prefix: str,
        query: Query,
        limit: int = 10,
        now: datetime | None = None,
    ) -> list[tuple[str, int]]:
        """Its own facet search would look at the beginning of the whole value alone."""
        plan = self._plan(query, self._asking.terms(query.text), now or clock.now())
        (answer,) = self._ask([plan.counting(facet)])
        with _read_as_promised():
            sought = "-" + "-".join(
                run for token in tokens(fold(prefix)) for run in token.split("-")
            )
            pairs = counts(answer, facet, frozenset())
            return [pair for pair in pairs if sought in f"-{fold(pair[0])}"][:limit]

    def health(self) -> Health:
        """Raises ``SearchDown``. Asks even while searches are kept away."""
        self._before()
        everything = {"filter": f"id > {BOOKMARK}", "page": 1, "hitsPerPage": 0}
        try:
            found = self._server().search([self._to_index(everything), self._bookmark()])
        except (ServerDown, Refused) as error:
            raise SearchDown from error
        with _read_as_promised():
            return Health(ok=True, engine=NAME, documents=found[0]["totalHits"], seq=_seq(found[1]))

    def _results(self, query: Query, terms: Sequence[Term], now: datetime) -> Results:
        plan = self._plan(query, terms, now)
        apart = [facet for facet in query.facets if chosen(query, facet)]
        pages = plan.pages()
        answers = iter(self._ask([*pages, *map(plan.counting, apart), self._bookmark()]))
        with _read_as_promised():
            found = list(islice(answers, len(pages)))
            own = zip(apart, islice(answers, len(apart)), strict=True)
            counted = {**dict.fromkeys(query.facets, found[0]), **dict(own)}
            return Results(
                hits=plan.hits(found),
                total=found[0]["totalHits"],
                facets={
                    facet: counts(answer, facet, query.filters.get(facet, frozenset()))
                    for facet, answer in counted.items()
                },
                engine=NAME,
                seq=_seq(next(answers, {})),
            )

    def _most_that_find(self, query: Query, terms: Sequence[Term], now: datetime) -> Sequence[Term]:
        """The terms without as many of the last as must go for something to be found.

        The first stays, whatever it finds.
        """
        fewer = [terms[:count] for count in range(len(terms) - 1, 0, -1)]
        plans = [self._plan(query, some, now) for some in fewer]
        answers = self._ask([plan.counting() for plan in plans])
        with _read_as_promised():
            found = (some for some, a in zip(fewer, answers, strict=True) if a["totalHits"])
            return next(found, fewer[-1])

    def _plan(self, query: Query, terms: Sequence[Term], now: datetime) -> Plan:
        words = {"q": self._asking.text(terms), "matchingStrategy": "all"}
        return Plan(query, self._to_index(words), len(terms), now)

    def _to_index(self, asked: Asked) -> Asked:
        return {"indexUid": self._index, **asked}

    def _bookmark(self) -> Asked:
        only = {"filter": f"id = {BOOKMARK}", "page": 1, "hitsPerPage": 1}
        return self._to_index({**only, "attributesToRetrieve": ["v"]})

    def _ask(self, queries: Sequence[Asked]) -> list[Answer]:
        if not self._breaker.lets_through():
            raise SearchDown
        self._before()
        began = time.monotonic()
        try:
            answers = self._server().search(queries)
        except ServerDown as error:
            if self._breaker.failed(slow=isinstance(error, ServerSlow)):
                log.error("search.meilisearch_down", error=type(error).__name__)
            raise SearchDown from error
        except Refused as error:  # it lives: its index is away, or not as this code wants it
            self._breaker.succeeded()
            log.error("search.meilisearch_refused", code=error.code)
            raise SearchDown from error
        if time.monotonic() - began > sum(self._seconds):
            self._breaker.failed(slow=True)
        else:
            self._breaker.succeeded()
        return answers

    def _server(self) -> Server:
        """This thread's, for a client is not to be shared; another after a fork."""
        if getattr(self._own, "pid", None) != os.getpid():
            self._own.pid = os.getpid()
            self._own.server = None
        if getattr(self._own, "server", None) is None:
            self._own.server = Server(self._url, self._key, self._seconds)
        server: Server = self._own.server
        return server


@contextmanager
def _read_as_promised() -> Iterator[None]:
    """What is not as the server's documentation says comes from something else at its address."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        log.error("search.meilisearch_unreadable", error=type(error).__name__)
        raise SearchDown from error


def _seq(answer: Answer) -> int:
    return int(answer["hits"][0]["v"]) if answer["hits"] else 0
