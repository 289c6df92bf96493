"""What an invented posting says beside its text, so that both say the same."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from random import Random
from typing import TypeVar

from careercenter.demo.facts import NUMBERS, Facts
from careercenter.postings.models import Apprentice, CodingTest, Conditions, Equipment
from careercenter.taxonomy.vocabularies import CODING_TYPES, SOFTWARE

T = TypeVar("T")

LEVELS = ((10, "expert"), (5, "senior"), (2, "mid"), (1, "junior"))  # from so many years
LEADERS = {"coder-lead": "lead", "coding-manager": "manager", "him-director": "director"}
# The sentences that say it; the first that is found counts.
SHIFTS = {
    "": r"mornings or evenings|vening and weekend|Night and weekend",  # several: none is named
    "days": r"Monday to Friday|Weekdays|seven to four|eight to five",
    "flexible-core-hours": r"a core of|with weekends free|never on a weekend",
    "flexible-24x7": r"at any hour|your own hours|your calendar",
    "split": r"split shifts",
    "evenings": r"Evenings (?:from|after)|Late shifts",
}
OTHER_SHIFTS = ("days", "evenings", "nights", "rotating-weekends", *[""] * 12)
EQUIPMENT = {
    Equipment.OWN: r"own computer|(?:suitable|own) equipment|virtual desktop",
    Equipment.STIPEND: r"stipend",
    Equipment.PROVIDED: r"s(?:hips|end) a laptop|quipment is|\w+ (?:arrives|comes) from us",
}
CODING_TESTS = {
    CodingTest.NONE: r"There is no test;",
    CodingTest.PAID: r"[Tt]est \(\d+ minutes, paid|(?:Finalists|Those invited) code",
    CodingTest.UNPAID: r"[Tt]est of \d+ minutes|asked to (?:code|read) \w+ short"
    r"|(?:Testing|The exercise) (?:takes|lasts)",
}
CODE_SETS = {
    "apr-drg": "APR-DRG",
    "ncci-edits": "NCCI edits",
    "oce-mce": "code editor",
    "oasis-e": "OASIS",
    "pdgm": "PDGM",
}
MORE_CODE_SETS = {  # that a pool may work with besides
    "risk": ("hhs-hcc", "rxhcc", "hedis"),
    "denials": ("lcd-ncd", "ncci-edits"),
    "audit": ("ncci-edits", "mips"),
}


def conditions_of(
    rng: Random, role: str, apprentice: Apprentice, experience: str, text: str
) -> Conditions:
    """As the description says; where it is silent the posting mostly is as well."""
    years, shift = years_of(experience), _said(SHIFTS, text)
    return Conditions(
        experience=LEADERS.get(role) or _level(years, apprentice),
        years=years,
        shift=rng.choice(OTHER_SHIFTS) if shift is None else shift,
        equipment=_said(EQUIPMENT, text) or rng.choice((Equipment.PROVIDED, None, None)),
        coding_test=_said(CODING_TESTS, text),
    )


def years_of(words: str) -> int:
    """ "three years" → 3; months are less than a year or one; nothing said is 0."""
    first = words.split(" ")[0]
    if "month" in words:
        return int(first) // 12
    return NUMBERS.index(first) if first in NUMBERS else 0


def years_in(rng: Random, years: int, topics: tuple[str, ...]) -> Mapping[str, int]:
    """Some postings ask for years of their first coding type or specialty."""
    if years < 2 or not topics or rng.random() > 0.35:
        return {}
    return {rng.choice(topics): rng.randint(1, years)}


def software_of(rng: Random, facts: Facts, text: str) -> tuple[str, ...]:
    """What the text names, and now and then what the employer works with anyway."""
    named = [facts[key] for key in ("ehr", "encoder", "tool") if facts[key] in text]
    if rng.random() < 0.5:
        named.append(facts["ehr"])
    return tuple(dict.fromkeys(_slugs()[name] for name in named if name in _slugs()))


def code_sets_of(rng: Random, pool: str, coding_types: Iterable[str], text: str) -> tuple[str, ...]:
    """What the text names beside those that the coding types work with, and now and then more."""
    named = [slug for slug, words in CODE_SETS.items() if words in text]
    if pool in MORE_CODE_SETS and rng.random() < 0.3:
        named.append(rng.choice(MORE_CODE_SETS[pool]))
    known = {code_set for slug in coding_types for code_set in CODING_TYPES[slug].code_sets}
    return tuple(slug for slug in dict.fromkeys(named) if slug not in known)


@lru_cache
def _slugs() -> Mapping[str, str]:
    """The names that the sentences use → slugs."""
    names = {item.name.partition(" (")[0]: slug for slug, item in SOFTWARE.items()}
    return names | {item.name: slug for slug, item in SOFTWARE.items()}


def _level(years: int, apprentice: Apprentice) -> str:
    for least, level in LEVELS:
        if years >= least:
            return level
    return "apprentice" if apprentice is Apprentice.YES else ""


def _said(patterns: Mapping[T, str], text: str) -> T | None:
    return next((value for value, pattern in patterns.items() if re.search(pattern, text)), None)
