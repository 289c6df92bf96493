"""Single phrases, and what holds for any text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.reading.models import Topic
from careercenter.reading.reader import read
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement, check, sentence
from careercenter.taxonomy.vocabularies import (
    BENEFITS,
    BONUSES,
    CODING_TYPES,
    PICKABLE_CREDENTIALS,
    ROLES,
    SCREENINGS,
    SOFTWARE,
    SPECIALTIES,
    STATES,
)
from tests.reading.advertisements import ADVERTISEMENTS

T = Topic
VOCABULARY = {
    T.ROLE: ROLES,
    T.CODING_TYPES: CODING_TYPES,
    T.SPECIALTIES: SPECIALTIES,
    T.SOFTWARE: SOFTWARE,
    T.STATES: STATES,
    T.STATES_EXCLUDED: STATES,
    T.PREFERRED: PICKABLE_CREDENTIALS,
    T.BENEFITS: BENEFITS,
    T.BONUSES: BONUSES,
    T.SCREENINGS: SCREENINGS,
}
PIECES = [
    *(part for a in ADVERTISEMENTS for part in a.text.split(". ")),
    "CPC",
    "$",
    "within 99 months",
    "1,2,3",
    "OR IN ME",
    "(",
    "•",
]


@pytest.mark.parametrize(
    ("text", "topic", "value"),
    [
        ("Pay: $52,000 – $61,000", T.PAY, Pay("year", 5_200_000, 6_100_000)),
        ("up to $31/hr", T.PAY, Pay("hour", 3100, 3100)),
        ("24-31/hr depending on experience", T.PAY, Pay("hour", 2400, 3100)),
        ("$0.92 per chart at 30 charts per hour", T.PAY, Pay("per-chart", 92, 92, 30)),
        ("A $5,000 sign-on bonus waits for you", T.PAY, None),
        ("revenue of $90 million", T.PAY, None),
        ("Job title: Coding Manager", T.TITLE, "Coding Manager"),
        ("We are looking for a coder who cares.", T.TITLE, None),
        ("Serving Iowa for over 30 years.", T.YEARS, None),
        ("In business for 12 years; 3 years of coding", T.YEARS, 3),
        ("2-4 years of coding experience", T.YEARS, 2),
        ("Apprentices are considered case by case", T.APPRENTICE, "case-by-case"),
        ("CPC-A not accepted", T.APPRENTICE, "no"),
        ("This is not a remote position", T.SETTING, "onsite"),
        ("Remote; candidates must reside in Texas", T.SETTING, "remote-in-state"),
        ("Residents of Iowa, Texas or Ohio, remote", T.STATES, ("IA", "TX", "OH")),
        ("Pay or not, in me, oh hi", T.STATES, None),
        ("Closing date: 2027-03-31", T.CLOSES_ON, date(2027, 3, 31)),
        ("Deadline 2/30/2027", T.CLOSES_ON, None),
        ("Medical, dental, vision and hearing", T.SPECIALTIES, None),
        ("an epic team", T.SOFTWARE, None),
        ("ICD-10-CM and PCS", T.REQUIRED, None),
        ("No CPC needed, CRC required", T.REQUIRED, Requirement(((Alternative("crc"),),))),
        ("CPC required. CPC-A not accepted.", T.REQUIRED, Requirement(((Alternative("cpc"),),))),
        ("CPC-A holders may not apply", T.REQUIRED, None),
        ("CPC required; CRC preferred", T.PREFERRED, ("crc",)),
        ("Preferred qualifications:\n• RHIA\n• CCS", T.PREFERRED, ("rhia", "ccs")),
        ("Emergency department profee coding", T.CODING_TYPES, ("profee", "ed-profee")),
        ("401(k) with a match, PTO", T.BENEFITS, ("retirement-match", "paid-time-off")),
        ("Medical, dental and vision", T.BENEFITS, ("health", "dental-vision")),
        ("We code dental claims", T.BENEFITS, None),
        ("A $2,000 sign-on bonus; CEUs paid", T.BONUSES, ("sign-on", "ceu-allowance")),
        ("Background check and drug screen", T.SCREENINGS, ("background-check", "drug-screen")),
        ("Must live within 60 miles of Des Moines", T.NEAR_MILES, 60),
        ("within 3 months", T.NEAR_MILES, None),
        ("Hybrid, two days a week on site", T.ONSITE_DAYS, 2),
        ("On-site 3 days per week", T.ONSITE_DAYS, 3),
        ("On site for the first 5 days", T.ONSITE_DAYS, None),
        ("Answers within 9 days on site", T.ONSITE_DAYS, None),
        ("Coding test, unpaid, 45 minutes", T.TEST_MINUTES, 45),
        ("a paid 90-minute coding assessment", T.TEST_MINUTES, 90),
        ("Coding test. We call within 20 minutes.", T.TEST_MINUTES, None),
        ("No coding test", T.CODING_TEST, "none"),
        ("A paid skills assessment of an hour", T.CODING_TEST, "yes-paid"),
    ],
)
def test_a_phrase_says_what_it_says(text, topic, value):
    found = read(text).value(topic)
    if isinstance(value, tuple) and topic is T.CODING_TYPES:
        assert set(found) == set(value)
    else:
        assert found == value


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=8))
def test_whatever_is_pasted_is_read_without_harm(pieces):
    text = ". ".join(pieces)
    reading = read(text)
    assert read(text) == reading
    assert len({fact.topic for fact in reading.facts}) == len(reading.facts)
    for fact in reading.facts:
        assert all(words in text.replace("\r\n", "\n").replace("\r", "\n") for words in fact.words)
        if known := VOCABULARY.get(fact.topic):
            values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
            assert set(values) <= set(known)
        if isinstance(fact.value, Requirement):
            check(fact.value)


CORE = ["cpc", "coc", "ccs", "ccs-p", "crc", "rhit", "cpma", "cdeo"]


@given(
    st.lists(st.sampled_from(CORE), min_size=1, max_size=6, unique=True),
    st.integers(1, 3),
    st.none() | st.integers(2, 24),
)
def test_a_requirement_as_the_board_prints_it_is_read_back(slugs, size, months):
    """The time allowed stands behind the last group, where advertisements have it."""
    parts = [tuple(slugs[n : n + size]) for n in range(0, len(slugs), size)][:3]
    groups = [tuple(Alternative(slug) for slug in part) for part in parts]
    groups[-1] = tuple(Alternative(a.credential, months) for a in groups[-1])
    requirement = Requirement(tuple(groups))
    assert read(f"Needed: {sentence(requirement)}.").value(T.REQUIRED) == requirement


@given(
    st.integers(1000, 19_999), st.integers(0, 5000), st.sampled_from(["an hour", "/hr", "hourly"])
)
def test_hourly_pay_is_read_back_to_the_cent(low, more, unit):
    text = f"Pays ${low / 100:.2f}–${(low + more) / 100:.2f} {unit}"
    assert read(text).value(T.PAY) == Pay("hour", low, low + more)


@pytest.mark.parametrize("piece", ["CPC and ", "$24 to ", "IA, ", "1 year ", "remote after ", "a "])
def test_a_long_text_is_read_in_good_time(piece):
    """Sixty pages of one phrase: the rules must not be tried again and again from each place."""
    read(piece * 20_000)
