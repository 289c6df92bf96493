"""What an employer says in one posting. None and "" mean that nothing is said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from careercenter.employers.models import Delivery
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


class WhenTested(StrEnum):
    BEFORE = "before-interview"
    AFTER = "after-interview"


class Monitoring(StrEnum):
    """How those who work at home are watched."""

    NONE = "none"
    ACTIVITY = "activity"
    CAMERA = "camera"


class Per(StrEnum):
    HOUR = "hour"
    DAY = "day"


class AccuracyBasis(StrEnum):
    """Of what so many percent must be right."""

    CODE = "code"
    CHART = "chart"
    DRG = "drg"
    HCC = "hcc"
    ENCOUNTER = "encounter"


class BelowTarget(StrEnum):
    """What happens to who stays below the target."""

    NONE = "none"
    RETRAINING = "retraining"
    PAY = "pay"


class ApplyBy(StrEnum):
    BOARD = "board"
    WEB = "web"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What is expected and offered beside the pay; empty or None where nothing is said."""

    experience: str = ""  # taxonomy: experience levels
    years: int = 0  # of coding, at least
    shift: str = ""  # taxonomy: shifts
    equipment: Equipment | None = None
    coding_test: CodingTest | None = None


@dataclass(frozen=True, slots=True)
class Mentoring:
    """What new coders are told beside yes or no."""

    apprentice_reason: str = ""
    mentor: str = ""  # a name, or a title
    signs_letter: bool | None = None  # the AAPC experience letter


@dataclass(frozen=True, slots=True)
class Production:
    """How much is expected of how good work: the production contract."""

    units: Decimal | None = None
    piece: str = ""  # what is counted: "chart"
    per: Per | None = None
    ramp_weeks: int | None = None  # until it is expected in full
    accuracy: Decimal | None = None  # percent
    accuracy_basis: AccuracyBasis | None = None
    audit_sample: int | None = None  # pieces in one audit
    below_target: BelowTarget | None = None


@dataclass(frozen=True, slots=True)
class Workplace:
    """The truth about the setting, and about working at home."""

    onsite_days: int | None = None  # a week
    training_days: int | None = None  # on site, before working at home
    near_miles: int | None = None  # from the place, at most
    zone: str = ""  # of the window: a name of ZONES
    from_hour: int | None = None  # 0 to 23
    until_hour: int | None = None  # 1 to 24
    monitoring: Monitoring | None = None
    wired_mbps: int | None = None  # megabits a second by cable
    us_data_only: bool | None = None  # the data may not leave the United States


@dataclass(frozen=True, slots=True)
class Hiring:
    """How and when who is hired."""

    test_minutes: int | None = None
    test_time: WhenTested | None = None
    screenings: tuple[str, ...] = ()  # taxonomy: screenings
    starts_on: date | None = None
    ends_on: date | None = None
    openings: int | None = None


@dataclass(frozen=True, slots=True)
class Extras:
    """What is paid and given beside the pay."""

    bonuses: tuple[str, ...] = ()  # taxonomy: bonuses
    benefits: tuple[str, ...] = ()  # taxonomy: benefits
    extras: str = ""  # in words


@dataclass(frozen=True, slots=True)
class CustomAnswer:
    """To a field that this board's staff added, as it was asked then."""

    key: str
    label: str
    values: tuple[str, ...]  # one; several where any number may be chosen


@dataclass(frozen=True, slots=True)
class Custom:
    answers: tuple[CustomAnswer, ...] = ()  # in the order in which they were asked


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Who it is for, and whether it is one opening."""

    delivery: Delivery | None = None  # of this team; None: as the employer says of itself
    client: str = ""  # whom an agency hires for; "" where it does not say
    confidential: bool = False  # the employer's name is for moderators only
    evergreen: bool = False  # always hiring: not one opening


@dataclass(frozen=True, slots=True)
class Applying:
    """How one applies. A mail address is never shown: we mail to it."""

    by: ApplyBy = ApplyBy.BOARD
    to: str = ""  # a web or a mail address; "" on the board


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
    excluded: tuple[str, ...] = ()  # states, where the list was written so; ``states`` is the rest
    more_places: tuple[Place, ...] = ()  # beside ``place``
    mentoring: Mentoring = Mentoring()
    production: Production = Production()
    workplace: Workplace = Workplace()
    hiring: Hiring = Hiring()
    extras: Extras = Extras()
    disclosure: Disclosure = Disclosure()
    applying: Applying = Applying()
    custom: Custom = Custom()


def spoken_hour(hour: int) -> str:
    """ "9 a.m.", "noon", "midnight"; 24 is the end of the day."""
    if hour in (0, 12, 24):
        return "noon" if hour == 12 else "midnight"
    return f"{hour % 12} {'a.m.' if hour < 12 else 'p.m.'}"


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
