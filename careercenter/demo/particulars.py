"""The many small facts of an invented posting: what its text says, and believable silence."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TypeVar

from careercenter.demo.facts import Facts
from careercenter.demo.geography import towns_of
from careercenter.demo.organizations import DEMO_EMPLOYER, Organization
from careercenter.employers.models import Delivery
from careercenter.postings.models import (
    AccuracyBasis,
    ApplyBy,
    Applying,
    Apprentice,
    BelowTarget,
    CodingTest,
    Disclosure,
    Extras,
    Hiring,
    Mentoring,
    Monitoring,
    Per,
    Place,
    PostingDetails,
    Production,
    WhenTested,
    Workplace,
)
from careercenter.taxonomy.vocabularies import EMPLOYER_KINDS, FIFTY_AND_DC, STATES

T = TypeVar("T")

PIECES = {  # what the texts of a pool count
    "inpatient": "record",
    "outpatient": "account",
    "profee": "encounter",
    "apprentice": "encounter",
    "risk": "chart",
    "homehealth": "review",
    "validator": "encounter",
    "denials": "account",
    "cdi": "review",
    "audit": "review",
}
BASES = {
    "inpatient": AccuracyBasis.DRG,
    "risk": AccuracyBasis.HCC,
    "profee": AccuracyBasis.ENCOUNTER,
    "apprentice": AccuracyBasis.ENCOUNTER,
}
BONUSES = {
    "quality-bonus": r"quarterly\) bonus|quality bonus|quarterly bonus",
    "sign-on": r"[Ss]ign-on bonus|starting bonus",
    "dues-paid": r"[Dd]ues and code books",
    "code-books-paid": r"[Dd]ues and code books",
    "retention": r"(?:completion|end-of-project) bonus",
    "ceu-allowance": r"CEU (?:class|course)",
}
BENEFITS = {
    "health": r"(?:Health|Medical)(?:, dental| and dental)",
    "dental-vision": r"dental and vision",
    "retirement-match": r"(?:retirement|savings) plan",
    "paid-time-off": r"(?:Paid time off|Leave) (?:begins|starts)",
    "paid-holidays": r"\w+ holidays\.",
    "sick-leave": r"Sick (?:leave|time)",
    "parental-leave": r"(?:Parental|New-parent) leave",
    "life-disability": r"disability and life",
    "tuition": r"(?:Tuition|School) help",
}
USUAL = frozenset({"health", "dental-vision", "retirement-match", "paid-time-off"})
OPENINGS = r"{} (?:new (?:coders|people)|open seats|seats|desks|positions|inpatient)"
SPEEDS = {"forty": 40, "fifty": 50, "one hundred": 100}
CHECKS = (
    ("background-check", "oig-leie"),
    ("background-check", "oig-leie", "sam-gov", "references"),
    ("background-check", "drug-screen", "covid-flu-vaccine"),
    ("oig-leie", "references"),
    (),
    (),
)
ZONES = {"Northeast": "Eastern", "South": "Eastern", "Midwest": "Central", "West": "Pacific"}
WINDOWS = ((8, 17), (9, 15), (10, 14), (7, 16))
FEWER_STATES = (("CA", "NY"), ("CA", "CO", "NY", "WA"), ("AK", "HI"), ("CA",))
MENTORS = ("The lead coder", "A senior coder with CPC and CPMA", "The coding supervisor")
REASONS = {
    Apprentice.YES: "The first months are simple visits, and every one of them is read.",
    Apprentice.NO: "There is nobody yet who could read a new coder’s work each day.",
    Apprentice.CASE_BY_CASE: "It depends on who in the team has time to teach.",
}


@dataclass(frozen=True, slots=True)
class Written:
    """What was made of a posting so far, and what it was made from."""

    pool: str
    employer: Organization
    facts: Facts
    details: PostingDetails

    @property
    def text(self) -> str:
        return self.details.description

    def says(self, pattern: str) -> bool:
        return bool(re.search(pattern, self.text))


def with_particulars(written: Written, today: date) -> PostingDetails:
    details, known = written.details, written.employer.name == DEMO_EMPLOYER
    rng = Random(f"particulars:{details.title}:{written.text}")  # noqa: S311 -- invented data
    excluded = _excluded(rng, written)
    left = tuple(code for code in FIFTY_AND_DC if code not in excluded)
    return replace(
        details,
        excluded=excluded,
        states=left if excluded else details.states,
        more_places=_more_places(rng, details),
        mentoring=_mentoring(rng, details.apprentice, written),
        production=_production(rng, written),
        workplace=_workplace(rng, written),
        hiring=_hiring(rng, written, today),
        extras=_extras(rng, written),
        disclosure=_disclosure(rng, written, known=known),
        applying=_applying(rng, written.employer, known=known),
    )


def _extras(rng: Random, written: Written) -> Extras:
    """What the text names; most who hire for full time offer the usual beside it."""
    named = [*_found(BENEFITS, written)]
    if written.details.employment == "full-time-w2" and rng.random() < 0.7:
        named = [slug for slug in BENEFITS if slug in {*named, *USUAL}]
    return Extras(tuple(_found(BONUSES, written)), tuple(named))


def _found(patterns: Mapping[str, str], written: Written) -> Iterable[str]:
    return (slug for slug, pattern in patterns.items() if written.says(pattern))


def _excluded(rng: Random, written: Written) -> tuple[str, ...]:
    anywhere = written.details.setting == "remote-us" and not written.says("fifty states")
    return rng.choice(FEWER_STATES) if anywhere and rng.random() < 0.4 else ()


def _more_places(rng: Random, details: PostingDetails) -> tuple[Place, ...]:
    if details.setting not in ("onsite", "hybrid") or rng.random() > 0.12:
        return ()
    near = {town.city: town for town in towns_of()[details.place.state]}
    near.pop(details.place.city, None)
    return tuple(rng.sample([*near.values()], min(len(near), rng.randint(1, 2))))


def _mentoring(rng: Random, answer: Apprentice, written: Written) -> Mentoring:
    reason = REASONS[answer] if rng.random() < 0.5 else ""
    if answer is Apprentice.NO:
        return Mentoring(reason)
    signs = True if written.says("experience letter") else rng.choice((True, None, None))
    return Mentoring(reason, rng.choice((*MENTORS, "", "")), signs)


def _production(rng: Random, written: Written) -> Production:
    pool, facts, text = written.pool, written.facts, written.text
    units, per = _volume(written)
    weeks = written.says(rf"{facts['weeks']} weeks") and units is not None
    right = written.says(rf"{facts['accuracy']}(?:%| percent)")
    basis = AccuracyBasis.CODE if "scored by code" in text else BASES.get(pool)
    if "scored by encounter" in text:
        basis = AccuracyBasis.ENCOUNTER
    audit = re.search(rf"{facts['audit']} (?:records|charts)", text)
    kind = written.says("never a fine|not a pay cut|lessons|coaching")
    return Production(
        units=units,
        piece=PIECES.get(pool, "record") if units else "",
        per=per,
        ramp_weeks=int(facts["weeksnum"]) if weeks else None,
        accuracy=Decimal(facts["accuracy"]) if right else None,
        accuracy_basis=basis if right and rng.random() < 0.8 else None,
        audit_sample=int(facts["audit"]) if audit else None,
        below_target=BelowTarget.RETRAINING if kind and right else None,
    )


def _volume(written: Written) -> tuple[Decimal | None, Per | None]:
    facts = written.facts
    day = {"cdi": facts["allreviews"], "audit": facts["audits"]}.get(written.pool)
    if day and written.says(rf"\b{day} (?:reviews|touches|encounters|in all)"):
        return Decimal(day), Per.DAY
    if written.pool in PIECES and written.says(rf"\b{re.escape(facts['pace'])} .*?hour"):
        return Decimal(facts["pace"]), Per.HOUR
    return None, None


def _workplace(rng: Random, written: Written) -> Workplace:
    details, setting = written.details, written.details.setting
    speed = re.search(r"(forty|fifty|one hundred) megabits", written.text)
    watched = rng.choice((None, None, None, Monitoring.NONE, Monitoring.ACTIVITY))
    quiet = written.says(r"no (?:camera|screen) monitoring")
    window = _window(rng, written) if setting != "onsite" and rng.random() < 0.3 else None
    zone, start, end = window or ("", None, None)
    vendor = EMPLOYER_KINDS[written.employer.kind].group == "vendor"
    at_home = setting != "onsite"
    return Workplace(
        onsite_days=rng.choice((1, 2, 2, 3, None)) if setting == "hybrid" else None,
        training_days=_training(rng, setting),
        near_miles=rng.choice((25, 50, 60)) if setting == "remote-near-site" else None,
        zone=zone,
        from_hour=start,
        until_hour=end,
        monitoring=(Monitoring.NONE if quiet else watched) if at_home else None,
        wired_mbps=SPEEDS[speed[1]] if speed and at_home else None,
        us_data_only=True if vendor and details.employment != "contract-1099" else None,
    )


def _training(rng: Random, setting: str) -> int | None:
    if setting == "remote-after-training":
        return rng.choice((5, 10, 20))
    return None if setting == "onsite" else rng.choice((0, 2, None, None))


def _window(rng: Random, written: Written) -> tuple[str, int, int] | None:
    if written.details.conditions.shift not in ("days", "flexible-core-hours", ""):
        return None
    return (ZONES[STATES[written.employer.home.state].region], *rng.choice(WINDOWS))


def _hiring(rng: Random, written: Written, today: date) -> Hiring:
    details, facts = written.details, written.facts
    tested = details.conditions.coding_test in (CodingTest.PAID, CodingTest.UNPAID)
    minutes = tested and written.says(rf"{facts['minutes']} minutes")
    before = written.says(r"before the first (?:talk|call)")
    after = written.says(r"after the first (?:talk|call)|only to finalists|Finalists code")
    seats = written.says(OPENINGS.format(facts["openings"]))
    season = written.pool == "risk" and details.employment in ("contract-1099", "temp-w2")
    first = today + timedelta(days=rng.randint(14, 40)) if season else None
    return Hiring(
        test_minutes=int(facts["minutes"]) if minutes else None,
        test_time=(WhenTested.BEFORE if before else WhenTested.AFTER if after else None)
        if tested
        else None,
        screenings=rng.choice(CHECKS),
        starts_on=first,
        ends_on=first + timedelta(days=rng.choice((90, 120, 150))) if first else None,
        openings=_number(facts["openings"]) if seats else rng.choice((1, 1, 2, None)),
    )


def _number(word: str) -> int:
    return {"two": 2, "three": 3, "four": 4, "five": 5}.get(word, 1)


def _disclosure(rng: Random, written: Written, *, known: bool) -> Disclosure:
    agency = not written.employer.direct and rng.random() < 0.5
    home = STATES[written.employer.home.state].name
    own = None
    if written.employer.delivery is Delivery.MIXED and rng.random() < 0.5:
        own = Delivery.ONSHORE
    return Disclosure(
        delivery=own,
        client=f"a health system in {home}" if agency else "",
        confidential=not known and rng.random() < 0.015,
        evergreen=not known and written.pool == "risk" and rng.random() < 0.12,
    )


def _applying(rng: Random, employer: Organization, *, known: bool) -> Applying:
    drawn = rng.random()
    if known or drawn > 0.1:
        return Applying()
    site = "".join(letter for letter in employer.name.lower() if letter.isalnum())[:40]
    if drawn < 0.04:
        return Applying(ApplyBy.MAIL, f"jobs@{site}.example")
    return Applying(ApplyBy.WEB, f"https://{site}.example/careers")
