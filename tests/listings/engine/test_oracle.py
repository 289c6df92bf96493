"""The engine answers as the oracle does, over random listings and queries."""

from datetime import timedelta

import pytest

from careercenter.listings.engine import grouping
from careercenter.listings.engine.engine import Engine
from tests.listings.engine import oracle
from tests.listings.engine.corpus import NOW, listings, queries

LISTINGS, QUERIES = 100, 500


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_total_order_and_counts_are_those_of_the_oracle(seed, monkeypatch):
    if seed % 2:  # or the board is too small for groups of words
        monkeypatch.setattr(grouping, "_FEW", 0)
    documents = listings(seed, LISTINGS)
    engine = Engine.build(documents, seq=1)
    fruitful = 0
    for n, query in enumerate(queries(1000 + seed, QUERIES)):
        now = NOW + timedelta(hours=n % 4)
        results = engine.search(query, now)
        told = (results.total, results.hits, results.facets, results.corrected)
        assert told == oracle.answer(documents, query, now), query
        fruitful += bool(results.hits)
    assert fruitful > QUERIES / 4  # or the comparison would say little
