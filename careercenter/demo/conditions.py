"""What an invented posting says beside its text, so that both say the same."""

import re
from collections.abc import Mapping
from functools import lru_cache
from random import Random

from careercenter.demo.facts import NUMBERS, Facts
from careercenter.postings.models import Apprentice, CodingTest, Conditions, Equipment
from careercenter.taxonomy.vocabularies import SOFTWARE

LEVELS = ((10, "expert"), (5, "senior"), (2, "mid"), (1, "junior"))  # from so many years
LEADERS = {"coder-lead": "lead", "coding-manager": "manager", "him-director": "director"}
SHIFTS = {
    "days": r"Monday to Friday|Weekdays|seven to four|eight to five",
    "flexible-core-hours": r"around a core|outside a core",
    "flexible-24x7": r"at any hour",
    "split": r"split shifts",
    "weekends": r"weekend shifts|weekends only",
    "evenings": r"evening",
}
PAID = r"\bpaid\b[^.]*|fee of[^.]*"
TEST = re.compile(r"[^.]*(?:test|exercise|short notes|short cases|Finalists|Those invited)[^.]*\.")


def conditions_of(
    rng: Random, role: str, apprentice: Apprentice, experience: str, text: str
) -> Conditions:
    """As the description says; where it is silent the posting mostly is as well."""
    years = years_of(experience)
    return Conditions(
        experience=LEADERS.get(role) or _level(years, apprentice),
        years=years,
        shift=_shift(rng, text),
        equipment=_equipment(rng, text),
        coding_test=_coding_test(text),
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


def _shift(rng: Random, text: str) -> str:
    for shift, pattern in SHIFTS.items():
        if re.search(pattern, text):
            return shift
    return rng.choice(("days", "", "", ""))


def _equipment(rng: Random, text: str) -> Equipment | None:
    if re.search(
        r"your own computer|their own computer|suitable equipment|your own equipment", text
    ):
        return Equipment.OWN
    if "stipend" in text:
        return Equipment.STIPEND
    if re.search(r"laptop|quipment is|from us|hardware", text):
        return Equipment.PROVIDED
    return rng.choice((Equipment.PROVIDED, None, None))


def _coding_test(text: str) -> CodingTest | None:
    if "There is no test" in text:
        return CodingTest.NONE
    found = TEST.search(text)
    if found is None:
        return None
    return CodingTest.PAID if re.search(PAID, found[0]) else CodingTest.UNPAID
