"""Why a hit stands where it does, and what a word was taken for."""

from datetime import date, timedelta

from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import Query, Standing
from tests.listings.engine.corpus import NOW, listing


def standings(engine, text="", **query):
    hits = engine.search(Query(text, explain=True, **query), NOW).hits
    return {hit.id: hit.standing for hit in hits}


def corrected(engine, text, **query):
    return engine.search(Query(text, **query), NOW).corrected


def board(*documents):
    return Engine.build(documents, seq=1)


def test_a_standing_tells_words_typos_attributes_quality_and_day():
    engine = board(
        listing(1, title="inpatient", description="coder", quality=3),
        listing(2, keywords="inpatiemt coders", description="coder", posted_at=NOW),
    )
    yesterday, today = date(2026, 3, 1), date(2026, 3, 2)
    assert standings(engine, "coder inpatient ") == {
        1: Standing(
            words=2, typos=0, attributes=("description", "title"), quality=3, day=yesterday
        ),
        2: Standing(words=2, typos=1, attributes=("description", "keywords"), quality=0, day=today),
    }


def test_without_words_no_attributes_are_told():
    plain = Standing(words=0, typos=0, attributes=(), quality=0, day=date(2026, 3, 1))
    assert standings(board(listing(1))) == {1: plain}


def test_words_that_were_dropped_do_not_count():
    engine = board(listing(1, title="coder"))
    assert standings(engine, "coder lion ", partial=True)[1].words == 1


def test_nobody_explains_unasked():
    (hit,) = board(listing(1)).search(Query(), NOW).hits
    assert hit.standing is None


def test_a_word_no_listing_has_is_told_with_the_nearest_most_frequent_word():
    engine = board(
        listing(1, title="inpatient"),
        listing(2, description="inpatient"),
        listing(3, title="inpatiens"),
        listing(4, title="outpatient"),
        listing(5, keywords="impatiems inpatiem; inpatiem"),
    )
    assert corrected(engine, "inpatiemt ") == (("inpatiemt", "inpatient"),)
    assert corrected(engine, "inpatiet outpatienz ") == (
        ("inpatiet", "inpatient"),
        ("outpatienz", "outpatient"),
    )
    assert corrected(engine, "inpatient inpati") == ()
    assert corrected(engine, "zebra ") == ()


def test_of_words_as_frequent_the_first_by_the_alphabet_is_told():
    engine = board(listing(1, title="coderz"), listing(2, title="codera"))
    assert corrected(engine, "coderx ") == (("coderx", "codera"),)


def test_what_ended_and_what_forgives_nothing_is_not_what_a_word_is_taken_for():
    engine = board(
        listing(1, title="coderz", expires_at=NOW - timedelta(seconds=1)),
        listing(2, title="coders"),
        listing(3, credentials="codera"),
    )
    assert corrected(engine, "coderz ") == (("coderz", "coders"),)


def test_a_word_whose_synonym_is_met_is_not_corrected():
    assert corrected(board(listing(1, title="professional fee profed")), "profee ") == ()
    assert corrected(board(listing(1, title="profed")), "profee ") == (("profee", "profed"),)
