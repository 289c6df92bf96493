"""How many candidates meet a requirement."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.candidates.models import CandidateCredential, CandidateYears
from careercenter.candidates.pool import Wanted, pool_for, shown
from careercenter.taxonomy.requirements import parse
from tests.factories import make_candidate

TODAY = date(2026, 11, 24)


@pytest.fixture
def board(session):
    """Seven with CPC, three with CCS-P, four with CPC-A, and one whose CPC lapsed."""

    def some(count, credential, state, years, expires_on=None, topics=()):
        for _ in range(count):
            candidate = make_candidate(session, home_state=state, years=years)
            key = {"candidate_id": candidate.id}
            session.add(CandidateCredential(**key, credential=credential, expires_on=expires_on))
            session.add_all(CandidateYears(**key, topic=t, years=n) for t, n in topics)

    some(5, "cpc", "IA", 4, topics=[("profee", 3)])
    some(2, "cpc", "CA", 1)
    some(3, "ccs-p", "IA", 6, TODAY + timedelta(days=1))
    some(4, "cpc-a", "IA", 0)
    some(1, "cpc", "IA", 9, TODAY - timedelta(days=1))
    session.flush()
    return session


def relaxed(pool):
    return {one.words: one.adds for one in pool.relaxed}


def test_those_count_who_hold_it_today(board):
    assert pool_for(board, Wanted(parse("CPC")), TODAY).meets == 7
    assert pool_for(board, Wanted(parse("CPC or CCS-P")), TODAY).meets == 10


def test_every_line_says_what_it_would_add(board):
    wanted = Wanted(parse("CPC"), years=3, states=("IA", "TX"))
    pool = pool_for(board, wanted, TODAY)
    assert pool.meets == 5
    assert relaxed(pool) == {"Not asking for CPC": 4, "Accepting CCS-P too": 3}
    wanted = Wanted(parse("CPC"), states=("TX",))
    assert relaxed(pool_for(board, wanted, TODAY)) == {"Hiring in every state": 7}


def test_apprentices_count_where_they_are_welcome(board):
    pool = pool_for(board, Wanted(parse("CPC")), TODAY)
    assert relaxed(pool)["Welcoming apprentices"] == 4
    assert pool_for(board, Wanted(parse("CPC"), apprentices=True), TODAY).meets == 11


def test_years_in_something_are_asked_of_that(board):
    wanted = Wanted(parse("CPC"), years_in={"profee": 2})
    pool = pool_for(board, wanted, TODAY)
    assert pool.meets == 5
    assert relaxed(pool)["Not asking for 2\N{NO-BREAK SPACE}years of professional fee"] == 2


def test_what_may_follow_the_hire_narrows_nobody_out(board):
    assert pool_for(board, Wanted(parse("CPC and CRC within 6 months of hire")), TODAY).meets == 7


def test_two_groups_alike_in_words_are_two_lines(board):
    assert pool_for(board, Wanted(parse("CPC and CPC")), TODAY).meets == 7


def test_an_empty_board_has_nobody(session):
    pool = pool_for(session, Wanted(), TODAY)
    assert (pool.meets, pool.shown, pool.relaxed) == (0, "fewer than 5", ())


@given(st.integers(0, 100_000))
def test_a_number_is_never_below_five_and_never_exact_by_more_than_it_must(count):
    words = shown(count)
    if count < 5:
        assert words == "fewer than 5"
    else:
        number = int(words.replace(",", ""))
        assert 5 <= number <= count < number + 10
        assert number % 5 == 0
