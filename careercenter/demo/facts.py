"""What the sentences of one posting talk about, so that they agree with its fields."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from random import Random

from careercenter.demo.grammar import listed, table, words
from careercenter.taxonomy.requirements import Requirement, sentence
from careercenter.taxonomy.vocabularies import SOFTWARE, SPECIALTIES, STATES

Facts = Mapping[str, str]

NUMBERS, MONTHS = words("numbers"), words("months")  # the numbers from zero
TOOLS = {
    "risk": "risk-adjustment",
    "cdi": "cdi-audit",
    "audit": "cdi-audit",
    "validator": "autonomous",
}
FEW_STATES = 6  # that are named one by one
SMALL_BEDS = ("15", "20", "25")
BEDS = ("48", "60", "90", "120", "140", "210", "260", "330", "410", "520", "640")
STIPENDS = ("250", "300", "400", "500", "600", "750", "900", "1,000", "1,200", "1,500", "2,000")


@lru_cache
def software(kind: str) -> tuple[str, ...]:
    """The names of the products of a kind that are still sold."""
    found = [item for item in SOFTWARE.values() if item.kind == kind and "legacy" not in item.name]
    return tuple(item.name.partition(" (")[0] for item in found)


@lru_cache
def title_name(specialty: str) -> str:
    """ "Physical Medicine & Rehabilitation" """
    name = SPECIALTIES[specialty].name.partition(" (")[0].partition(" / ")[0]
    return " ".join(word[0].upper() + word[1:] for word in name.split())


@lru_cache
def spoken(specialty: str) -> str:
    """ "women's health": short enough to be one of several in a sentence"""
    short = {row["specialty"]: row["spoken"] for row in table("short_names")}
    if specialty in short:
        return short[specialty]
    name = SPECIALTIES[specialty].name.partition(" (")[0].replace("&", "and")
    return " ".join(word if word[1:] != word[1:].lower() else word.lower() for word in name.split())


def spoken_states(states: tuple[str, ...]) -> str:
    if not states:
        return "any of the fifty states or the District of Columbia"
    if len(states) <= FEW_STATES:
        return listed(tuple(STATES[code].name for code in states))
    return f"one of the {len(states)} states named in this listing"


def about_work(
    rng: Random, pool: str, pace: Decimal, experience: str, required: Requirement
) -> dict[str, str]:
    return {
        "required": sentence(required),
        "experience": experience,
        "pace": f"{pace.normalize():f}",
        "tool": rng.choice(software(TOOLS.get(pool, "claims"))),
        "accuracy": rng.choice(("95", "95", "95", "96", "97", "98")),
        "audit": rng.choice(("15", "20", "25", "30", "35", "40", "50")),
        "audits": str(rng.randint(12, 34)),
        "newreviews": str(rng.randint(8, 12)),
        "allreviews": str(rng.randint(17, 25)),
        "agedays": rng.choice(("30", "45", "60", "90")),
        "minutes": str(rng.randint(4, 15) * 5),
        "testpay": rng.choice(("30", "40", "50", "60", "75")),
        "longstay": rng.choice(("thirty", "twenty-one", "forty", "sixty")),
        "share": str(rng.randint(7, 16) * 5),
    }


def about_employer(rng: Random, kind: str, ehr: str) -> dict[str, str]:
    """What all postings of an employer say alike."""
    return {
        "beds": rng.choice(SMALL_BEDS if kind == "critical-access-hospital" else BEDS),
        "sites": NUMBERS[rng.randint(2, 19)],
        "providers": str(rng.randint(7, 160)),
        "ehr": ehr,
        "encoder": rng.choice(software("encoder-cac")),
    }


def about_offer(rng: Random, city: str, state: str, states: tuple[str, ...]) -> dict[str, str]:
    weeks = rng.randint(4, 14)
    return {
        "city": city,
        "state": STATES[state].name,
        "stateslist": spoken_states(states),
        "volume": f"{rng.randint(7, 98) * 100:,}",
        "days": NUMBERS[rng.randint(3, 7)],
        "team": NUMBERS[rng.randint(5, 24)],
        "openings": NUMBERS[rng.randint(2, 5)],
        "weeks": NUMBERS[weeks],
        "weeksnum": str(weeks),
        "months": NUMBERS[rng.randint(4, 12)],
        "month": rng.choice(MONTHS),
        "hours": rng.choice(("24", "36", "48", "72")),
        "stipend": rng.choice(STIPENDS),
        "hourspan": rng.choice(("10 to 20", "15 to 25", "20 to 30", "25 to 35", "30 to 40")),
    }


def about_specialties(specialties: tuple[str, ...]) -> dict[str, str]:
    """Where a posting has none, its sentences speak of every kind of record."""
    names = tuple(dict.fromkeys(spoken(slug) for slug in specialties))
    return {"specialties": listed(names) or "medical and surgical stays"}
