"""Order, pages, ranges, places, counts and suggestions: small boards whose answers are plain."""

from dataclasses import replace
from datetime import timedelta

import pytest

from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import (
    SETTINGS,
    Facet,
    Health,
    Hit,
    ListingSearch,
    Near,
    Query,
    Range,
    RangeField,
    Sort,
)
from tests.listings.engine.corpus import NOW, listing

DALLAS, FORT_WORTH, AUSTIN = (32.7767, -96.7970), (32.7555, -97.3308), (30.2672, -97.7431)
APART = 31.0485  # miles from Dallas to Fort Worth by the haversine formula


def board(*documents):
    return Engine.build(documents, seq=7)


def ids(engine, text="", now=NOW, **query):
    return [hit.id for hit in engine.search(Query(text, **query), now).hits]


def test_without_words_quality_comes_before_the_day_and_the_day_before_the_id():
    day = timedelta(days=1)
    engine = board(
        listing(1, quality=1, posted_at=NOW - 9 * day),
        listing(2, quality=0, posted_at=NOW),
        listing(3, quality=0, posted_at=NOW - day),
        listing(4, quality=0, posted_at=NOW - timedelta(hours=12)),  # midnight: the same day
    )
    assert ids(engine) == [1, 4, 2, 3]


def test_fewer_typos_come_before_better_attributes_and_these_before_quality():
    engine = board(
        listing(1, title="inpatient", quality=1),
        listing(2, title="inpatient", quality=2),
        listing(3, description="inpatient", quality=9),
        listing(4, title="inpatiemt", quality=9),
        listing(5, title="inpatiemk", quality=9),
        listing(6, title="inpatiemt", description="inpatient", quality=0),
    )
    assert ids(engine, "inpatient ") == [2, 1, 3, 6, 4, 5]


def test_each_word_counts_with_its_best_attribute():
    engine = board(
        listing(1, title="coder", description="remote coder", quality=9),
        listing(2, title="coder", keywords="remote"),
        listing(3, title="remote coder"),
        listing(4, keywords="remote coder"),
    )
    assert ids(engine, "remote coder ") == [3, 2, 1, 4]


def test_a_phrase_counts_where_it_is_said_not_where_its_words_are():
    engine = board(
        listing(1, title="adjustment of risk", description="risk adjustment", quality=9),
        listing(2, keywords="risk adjustment"),
    )
    assert ids(engine, '"risk adjustment"') == [2, 1]


def test_the_values_of_facets_say_no_phrase():
    values = {Facet.ROLE: ("risk", "adjustment")}
    engine = board(listing(description="risk of adjustment", facets=values))
    assert ids(engine, '"risk adjustment"') == []


def test_a_synonym_a_chain_and_a_prefix_are_as_good_as_the_word():
    engine = board(
        listing(1, title="full time"), listing(2, title="full-time"), listing(3, title="full-timer")
    )
    assert ids(engine, "full-time") == [3, 2, 1]


def test_the_newest_come_first_by_the_second_whatever_their_words():
    second = timedelta(seconds=1)
    engine = board(
        listing(1, title="coder", posted_at=NOW - 2 * second, quality=9),
        listing(2, description="coder", posted_at=NOW - second),
        listing(3, title="coder", posted_at=NOW - second),
    )
    assert ids(engine, "coder", sort=Sort.NEWEST) == [3, 2, 1]


def test_the_best_paid_come_first_by_the_top_of_their_range():
    engine = board(
        listing(1, pay_min=1000, pay_max=5000),
        listing(2, pay_min=3000, pay_max=4000, quality=1),
        listing(3, pay_min=3900, pay_max=4000),
    )
    assert ids(engine, sort=Sort.PAY) == [1, 2, 3]


def test_the_nearest_come_first_and_tell_how_far_they_are():
    engine = board(
        listing(1, points=(FORT_WORTH,)), listing(2, points=(AUSTIN, DALLAS)), listing(3)
    )
    query = Query(near=(Near(*DALLAS, 50),), sort=Sort.DISTANCE)
    near, far = engine.search(query, NOW).hits
    assert near == Hit(id=2, version=1, miles=0.0)
    assert (far.id, far.miles) == (1, pytest.approx(APART, abs=5e-5))


def test_without_a_place_the_nearest_are_the_most_relevant():
    assert ids(board(listing(1, quality=1), listing(2)), sort=Sort.DISTANCE) == [1, 2]


def test_a_listing_on_the_circle_is_inside():
    engine = board(listing(points=(FORT_WORTH,)))
    (hit,) = engine.search(Query(near=(Near(*DALLAS, 100),)), NOW).hits
    assert ids(engine, near=(Near(*DALLAS, hit.miles),)) == [1]
    assert ids(engine, near=(Near(*DALLAS, hit.miles - 0.001),)) == []


def test_any_circle_will_do_and_the_miles_are_to_the_nearest_centre():
    engine = board(listing(1, points=(FORT_WORTH,)), listing(2, points=(AUSTIN,)))
    circles = (Near(*AUSTIN, 1), Near(*FORT_WORTH, 500), Near(*DALLAS, 1))
    assert sorted(ids(engine, near=circles)) == [1, 2]
    assert {hit.miles for hit in engine.search(Query(near=circles), NOW).hits} == {0.0}


def test_pages_do_not_overlap_and_beyond_the_last_there_is_nothing_but_the_total():
    engine = board(*[listing(n) for n in range(1, 6)])
    pages = [ids(engine, page=page, per_page=2) for page in (1, 2, 3)]
    assert pages == [[5, 4], [3, 2], [1]]
    for page, per_page in ((4, 2), (1, 0), (0, 2)):
        beyond = engine.search(Query(page=page, per_page=per_page), NOW)
        assert (beyond.hits, beyond.total) == ((), 5)


def test_a_listing_ends_at_its_very_instant():
    engine = board(
        listing(1, expires_at=NOW), listing(2, expires_at=NOW + timedelta(microseconds=1))
    )
    assert ids(engine) == [2]
    assert ids(engine, now=NOW + timedelta(days=9)) == []
    assert ids(engine, now=NOW - timedelta(hours=9)) == [2, 1]


def test_a_listing_begins_at_its_very_second():
    hour = NOW + timedelta(hours=1)
    engine = board(listing(1, posted_at=hour), listing(2))
    assert ids(engine) == [2]
    assert ids(engine, now=hour - timedelta(microseconds=1)) == [2]
    assert ids(engine, now=hour) == [1, 2]
    assert ids(engine, now=NOW) == [2]


@pytest.mark.parametrize(
    ("field", "low", "high", "met"),
    [
        (RangeField.PAY, 3000, None, True),
        (RangeField.PAY, 3001, None, False),
        (RangeField.PAY, None, 2000, True),
        (RangeField.PAY, None, 1999, False),
        (RangeField.PAY, 2500, 2500, True),
        (RangeField.PAY, None, None, True),
        (RangeField.POSTED, 1000, 1000, True),
        (RangeField.POSTED, 1001, None, False),
        (RangeField.POSTED, None, 999, False),
    ],
)
def test_a_listing_is_in_a_range_that_its_own_reaches_into(field, low, high, met):
    posted = NOW - timedelta(seconds=NOW.timestamp() - 1000, microseconds=-1)
    engine = board(listing(pay_min=2000, pay_max=3000, posted_at=posted))
    assert bool(ids(engine, ranges={field: Range(low, high)})) is met


def test_words_are_dropped_from_the_right_until_something_is_found():
    engine = board(listing(1, title="coder"), listing(2, title="coder remote zebra"))
    assert ids(engine, "coder remote lion ", partial=True) == [2]
    assert ids(engine, "coder lion zebra ", partial=True) == [2, 1]
    assert ids(engine, "lion coder ", partial=True) == []
    assert ids(engine, "coder lion ") == []


def test_the_values_of_a_facet_are_alternatives_and_facets_narrow_each_other():
    engine = facetted()
    either = {Facet.CREDENTIAL: frozenset({"cpc", "ccs"})}
    remote = {Facet.SETTING: frozenset({"remote"})}
    assert ids(engine, filters=either) == [5, 3, 2, 1]
    assert ids(engine, filters=either | remote) == [5, 2, 1]
    assert ids(engine, filters={Facet.CREDENTIAL: frozenset()}) == [5, 4, 3, 2, 1]
    assert ids(engine, filters={Facet.CREDENTIAL: frozenset({"rhit"})}) == []


def test_a_facet_is_counted_without_its_own_choice():
    filters = {Facet.CREDENTIAL: frozenset({"ccs", "rhit"}), Facet.SETTING: frozenset({"remote"})}
    results = facetted().search(
        Query(filters=filters, facets=(Facet.CREDENTIAL, Facet.SETTING, Facet.ROLE)), NOW
    )
    assert results.total == 1
    assert results.facets == {
        Facet.CREDENTIAL: (("cpc", 2), ("ccs", 1), ("rhit", 0)),
        Facet.SETTING: (("hybrid", 1), ("remote", 1)),
        Facet.ROLE: (),
    }


def test_values_are_suggested_by_the_beginning_of_any_of_their_words():
    engine = board(
        listing(1, facets={Facet.EMPLOYER: ("st-marys-hospital",)}),
        listing(2, title="coder", facets={Facet.EMPLOYER: ("mary-institute",)}),
        listing(3, title="coder", facets={Facet.EMPLOYER: ("mary-institute",)}),
        listing(4, facets={Facet.EMPLOYER: ("rosemary-clinic",)}),
        listing(5, facets={Facet.EMPLOYER: ("mary-old",)}, expires_at=NOW),
    )
    both = [("mary-institute", 2), ("st-marys-hospital", 1)]
    own = Query(filters={Facet.EMPLOYER: frozenset({"rosemary-clinic"})})
    assert engine.suggest(Facet.EMPLOYER, "MARY", own, now=NOW) == both
    assert engine.suggest(Facet.EMPLOYER, "Mary", own, limit=1, now=NOW) == both[:1]
    assert engine.suggest(Facet.EMPLOYER, "marys hosp", own, now=NOW) == both[1:]
    assert engine.suggest(Facet.EMPLOYER, "mary", Query("coder"), now=NOW) == both[:1]
    assert len(engine.suggest(Facet.EMPLOYER, "", Query(), now=NOW)) == 3
    assert engine.suggest(Facet.EMPLOYER, "mary", Query()) == []  # by now all have ended


def test_synonyms_can_be_changed_while_the_engine_runs():
    engine = board(listing(1, title="remote"), listing(2, title="zebra"))
    assert ids(engine, "wfh ") == [1]
    engine.understand(replace(SETTINGS, synonyms={"horse": ("zebra",)}))
    assert (ids(engine, "wfh "), ids(engine, "horse ")) == ([], [2])
    engine.apply([listing(3, version=2, title="zebra")], [], 2)
    assert ids(engine, "horse ") == [3, 2]


def test_the_engine_tells_how_far_it_is():
    engine: ListingSearch = board(listing(1), listing(2, expires_at=NOW))
    assert engine.health() == Health(ok=True, engine="embedded", documents=2, seq=7)
    results = engine.search(Query(), NOW)
    assert (results.engine, results.seq, results.total) == ("embedded", 7, 1)


def test_an_engine_may_be_empty():
    results = Engine().search(Query("coder", near=(Near(0, 0, 9),), facets=tuple(Facet)), NOW)
    assert (results.hits, results.total, results.seq) == ((), 0, 0)


def facetted():
    return board(
        *[
            listing(n, facets={Facet.CREDENTIAL: (credential,), Facet.SETTING: (setting,)})
            for n, credential, setting in (
                (1, "cpc", "remote"),
                (2, "cpc", "remote"),
                (3, "ccs", "hybrid"),
                (5, "ccs", "remote"),
            )
        ],
        listing(4),
    )
