"""What holds whatever is asked and in whatever order changes come."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careercenter.listings.engine import grouping
from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import Facet, Query, Range, RangeField
from tests.listings.engine.corpus import NOW, VALUES, listing, listings, queries

BOARD = Engine.build(listings(seed=1, count=60), seq=1)
ASKED = queries(seed=2, count=12)
ASKED += [Query(f'"{words}"') for words in ("risk adjustment", "the of and", "icd 10 cm", "ms drg")]

quick = settings(deadline=None, max_examples=100)
heavy = settings(deadline=None, max_examples=25)  # whole boards are built

seeds = st.integers(0, 10**6)
asked = seeds.map(lambda seed: replace(queries(seed, 1)[0], page=1, partial=False))


def answers(engine):
    """Everything an engine says about some queries, but how far it is."""
    found = [engine.search(query, NOW) for query in ASKED]
    return [(results.hits, results.total, results.facets) for results in found]


@quick
@given(asked, st.sampled_from(list(Facet)), st.data())
def test_a_filter_never_raises_the_total(query, facet, data):
    values = data.draw(st.frozensets(st.sampled_from(VALUES[facet]), min_size=1))
    without = replace(query, filters={f: v for f, v in query.filters.items() if f != facet})
    narrowed = replace(without, filters={**without.filters, facet: values})
    assert BOARD.search(narrowed, NOW).total <= BOARD.search(without, NOW).total


@quick
@given(asked, st.integers(1000, 5000))
def test_a_bound_never_raises_the_total(query, cents):
    without = replace(query, ranges={})
    bounded = replace(query, ranges={RangeField.PAY: Range(low=cents)})
    assert BOARD.search(bounded, NOW).total <= BOARD.search(without, NOW).total


@quick
@given(asked, st.sampled_from(list(Facet)), st.data())
def test_a_choice_does_not_move_the_counts_of_its_own_facet(query, facet, data):
    values = data.draw(st.frozensets(st.sampled_from(VALUES[facet])))
    query = replace(query, facets=(facet,), filters={**query.filters, facet: frozenset()})
    chosen = replace(query, filters={**query.filters, facet: values})
    before = dict(BOARD.search(query, NOW).facets[facet])
    after = dict(BOARD.search(chosen, NOW).facets[facet])
    assert after == dict.fromkeys(values, 0) | before


@quick
@given(asked, st.sampled_from(list(Facet)))
def test_counts_are_the_totals_of_their_values(query, facet):
    if facet is Facet.PAY_BAND:  # whose own choice is the range of pay
        query = replace(query, ranges={})
    for value, count in BOARD.search(replace(query, facets=(facet,)), NOW).facets[facet]:
        alone = replace(query, filters={**query.filters, facet: frozenset({value})})
        assert BOARD.search(alone, NOW).total == count


@quick
@given(asked, st.integers(1, 7))
def test_the_pages_together_are_all_hits_without_repeats(query, per_page):
    whole = BOARD.search(replace(query, per_page=1000), NOW)
    pages = range(1, whole.total // per_page + 3)
    parts = [replace(query, page=page, per_page=per_page) for page in pages]
    hits = [hit for part in parts for hit in BOARD.search(part, NOW).hits]
    assert hits == list(whole.hits)
    assert len({hit.id for hit in hits}) == len(hits) == whole.total


@heavy
@given(seeds)
def test_the_order_in_which_listings_come_does_not_matter(seed):
    documents = listings(seed, 12)
    other = [
        replace(document, facets={f: tuple(reversed(v)) for f, v in document.facets.items()})
        for document in reversed(documents)
    ]
    assert answers(Engine.build(documents, 1)) == answers(Engine.build(other, 1))


@heavy
@given(seeds)
def test_applying_twice_is_applying_once(seed):
    documents = listings(seed, 12)
    engine = Engine.build(documents[:6], 1)
    gone = [documents[0].id, 5000]
    engine.apply(documents[3:], gone, 100)
    once = answers(engine)
    engine.apply(documents[3:], gone, 100)
    assert answers(engine) == once


@heavy
@given(seeds)
def test_an_older_version_after_a_newer_one_changes_nothing(seed):
    documents = listings(seed, 8)
    engine = Engine.build(documents, 200)
    before = answers(engine)
    older = [
        replace(new, id=old.id, version=old.version - 1) for old, new in pairs(documents, seed)
    ]
    engine.apply(older, [], 50)
    assert answers(engine) == before
    assert engine.health().seq == 200


@heavy
@given(seeds)
def test_changes_in_any_order_and_any_batches_lead_to_the_same_board(seed):
    random = Random(seed)
    history = [(n, random.random() < 0.3, new) for n, new in enumerate(listings(seed, 30), 1)]
    history = [(n, gone, replace(new, id=n % 9, version=n)) for n, gone, new in history]
    last = {new.id: (gone, new) for _, gone, new in history}
    fresh = Engine.build([new for gone, new in last.values() if not gone], 30)
    engine = Engine()
    random.shuffle(history)
    for n, gone, new in history:
        engine.apply([] if gone else [new], [new.id] if gone else [], n)
    assert answers(engine) == answers(fresh)
    assert engine.health() == fresh.health()


@pytest.mark.parametrize("seed", range(20))
def test_groups_of_words_follow_the_changes(seed, monkeypatch):
    plain = Engine.build(listings(seed, 20), 1)
    monkeypatch.setattr(grouping, "_FEW", 0)
    grouped = Engine.build(listings(seed, 20), 1)
    for n in range(2, 6):
        changes = [replace(new, version=100 * n) for new in listings(seed * 9 + n, 12)]
        gone = [new.id for new in changes[8:]]
        for engine in (plain, grouped):
            engine.apply(changes, gone, 100 * n)
        assert answers(plain) == answers(grouped)


def pairs(documents, seed):
    return zip(documents, listings(seed + 1, len(documents)), strict=True)


def ids(engine, text):
    return [hit.id for hit in engine.search(Query(text), NOW).hits]


def test_a_listing_that_is_gone_can_come_back_but_not_as_it_was():
    engine = Engine.build([listing(1, version=1, title="old")], 1)
    engine.apply([], [1], 5)
    engine.apply([listing(1, version=4, title="older")], [], 6)
    assert ids(engine, "") == []
    engine.apply([listing(1, version=7, title="new")], [], 7)
    assert (ids(engine, "new "), ids(engine, "old")) == ([1], [])


def test_a_late_removal_leaves_what_came_after_it():
    engine = Engine.build([listing(1, version=9)], 9)
    engine.apply([], [1], 8)
    assert ids(engine, "") == [1]


def test_an_id_in_both_lists_is_taken_away():
    engine = Engine()
    engine.apply([listing(1, version=3)], [1], 3)
    assert ids(engine, "") == []


def test_a_document_that_breaks_the_contract_changes_nothing():
    engine = Engine.build([listing(1, title="coder")], 1)
    broken = replace(listing(3, version=2), posted_at=NOW.replace(tzinfo=None))
    with pytest.raises(TypeError):
        engine.apply([listing(2, version=2), broken], [1], 2)
    assert (ids(engine, ""), engine.health().seq) == ([1], 1)
    engine.apply([listing(2, version=2)], [1], 2)
    assert ids(engine, "") == [2]
