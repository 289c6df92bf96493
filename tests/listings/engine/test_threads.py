"""Many read while one writes."""

import sys
import threading

import pytest

from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import Facet, Query
from tests.listings.engine.corpus import NOW, listing

LISTINGS, CHANGES, READERS = 30, 40, 4
QUERY = Query('coder "of season"', facets=(Facet.ROLE,), per_page=LISTINGS)


def season(n):
    """All listings of the board at change ``n``: the same ids, some with other words."""
    text = {"title": f"coder year{n}", "description": f"of season{' x' * n}"}
    facets = {Facet.ROLE: (f"role-{n}",)}
    return [listing(id, version=n, facets=facets, **text) for id in range(LISTINGS)]


@pytest.fixture
def restless():
    """Threads take turns a thousand times as often as they would."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("restless")
def test_every_answer_is_that_of_one_moment():
    engine = Engine.build(season(1), 1)
    seen, failures, over = set(), [], threading.Event()

    def read():
        while not over.is_set():
            try:
                results = engine.search(QUERY, NOW)
                assert results.total == len(results.hits) == LISTINGS
                assert {hit.version for hit in results.hits} == {results.seq}
                assert results.facets[Facet.ROLE] == ((f"role-{results.seq}", LISTINGS),)
                seen.add(results.seq)
            except BaseException as failure:
                failures.append(failure)
                return

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for n in range(2, CHANGES):
        engine.apply(season(n), [], n)
    over.set()
    for reader in readers:
        reader.join()
    assert not failures
    assert len(seen) > 2
