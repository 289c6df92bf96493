"""What invented postings say beside their texts."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from careercenter.demo.conditions import conditions_of, years_of
from careercenter.demo.organizations import organizations
from careercenter.demo.postings import generate
from careercenter.postings.models import Apprentice, CodingTest, Equipment


@pytest.mark.parametrize(
    ("words", "years"), [("three years", 3), ("18 months", 1), ("no years", 0), ("experience", 0)]
)
def test_years_are_read_from_the_words(words, years):
    assert years_of(words) == years


@pytest.mark.parametrize(
    ("text", "test", "equipment"),
    [
        ("There is no test; we talk instead. We ship a laptop.", CodingTest.NONE, "provided"),
        ("A test (30 minutes, paid) comes late. You use your own computer.", "yes-paid", "own"),
        ("A coding test of 30 minutes. A stipend of $500.", CodingTest.UNPAID, "stipend"),
    ],
)
def test_the_text_and_the_fields_agree(text, test, equipment):
    said = conditions_of(Random(1), "coder", Apprentice.NO, "two years", text)
    assert (said.coding_test, said.equipment) == (test, Equipment(equipment))
    assert (said.experience, said.years) == ("mid", 2)


def test_a_board_has_something_of_everything():
    employers = organizations(60, 3)
    some = [o.details for o in generate(300, 3, date(2026, 11, 24), employers)]
    levels = Counter(details.conditions.experience for details in some)
    assert {"junior", "mid", "senior", "apprentice"} <= levels.keys()
    assert len({details.conditions.shift for details in some}) > 3
    assert {d.conditions.coding_test for d in some} == {None, *CodingTest}
    assert {d.conditions.equipment for d in some} == {None, *Equipment}
    assert any(details.software for details in some)
    assert any(details.years_in for details in some)
    assert {employer.direct for employer in employers} == {True, False}
