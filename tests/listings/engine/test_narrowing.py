"""What leaves listings out, and which counts that moves."""

import pytest

from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import Facet, Query, Range, RangeField
from tests.listings.engine.corpus import NOW, listing


def board(*documents):
    return Engine.build(documents, seq=1)


def search(engine, text="", **query):
    return engine.search(Query(text, **query), NOW)


def ids(engine, **query):
    return [hit.id for hit in search(engine, **query).hits]


def paid(id, low, high):
    band = (str(high // 100),)
    return listing(id, pay_min=low, pay_max=high, facets={Facet.PAY_BAND: band})


def set_(*values):
    return {Facet.FIT: frozenset(values)}


def test_excluded_values_leave_out_who_has_any_of_them_even_beside_a_chosen_one():
    engine = board(
        listing(1, facets={Facet.FIT: ("cpc", "ccs")}),
        listing(2, facets={Facet.FIT: ("cpc",)}),
        listing(3, facets={Facet.FIT: ("ccs",)}),
        listing(4),
    )
    assert ids(engine, excluded=set_("ccs")) == [4, 2]
    assert ids(engine, excluded=set_("ccs", "cpc")) == [4]
    assert ids(engine, excluded=set_("ccs"), filters=set_("cpc")) == [2]
    assert ids(engine, excluded=set_()) == ids(engine, excluded=set_("none")) == [4, 3, 2, 1]


def test_what_is_excluded_is_not_counted_in_its_own_facet_either():
    engine = board(
        listing(1, facets={Facet.ROLE: ("coder", "lead")}),
        listing(2, facets={Facet.ROLE: ("coder",)}),
    )
    roles = search(engine, excluded={Facet.ROLE: frozenset({"lead"})}, facets=(Facet.ROLE,))
    assert (roles.total, roles.facets) == (1, {Facet.ROLE: (("coder", 1),)})


def test_hidden_listings_are_in_no_total_no_page_and_no_count():
    engine = board(*[listing(n, facets={Facet.ROLE: ("coder",)}) for n in (1, 2, 3)])
    results = search(engine, hidden=frozenset({1, 3, 999}), facets=(Facet.ROLE,))
    assert [hit.id for hit in results.hits] == [2]
    assert (results.total, results.facets) == (1, {Facet.ROLE: (("coder", 1),)})
    hidden = Query(hidden=frozenset({1, 2}))
    assert engine.suggest(Facet.ROLE, "cod", hidden, now=NOW) == [("coder", 1)]


def test_bands_of_pay_are_counted_without_the_range_of_pay_and_all_else_with_it():
    engine = board(paid(1, 2000, 2500), paid(2, 3000, 3500), paid(3, 4000, 4500))
    pay, facets = {RangeField.PAY: Range(low=3100)}, (Facet.PAY_BAND, Facet.ROLE)
    results = search(engine, ranges=pay, facets=facets)
    assert results.total == 2
    assert results.facets[Facet.PAY_BAND] == (("25", 1), ("35", 1), ("45", 1))
    band = {Facet.PAY_BAND: frozenset({"25", "35"})}
    both = search(engine, ranges=pay, filters=band, facets=facets)
    assert both.total == 1
    assert both.facets[Facet.PAY_BAND] == (("25", 1), ("35", 1), ("45", 1))


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(None, 2, [2, 1]), (2, None, [3, 2]), (2, 2, [2]), (None, None, [3, 2, 1]), (4, 9, [])],
)
def test_years_are_bounded_at_both_ends(low, high, found):
    engine = board(listing(1, years=0), listing(2, years=2), listing(3, years=3))
    assert ids(engine, ranges={RangeField.YEARS: Range(low, high)}) == found
