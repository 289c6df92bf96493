"""Meilisearch, through the official client, against the embedded engine: the same lists."""

import os
from dataclasses import replace

import pytest

from tests.contract import engines
from tests.contract.boards import NOW, asked, board
from tests.contract.comparing import difference


@pytest.fixture(scope="module")
def documents():
    return board()


@pytest.fixture(scope="module")
def embedded(documents):
    with engines.Embedded().board(documents) as made:
        yield made.search


@pytest.fixture(scope="module")
def obedient(docile, documents):
    with docile.board(documents) as made:
        yield made.search


@pytest.fixture(scope="module")
def habitual(standin, documents):
    with standin.board(documents) as made:
        yield made.search


def differences(queries, one, other):
    found = ((query, difference(query, one(query, NOW), other(query, NOW))) for query in queries)
    return [f"{query.text!r}: {told}" for query, told in found if told]


def test_both_answer_alike(embedded, obedient):
    assert not differences(asked(seed=2, count=300), embedded, obedient)


@pytest.mark.slow
def test_both_answer_thousands_of_queries_alike(embedded, obedient):
    seed = int(os.environ.get("CONTRACT_SEED", "3"))
    assert not differences(asked(seed, count=2000), embedded, obedient)


def test_a_server_with_habits_finds_whatever_the_embedded_engine_does(embedded, habitual):
    whole = [replace(q, page=1, per_page=1000, partial=False) for q in asked(seed=4, count=200)]
    more = 0
    for query in whole:
        ours, theirs = embedded(query, NOW), habitual(query, NOW)
        assert {hit.id for hit in ours.hits} <= {hit.id for hit in theirs.hits}, query.text
        more += ours.total < theirs.total
    assert more <= len(whole) // 20, "it seldom finds more"
