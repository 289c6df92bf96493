"""What a change is about, and that details come back from data as they were."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from careercenter.postings.details import (
    ApplyBy,
    Applying,
    Conditions,
    Custom,
    CustomAnswer,
    Disclosure,
    Hiring,
    Place,
    Production,
)
from careercenter.revisions.changes import difference, topics
from careercenter.revisions.data import from_data, to_data
from careercenter.revisions.models import RISKY, Topic
from careercenter.taxonomy.pay import Pay
from tests.factories import make_details

NOW = make_details()
CHANGES = [
    ({"title": "Coder"}, Topic.TITLE, True),
    ({"pay": Pay("hour", 2400, 3200)}, Topic.PAY, True),
    ({"employment": "contract-1099"}, Topic.PAY, True),
    ({"setting": "remote-us"}, Topic.PLACE, True),
    ({"states": ("IA",)}, Topic.PLACE, True),
    ({"place": Place("Waterloo", "IA")}, Topic.PLACE, True),
    ({"years_in": {"urology": 2}}, Topic.REQUIREMENT, True),
    ({"applying": Applying(ApplyBy.WEB, "https://x.example")}, Topic.APPLYING, True),
    ({"disclosure": Disclosure(confidential=True)}, Topic.APPLYING, True),
    ({"custom": Custom((CustomAnswer("payday", "Payday", ("Weekly",)),))}, Topic.CUSTOM, True),
    ({"description": "Something else entirely. " * 30}, Topic.TEXT, True),
    ({"description": NOW.description + "Thank you."}, Topic.WORDING, False),
    ({"closes_on": date(2027, 1, 1)}, Topic.CLOSING_DATE, False),
    ({"software": ("epic",)}, Topic.DETAILS, False),
    ({"hiring": Hiring(openings=2)}, Topic.DETAILS, False),
]


@pytest.mark.parametrize(("change", "topic", "risky"), CHANGES)
def test_each_change_has_its_topic(change, topic, risky):
    found = topics(NOW, replace(NOW, **change), NOW.description)
    assert found == {topic}
    assert bool(found & RISKY) is risky


def test_years_of_coding_are_asked_for_too():
    more = replace(NOW, conditions=Conditions(years=5))
    assert Topic.REQUIREMENT in topics(NOW, more, NOW.description)


def test_many_small_steps_are_a_big_one():
    reviewed = " ".join(f"word{n}" for n in range(100))
    drifted = " ".join(f"word{n}" if n >= 25 else f"other{n}" for n in range(100))
    further = " ".join(f"word{n}" if n >= 45 else f"other{n}" for n in range(100))
    steps = (replace(NOW, description=text) for text in (drifted, further))
    one, two = steps
    assert topics(NOW, one, reviewed) == {Topic.WORDING}
    assert topics(one, two, reviewed) == {Topic.TEXT}


def test_the_difference_of_texts_is_a_share_of_their_words():
    assert difference("a b c", "A, b; c!") == 0
    assert difference("a b", "c d") == 1
    assert difference("", "") == 0


FULL = make_details(
    pay=Pay("per-chart", 92, 110, Decimal("30.5"), 2000),
    closes_on=date(2027, 1, 31),
    years_in={"urology": 2},
    more_places=(Place("Ames", "IA", "50010", 42.03, -93.62),),
    production=Production(units=Decimal("12.5"), accuracy=Decimal(95)),
    hiring=Hiring(starts_on=date(2027, 2, 1), screenings=("drug-screen",)),
)


@pytest.mark.parametrize("details", [NOW, FULL])
def test_details_come_back_from_data_as_they_were(details):
    assert from_data(to_data(details)) == details


def test_data_of_an_earlier_form_is_read_as_if_nothing_were_said():
    data = to_data(FULL)
    for later in ("production", "hiring", "more_places", "applying"):
        del data[later]
    data["something_that_left"] = 1
    assert from_data(data).hiring == Hiring()
