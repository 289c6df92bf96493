"""Featured listings stand above a search that they match, and change nothing below."""

import re
from datetime import timedelta

import pytest

from careercenter import outbox
from careercenter.listings.featured import in_turn
from careercenter.listings.index import Hit
from tests.factories import make_posting

SEARCH = "/jobs?q=urology"


@pytest.fixture
def postings(session, now):
    """Three, the middle one featured."""
    made = [make_posting(session, title=f"Urology coder {n}", now=now) for n in range(3)]
    made[1].featured_until = now + timedelta(days=7)
    return made


def feature(session, posting, until):
    posting.featured_until = until
    outbox.index_posting(session, posting)
    session.flush()


def parts(page):
    """The titles above the results, and those of the results."""
    _, mark, rest = page.partition('class="featured-jobs"')
    above, _, below = rest.partition("</section>") if mark else ("", "", page)
    return [re.findall(r"Urology coder (\d)</a></h2>", part) for part in (above, below)]


def test_a_featured_listing_stands_above_and_in_its_place(visitor, postings):
    page = visitor.get(SEARCH).text
    above, below = parts(page)
    assert (above, sorted(below)) == (["1"], ["0", "1", "2"])
    assert page.count(">Featured</span>") == 1


def test_the_order_below_never_changes(visitor, session, postings):
    before = parts(visitor.get(SEARCH).text)[1]
    feature(session, postings[1], None)
    assert parts(visitor.get(SEARCH).text) == [[], before]


def test_it_must_match_and_the_clock_must_not_have_passed(visitor, session, postings, now):
    assert parts(visitor.get("/jobs?q=inpatient").text)[0] == []
    assert parts(visitor.get(f"{SEARCH}&state=CA").text)[0] == []
    feature(session, postings[1], now - timedelta(seconds=1))
    assert parts(visitor.get(SEARCH).text)[0] == []


def test_at_most_two_stand_there(visitor, session, postings, now):
    for posting in postings:
        feature(session, posting, now + timedelta(days=7))
    assert len(parts(visitor.get(SEARCH).text)[0]) == 2


def test_nothing_stands_above_a_further_page(visitor, session, postings, now):
    for _ in range(20):
        make_posting(session, title="Urology coder 9", now=now)
    assert parts(visitor.get(f"{SEARCH}&page=2").text)[0] == []


def test_featured_listings_cost_no_statement_more(visitor, session, postings):
    visitor.get(SEARCH)
    visitor.get(SEARCH)
    with_one = visitor.statements
    feature(session, postings[1], None)
    visitor.get(SEARCH)
    visitor.get(SEARCH)
    assert visitor.statements == with_one


def test_more_than_two_take_turns_by_the_hour(now):
    hits = [Hit(number, 1) for number in range(5)]
    seen = {hit.id for hour in range(5) for hit in in_turn(hits, now + timedelta(hours=hour))}
    assert seen == {0, 1, 2, 3, 4}
    assert all(len(in_turn(hits, now + timedelta(hours=n))) == 2 for n in range(5))
    assert in_turn(hits[:2], now) == hits[:2]
