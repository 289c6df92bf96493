"""A query's narrowing in the words of Meilisearch."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.listings.index import Facet, Near, Query, Range, RangeField
from careercenter.listings.meili.filters import chosen, clauses, quoted
from tests.contract.standin.filters import Filter, Rules

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ALIVE = "posted <= 1767225600 AND expires > 1767225600000000"


def narrowed(without=None, **query):
    first, *rest = clauses(Query(**query), NOW, without)
    assert first == ALIVE, "what has not begun or has ended is never found"
    return rest


def test_values_of_a_facet_are_alternatives_in_one_order():
    assert narrowed(filters={Facet.STATE: frozenset({"TX", "IA"})}) == [
        'facet_state IN ["IA", "TX"]'
    ]


def test_an_empty_choice_is_none():
    assert narrowed(filters={Facet.STATE: frozenset()}, excluded={Facet.STATE: frozenset()}) == []


def test_what_is_excluded_and_hidden_is_left_out():
    assert narrowed(excluded={Facet.EMPLOYER: frozenset({"acme"})}, hidden=frozenset({9, 3})) == [
        'NOT (facet_employer IN ["acme"])',
        "id NOT IN [3, 9]",
    ]


def test_a_range_of_pay_is_reached_into():
    assert narrowed(ranges={RangeField.PAY: Range(2500, 4000)}) == [
        "pay_max >= 2500",
        "pay_min <= 4000",
    ]


def test_circles_are_alternatives():
    (clause,) = narrowed(near=(Near(41.5, -93.6, 10), Near(30, -97, 25)))
    assert clause == (
        "(_geoRadius(41.5000000, -93.6000000, 16093.262) "
        "OR _geoRadius(30.0000000, -97.0000000, 40233.152))"
    )


def test_the_choice_in_one_facet_is_left_aside():
    query = {
        "filters": {Facet.STATE: frozenset({"TX"}), Facet.ROLE: frozenset({"coder"})},
        "ranges": {RangeField.PAY: Range(low=2500)},
    }
    assert narrowed(Facet.STATE, **query) == ['facet_role IN ["coder"]', "pay_max >= 2500"]
    assert len(narrowed(Facet.PAY_BAND, **query)) == 2, "pay is the choice among its bands"
    assert chosen(Query(**query), Facet.PAY_BAND)
    assert not chosen(Query(ranges={RangeField.PAY: Range()}), Facet.PAY_BAND)


@given(st.text("ab1 \"'\\[]=", max_size=12))
def test_no_value_breaks_out_of_its_quotes(value):
    rules = Rules(["facet_role", "expires", "id"])
    (clause,) = narrowed(filters={Facet.ROLE: frozenset({value})})
    test = Filter([clause], rules)
    assert test.passes({"facet_role": [value], "id": 1}) == (quoted(value) is not None)
    assert not test.passes({"facet_role": ["another one"], "id": 1})


@pytest.mark.parametrize("value", ["\\", 'a\\"b', "a\\"])
def test_what_a_filter_cannot_carry_matches_nothing(value):
    assert narrowed(filters={Facet.ROLE: frozenset({value})}) == ["id < 0"]
    assert narrowed(filters={Facet.ROLE: frozenset({value, "coder"})}) == [
        'facet_role IN ["coder"]'
    ]
