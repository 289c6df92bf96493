"""Every fact of a posting in words, for its own page. What is not said is said to be not stated."""

from collections.abc import Iterator, Mapping
from datetime import date

from careercenter.employers.models import Delivery
from careercenter.listings.criteria import NAMES
from careercenter.listings.documents import open_states
from careercenter.listings.index import Facet
from careercenter.listings.models import FactSection
from careercenter.listings.names import name_of, where_open
from careercenter.postings.models import (
    AccuracyBasis,
    ApplyBy,
    BelowTarget,
    CodingTest,
    Monitoring,
    Place,
    Posting,
    Production,
    WhenTested,
    Workplace,
    spoken_hour,
)
from careercenter.taxonomy.production import number
from careercenter.taxonomy.terms import Term
from careercenter.taxonomy.vocabularies import (
    BENEFITS,
    BONUSES,
    CODE_SETS,
    CODING_TYPES,
    EMPLOYMENT_TYPES,
    EXPERIENCE_LEVELS,
    ROLES,
    SCREENINGS,
    SHIFTS,
    SOFTWARE,
    SPECIALTIES,
    WORK_SETTINGS,
)

Facts = tuple[tuple[str, str], ...]  # what, and what is said of it: "" where nothing is

NOT_STATED = "Not stated"
NBSP = "\N{NO-BREAK SPACE}"
TAX_FORMS = {"w2": "Employee (W-2)", "1099": "Contractor (1099)"}
MONITORING = {
    Monitoring.NONE: "None",
    Monitoring.ACTIVITY: "Activity on the computer is recorded",
    Monitoring.CAMERA: "By camera",
}
BASES = {
    AccuracyBasis.CODE: "of codes",
    AccuracyBasis.CHART: "of whole charts",
    AccuracyBasis.DRG: "of DRGs",
    AccuracyBasis.HCC: "of HCCs",
    AccuracyBasis.ENCOUNTER: "of encounters",
}
BELOW = {
    BelowTarget.NONE: "Nothing follows",
    BelowTarget.RETRAINING: "Training again",
    BelowTarget.PAY: "Less pay",
}
WHEN_TESTED = {
    WhenTested.BEFORE: "before the interview",
    WhenTested.AFTER: "after the interview",
}
APPLY = {
    ApplyBy.BOARD: "Here on the board",
    ApplyBy.WEB: "On the employer’s own site",
    ApplyBy.MAIL: "Here on the board; a mailbox of the employer’s is told",
}
TEST_TOO_LONG = 60  # minutes without pay from which a test is said to be long


def key_facts(posting: Posting) -> Facts:
    """What most people look at first."""
    return (
        ("Work setting", name_of(posting.setting, WORK_SETTINGS)),
        ("Place", "; ".join(map(_spoken_place, (posting.place, *posting.more_places)))),
        ("Open to people living in", _open_to(posting)),
        ("Employment", name_of(posting.employment, EMPLOYMENT_TYPES)),
        ("Role", name_of(posting.role, ROLES)),
        ("Coding type", _names(posting.coding_types, CODING_TYPES)),
        ("Specialty", _names(posting.specialties, SPECIALTIES)),
        ("Experience", _experience(posting)),
        ("Software", _names(posting.software, SOFTWARE)),
        ("Code sets and rules", _names(posting.code_sets, CODE_SETS)),
        ("Employer", _who(posting)),
    )


def fact_sections(posting: Posting) -> tuple[FactSection, ...]:
    """The rest of it by subject, with the names of what is not stated."""
    sections = {
        "What it pays": _offer(posting),
        "Volume and accuracy": tuple(_production(posting.production)),
        "Conditions": tuple(_conditions(posting)),
        "How they hire": tuple(_hiring(posting)),
        **_custom(posting),
    }
    return tuple(
        FactSection(
            title,
            tuple((name, value) for name, value in facts if value),
            tuple(name for name, value in facts if not value),
        )
        for title, facts in sections.items()
    )


def _custom(posting: Posting) -> Mapping[str, Facts]:
    """A section of its own, where this board asks anything."""
    answers = posting.custom.answers
    facts = tuple((answer.label, "; ".join(answer.values)) for answer in answers)
    return {"More about this job": facts} if facts else {}


def _offer(posting: Posting) -> Facts:
    kind, extras = EMPLOYMENT_TYPES.get(posting.employment), posting.extras
    return (
        ("Paid as", TAX_FORMS.get(kind.tax_form, "") if kind else ""),
        ("Bonuses", _names(extras.bonuses, BONUSES)),
        ("Benefits", _names(extras.benefits, BENEFITS)),
        *((("In the employer’s words", extras.extras),) if extras.extras else ()),
    )


def _production(said: Production) -> Iterator[tuple[str, str]]:
    yield "Expected", volume_words(said)
    yield "In full after", _counted(said.ramp_weeks, "week", zero="At once")
    accuracy = "" if said.accuracy is None else f"{number(said.accuracy)}{NBSP}%"
    basis = BASES[said.accuracy_basis] if said.accuracy_basis else ""
    yield "Accuracy", f"{accuracy} {basis}".strip()
    if said.accuracy and not said.accuracy_basis:
        yield "Accuracy is counted by", ""
    yield "Looked at in an audit", _counted(said.audit_sample, "record")
    yield "Below the target", BELOW[said.below_target] if said.below_target else ""


def volume_words(said: Production) -> str:
    """ "18 encounters an hour"; empty where nothing is expected in figures."""
    if said.units is None or said.per is None:
        return ""
    plural = "" if said.units == 1 else "s"
    article = {"hour": "an hour", "day": "a day"}[said.per]
    return f"{number(said.units)}{NBSP}{said.piece}{plural} {article}"


def _conditions(posting: Posting) -> Iterator[tuple[str, str]]:
    work, setting = posting.workplace, posting.setting
    remote = setting not in ("onsite", "hybrid")
    yield "Shift", name_of(posting.shift, SHIFTS)
    yield "Hours to be there", _window(work)
    if setting == "hybrid" or work.onsite_days:
        yield "On site", f"{_counted(work.onsite_days, 'day')} a week" if work.onsite_days else ""
    if setting != "onsite":
        yield "Training on site", _counted(work.training_days, "day", zero="None")
    if setting == "remote-near-site":
        yield "Within", _counted(work.near_miles, "mile")
    yield "Equipment", NAMES[Facet.EQUIPMENT].get(posting.equipment or "", "")
    if setting != "onsite":
        yield "Monitoring", MONITORING[work.monitoring] if work.monitoring else ""
    if remote:
        speed = f"{work.wired_mbps}{NBSP}Mbit/s at least" if work.wired_mbps else ""
        yield "Wired connection", speed
    yield "Data stays in the US", _yes_no(work.us_data_only)
    yield _delivered(posting)


def _delivered(posting: Posting) -> tuple[str, str]:
    own, general = posting.team_delivery, posting.employer.delivery
    if own:
        return "This team’s coding is done", NAMES[Facet.DELIVERY][own]
    told = "" if general is Delivery.UNDISCLOSED else NAMES[Facet.DELIVERY][general]
    return "Employer’s coding is done", told


def _hiring(posting: Posting) -> Iterator[tuple[str, str]]:
    hiring = posting.hiring
    yield "Coding test", _test(posting)
    yield "Checked before the first day", _names(hiring.screenings, SCREENINGS)
    if posting.evergreen:
        yield "Openings", "Always hiring: this is not one opening"
    else:
        yield "Openings", str(hiring.openings or "")
    if hiring.starts_on or hiring.ends_on:
        yield "Season or project", _season(hiring.starts_on, hiring.ends_on)
    yield "Apply", APPLY[posting.apply_by]


def _test(posting: Posting) -> str:
    """ "Unpaid coding test, 45 minutes, before the interview" """
    said = NAMES[Facet.CODING_TEST].get(posting.coding_test or "", "")
    if posting.coding_test in (None, CodingTest.NONE):
        return said
    minutes, when = posting.hiring.test_minutes, posting.hiring.test_time
    length = _counted(minutes, "minute") or "length not stated"
    long = posting.coding_test is CodingTest.UNPAID and (minutes or 0) > TEST_TOO_LONG
    parts = (
        said,
        length,
        WHEN_TESTED[when] if when else "",
        "long for one without pay" if long else "",
    )
    return ", ".join(filter(None, parts))


def _season(first: date | None, last: date | None) -> str:
    ends = [f"{word} {_day(at)}" for word, at in (("from", first), ("to", last)) if at]
    return " ".join(ends)


def _window(work: Workplace) -> str:
    """ "9 a.m. to 3 p.m. Central" """
    if work.from_hour is None or work.until_hour is None:
        return ""
    start, end = spoken_hour(work.from_hour), spoken_hour(work.until_hour)
    return f"{start} to {end} {work.zone}".replace(" a.m.", f"{NBSP}a.m.").replace(
        " p.m.", f"{NBSP}p.m."
    )


def _who(posting: Posting) -> str:
    """Said of agencies alone: for whom they hire."""
    if posting.employer.direct:
        return ""
    agency = NAMES[Facet.DIRECT]["no"]
    return f"{agency}, for {posting.client}" if posting.client else f"{agency}; client not named"


def _experience(posting: Posting) -> str:
    """ "Mid; 3 years of coding, 1 year of Urology" """
    years = [f"{_years(posting.years)} of coding"] if posting.years else []
    for topic, many in posting.years_in.items():
        name = CODING_TYPES[topic].name if topic in CODING_TYPES else name_of(topic, SPECIALTIES)
        years.append(f"{_years(many)} of {name}")
    level = name_of(posting.experience, EXPERIENCE_LEVELS)
    return "; ".join(filter(None, (level, ", ".join(years))))


def _years(many: int) -> str:
    return f"{many} year{'' if many == 1 else 's'}"


def _open_to(posting: Posting) -> str:
    codes = open_states(posting)
    words = where_open(posting, codes) if codes else NOT_STATED
    return words[0].upper() + words[1:]


def _spoken_place(place: Place) -> str:
    names = ", ".join(part for part in (place.city, place.state) if part)
    return f"{names} {place.zip}".strip()


def _names(slugs: tuple[str, ...], vocabulary: Mapping[str, Term]) -> str:
    return ", ".join(name_of(slug, vocabulary) for slug in slugs)


def _counted(many: int | None, what: str, zero: str = "") -> str:
    if many is None:
        return ""
    return f"{many:,}{NBSP}{what}{'' if many == 1 else 's'}" if many else zero


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "Yes" if said else "No"


def _day(at: date) -> str:
    return f"{at:%b} {at.day}, {at.year}"
