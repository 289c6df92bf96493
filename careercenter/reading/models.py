"""What was read in a text, and in which words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Requirement

Value = (
    str | int | date | Decimal | Pay | Requirement | tuple[str, ...] | tuple[tuple[str, int], ...]
)


class Topic(StrEnum):
    """What a fact is about. Slugs are the taxonomy's."""

    TITLE = "title"  # str
    ROLE = "role"  # slug
    CODING_TYPES = "coding-types"  # slugs
    SPECIALTIES = "specialties"  # slugs
    SOFTWARE = "software"  # slugs
    CODE_SETS = "code-sets"  # slugs
    REQUIRED = "required"  # Requirement
    PREFERRED = "preferred"  # slugs of credentials
    APPRENTICE = "apprentice"  # yes | no | case-by-case
    YEARS = "years"  # of coding, int
    YEARS_IN = "years-in"  # (coding type or specialty, years) pairs
    SETTING = "setting"  # slug
    STATES = "states"  # codes, where one may live
    STATES_EXCLUDED = "states-excluded"  # codes
    PLACE = "place"  # "Waterloo, IA 50701"
    NEAR_MILES = "near-miles"  # from the site one may live, int
    ONSITE_DAYS = "onsite-days"  # a week, int
    EMPLOYMENT = "employment"  # slug
    SHIFT = "shift"  # slug
    EQUIPMENT = "equipment"  # provided | stipend | own
    CODING_TEST = "coding-test"  # none | yes-unpaid | yes-paid
    TEST_MINUTES = "test-minutes"  # of the coding test, int
    PAY = "pay"  # Pay
    UNITS = "units"  # expected, Decimal; the lower figure of a range
    UNITS_PER = "units-per"  # hour | day
    UNITS_OF = "units-of"  # "chart", as it was written, one of it
    ACCURACY = "accuracy"  # percent, Decimal
    ACCURACY_BASIS = "accuracy-basis"  # code | chart | drg | hcc | encounter
    RAMP_WEEKS = "ramp-weeks"  # int
    BENEFITS = "benefits"  # slugs
    BONUSES = "bonuses"  # slugs
    SCREENINGS = "screenings"  # slugs
    OPENINGS = "openings"  # int
    CLOSES_ON = "closes-on"  # date


@dataclass(frozen=True, slots=True)
class Fact:
    """Each of ``words`` stands in the text exactly so; "found in your text: …" shows them."""

    topic: Topic
    value: Value
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """At most one fact a topic."""

    facts: tuple[Fact, ...] = ()

    def fact(self, topic: Topic) -> Fact | None:
        return next((fact for fact in self.facts if fact.topic is topic), None)

    def value(self, topic: Topic) -> Any:
        """Of the type that stands beside the topic; None where nothing is said."""
        fact = self.fact(topic)
        return fact.value if fact else None
