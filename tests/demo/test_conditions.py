"""What invented postings say beside their texts."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from careercenter.demo.conditions import code_sets_of, conditions_of, years_of
from careercenter.demo.organizations import organizations
from careercenter.demo.postings import generate
from careercenter.employers.models import Delivery
from careercenter.postings.models import Apprentice, CodingTest, Equipment


@pytest.mark.parametrize(
    ("words", "years"), [("three years", 3), ("18 months", 1), ("no years", 0), ("experience", 0)]
)
def test_years_are_read_from_the_words(words, years):
    assert years_of(words) == years


def said_by(text):
    return conditions_of(Random(1), "coder", Apprentice.NO, "two years", text)


@pytest.mark.parametrize(
    ("text", "test"),
    [
        ("There is no test; we talk through two redacted records.", CodingTest.NONE),
        ("A test (30 minutes, paid at 40 dollars) comes late.", CodingTest.PAID),
        ("Finalists code five invented notes, for a fee of 40 dollars.", CodingTest.PAID),
        ("A coding test of 30 minutes, on synthetic records.", CodingTest.UNPAID),
        ("You will be asked to code four short notes in 30 minutes.", CodingTest.UNPAID),
        ("An apprentice with strong test work is considered.", None),
        ("Prepare the team for code updates with tests.", None),
    ],
)
def test_the_coding_test_is_the_one_of_the_text(text, test):
    assert said_by(text).coding_test is test


@pytest.mark.parametrize(
    ("text", "equipment"),
    [
        ("We send a laptop, two screens and a headset.", Equipment.PROVIDED),
        ("The computer arrives from us.", Equipment.PROVIDED),
        ("A stipend of 400 dollars covers desk and line; the laptop is ours.", Equipment.STIPEND),
        ("You use your own computer with two screens.", Equipment.OWN),
        ("Nothing leaves the virtual desktop.", Equipment.OWN),
    ],
)
def test_the_equipment_is_the_one_of_the_text(text, equipment):
    assert said_by(text).equipment is equipment


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("We work seven to four, with an hour for lunch, no nights.", "days"),
        ("Hours are yours around a core of ten to two.", "flexible-core-hours"),
        ("Evenings from five to nine, five days a week.", "evenings"),
        ("Batches close on Sunday evening. You set your own hours.", "flexible-24x7"),
        ("Twenty hours a week, mornings or evenings.", ""),
    ],
)
def test_the_shift_is_the_one_of_the_text(text, shift):
    assert said_by(text).shift == shift


def test_the_level_follows_from_the_years_and_the_role():
    said = said_by("")
    assert (said.experience, said.years) == ("mid", 2)
    lead = conditions_of(Random(1), "coder-lead", Apprentice.NO, "six years", "")
    assert (lead.experience, lead.years) == ("lead", 6)


def test_code_sets_are_those_that_the_coding_types_do_not_bring():
    text = "NCCI edits and PDGM groups."
    assert code_sets_of(Random(1), "homehealth", ["home-health"], text) == ("ncci-edits",)


def test_what_a_vendor_says_of_its_delivery_is_what_its_profile_says():
    employers = organizations(200, 3)
    for opening in generate(600, 3, date(2026, 11, 24), employers):
        employer, text = employers[opening.employer], opening.details.description
        if "nothing goes offshore" in text:
            assert employer.delivery is Delivery.ONSHORE


def test_a_board_has_something_of_everything():
    employers = organizations(60, 3)
    some = [o.details for o in generate(300, 3, date(2026, 11, 24), employers)]
    levels = Counter(details.conditions.experience for details in some)
    assert {"junior", "mid", "senior", "apprentice"} <= levels.keys()
    assert len({details.conditions.shift for details in some}) > 3
    assert {d.conditions.coding_test for d in some} == {None, *CodingTest}
    assert {d.conditions.equipment for d in some} == {None, *Equipment}
    assert any(details.software for details in some)
    assert any(details.code_sets for details in some)
    assert any(details.years_in for details in some)
    assert {employer.direct for employer in employers} == {True, False}
