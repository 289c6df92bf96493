"""What an employer says in one posting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Requirement


class Apprentice(StrEnum):
    """May a new coder apply? Every posting answers."""

    YES = "yes"
    NO = "no"
    CASE_BY_CASE = "case-by-case"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is done; degrees are None where the place is unknown to the table."""

    city: str = ""
    state: str = ""
    zip: str = ""
    latitude: float | None = None
    longitude: float | None = None


class Equipment(StrEnum):
    """Who provides what the work needs."""

    PROVIDED = "provided"
    STIPEND = "stipend"
    OWN = "own"


class CodingTest(StrEnum):
    NONE = "none"
    UNPAID = "yes-unpaid"
    PAID = "yes-paid"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is expected and offered beside the pay; empty or None where nothing is said."""

    experience: str = ""  # taxonomy: experience levels
    years: int = 0  # of coding, at least
    shift: str = ""  # taxonomy: shifts
    equipment: Equipment | None = None
    coding_test: CodingTest | None = None


@dataclass(frozen=True, slots=True)
class PostingDetails:
    """Everything an employer writes in one posting. Slugs are the taxonomy's; money is cents."""

    title: str
    role: str
    coding_types: tuple[str, ...]
    specialties: tuple[str, ...]
    required: Requirement
    preferred: tuple[str, ...]  # credentials
    apprentice: Apprentice
    setting: str
    states: tuple[str, ...]  # where one may live; empty when the setting needs no list
    place: Place  # empty for work that has none
    employment: str
    pay: Pay
    description: str  # Markdown
    closes_on: date | None
    conditions: Conditions = Conditions()
    years_in: Mapping[str, int] = field(default_factory=dict)  # coding type or specialty → years
    code_sets: tuple[str, ...] = ()  # beside those its coding types imply
    software: tuple[str, ...] = ()


BLANK = PostingDetails(  # nothing was said yet
    title="",
    role="",
    coding_types=(),
    specialties=(),
    required=Requirement(),
    preferred=(),
    apprentice=Apprentice.NO,
    setting="",
    states=(),
    place=Place(),
    employment="",
    pay=Pay("hour", 0, 0),
    description="",
    closes_on=None,
)
