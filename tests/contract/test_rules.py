"""No rule can be lost unnoticed: without it, some query of the golden set is answered wrong."""

from dataclasses import replace

import pytest

from careercenter.listings.engine import grouping, text
from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import SETTINGS
from tests.contract import rules
from tests.contract.golden import DOCUMENTS, failed

MIRROR = 1000  # no golden id is as large


def board(documents=DOCUMENTS, settings=SETTINGS):
    return Engine.build(documents, seq=1, settings=settings)


@pytest.fixture(scope="module")
def plain():
    return board()


def test_with_all_rules_nothing_fails(plain):
    assert not failed(plain.search)


def test_nor_where_words_side_by_side_are_listed(monkeypatch):
    monkeypatch.setattr(grouping, "_FEW", 0)
    assert not failed(board().search)


@pytest.mark.parametrize("changes", rules.SETTING.values(), ids=rules.SETTING)
def test_without_a_setting(changes):
    assert failed(board(settings=replace(SETTINGS, **changes)).search)


@pytest.mark.parametrize("change", rules.ASKING.values(), ids=rules.ASKING)
def test_asked_otherwise(change, plain):
    assert failed(lambda query, now: plain.search(change(query), now))


@pytest.mark.parametrize("change", rules.LISTING.values(), ids=rules.LISTING)
def test_with_listings_that_lack_it(change):
    assert failed(board(map(change, DOCUMENTS)).search)


@pytest.mark.parametrize("change", rules.ANSWER.values(), ids=rules.ANSWER)
def test_answered_otherwise(change, plain):
    assert failed(lambda query, now: change(plain.search, query))


@pytest.fixture
def forgetful():
    """What the engine remembers of words was found by its rules as they are."""
    text.runs.cache_clear()
    yield
    text.runs.cache_clear()


@pytest.mark.parametrize("patches", rules.PATCH.values(), ids=rules.PATCH)
def test_without_a_rule_of_the_engine(patches, forgetful, monkeypatch):
    for owner, name, other in patches:
        monkeypatch.setattr(owner, name, other)
    assert failed(board().search)


def test_without_the_order_of_ids():
    mirrored = board([replace(d, id=MIRROR - d.id) for d in DOCUMENTS])

    def search(query, now):
        query = replace(query, hidden=frozenset(MIRROR - one for one in query.hidden))
        results = mirrored.search(query, now)
        hits = tuple(replace(hit, id=MIRROR - hit.id) for hit in results.hits)
        return replace(results, hits=hits)

    assert failed(search)
