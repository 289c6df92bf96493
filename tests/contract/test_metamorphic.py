"""What holds for every engine, whatever is asked."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careercenter.listings.index import Facet, Range, RangeField
from tests.contract.boards import NOW, VALUES, asked, board, query

few = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
fewer = settings(few, max_examples=4)  # boards are made and changed
seeds = st.integers(0, 10**6)
facets = st.sampled_from(list(Facet))
queries = seeds.map(lambda seed: replace(query(seed), page=1, partial=False))


@pytest.fixture(scope="module")
def search(engine):
    with engine.board(board()) as made:
        yield lambda asked: made.search(asked, NOW)


def chosen(asked, facet, values):
    return replace(asked, filters={**asked.filters, facet: frozenset(values)})


def answers(made):
    found = [made.search(one, NOW) for one in asked(seed=5, count=12)]
    return [(results.hits, results.total, results.facets) for results in found]


@few
@given(asked=queries, facet=facets, data=st.data())
def test_a_filter_never_raises_the_total(search, asked, facet, data):
    values = data.draw(st.frozensets(st.sampled_from(VALUES[facet]), min_size=1))
    whole = chosen(asked, facet, ())
    assert search(chosen(asked, facet, values)).total <= search(whole).total


@few
@given(asked=queries, cents=st.integers(1000, 5000))
def test_a_bound_never_raises_the_total(search, asked, cents):
    bounded = replace(asked, ranges={RangeField.PAY: Range(low=cents)})
    assert search(bounded).total <= search(replace(asked, ranges={})).total


@few
@given(asked=queries, facet=facets, data=st.data())
def test_a_choice_does_not_move_the_counts_of_its_own_facet(search, asked, facet, data):
    values = data.draw(st.frozensets(st.sampled_from(VALUES[facet])))
    asked = chosen(replace(asked, facets=(facet,)), facet, ())
    before, after = search(asked), search(chosen(asked, facet, values))
    assert dict(after.facets[facet]) == dict.fromkeys(values, 0) | dict(before.facets[facet])


@few
@given(asked=queries, facet=facets)
def test_counts_are_the_totals_of_their_values(search, asked, facet):
    if facet is Facet.PAY_BAND:  # whose own choice is the range of pay too
        asked = replace(asked, ranges={})
    for value, count in search(replace(asked, facets=(facet,))).facets[facet][:4]:
        assert search(chosen(asked, facet, [value])).total == count


@few
@given(asked=queries, facet=facets, data=st.data())
def test_excluding_a_value_leaves_all_that_lack_it(search, asked, facet, data):
    value = frozenset({data.draw(st.sampled_from(VALUES[facet]))})
    asked = replace(chosen(asked, facet, ()), excluded={})
    having = search(chosen(asked, facet, value)).total
    lacking = search(replace(asked, excluded={facet: value})).total
    assert having + lacking == search(asked).total


@few
@given(asked=queries)
def test_hiding_what_is_found_leaves_the_rest_as_it_was(search, asked):
    whole = search(replace(asked, per_page=1000, hidden=frozenset()))
    hidden = frozenset(hit.id for hit in whole.hits[::3])
    rest = search(replace(asked, per_page=1000, hidden=hidden))
    assert rest.hits == tuple(hit for hit in whole.hits if hit.id not in hidden)


@few
@given(asked=queries, per_page=st.integers(3, 20))
def test_the_pages_together_are_all_hits_without_repeats(search, asked, per_page):
    whole = search(replace(asked, per_page=1000))
    pages = range(1, min(whole.total // per_page + 3, 9))
    hits = [hit for n in pages for hit in search(replace(asked, page=n, per_page=per_page)).hits]
    assert hits == [*whole.hits[: len(pages) * per_page]]
    assert len({hit.id for hit in whole.hits}) == len(whole.hits) == whole.total


@few
@given(asked=queries)
def test_the_order_of_what_is_asked_does_not_matter(search, asked):
    other = replace(
        asked,
        filters=dict(reversed(asked.filters.items())),
        excluded=dict(reversed(asked.excluded.items())),
        ranges=dict(reversed(asked.ranges.items())),
        facets=asked.facets[::-1],
        near=asked.near[::-1],
    )
    one, two = search(asked), search(other)
    assert (one.hits, one.total, dict(one.facets)) == (two.hits, two.total, dict(two.facets))


@fewer
@given(seed=seeds)
def test_the_order_in_which_listings_come_does_not_matter(engine, seed):
    documents = board(seed, 20)
    other = [
        replace(document, facets={f: v[::-1] for f, v in document.facets.items()})
        for document in reversed(documents)
    ]
    with engine.board(documents) as one, engine.board(other) as two:
        assert answers(one) == answers(two)


@fewer
@given(seed=seeds)
def test_applying_twice_is_applying_once(engine, seed):
    documents = board(seed, 20)
    gone = [documents[0].id, 5000]
    with engine.board(documents[:10]) as made:
        made.apply(documents[5:], gone, 100)
        once = answers(made)
        made.apply(documents[5:], gone, 100)
        assert answers(made) == once


@fewer
@given(seed=seeds)
def test_what_is_applied_in_parts_is_as_if_it_had_always_been_so(engine, seed):
    old, new = board(seed, 20), board(seed + 1, 20)
    changed = [replace(n, id=o.id, version=o.version + 1) for n, o in zip(new, old, strict=True)]
    gone = [document.id for document in old[15:]]
    with engine.board(old) as made, engine.board(changed[:10] + old[10:15]) as fresh:
        made.apply(changed[:10], [], 100)
        made.apply([], gone, 101)
        assert answers(made) == answers(fresh)


@fewer
@given(seed=seeds)
def test_an_older_version_after_a_newer_one_changes_nothing(engine, seed):
    if engine.name != "embedded":
        pytest.skip("the sync reads what is true when it writes: it sends no older version")
    documents, others = board(seed, 20), board(seed + 1, 20)
    with engine.board(documents) as made:
        before = answers(made)
        pairs = zip(documents, others, strict=True)
        made.apply([replace(o, id=d.id, version=d.version - 1) for d, o in pairs], [], 0)
        assert answers(made) == before
