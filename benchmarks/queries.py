"""Distinct searches of eight families, as query strings of /jobs. No search is repeated."""

import random
from collections.abc import Iterator

from careercenter.taxonomy.vocabularies import (
    CODING_TYPES,
    EMPLOYMENT_TYPES,
    PICKABLE_CREDENTIALS,
    ROLES,
    SPECIALTIES,
    STATES,
    WORK_SETTINGS,
)

WORDS = (
    "coder auditor inpatient outpatient urology cardiology remote denials epic risk adjustment "
    "charts profee surgical radiology emergency educator compliance hospice documentation review "
    "apprentice trainer abstractor query billing encounter audit accuracy training mentor monitor "
    "specialist records team"
).split()
CITIES = (
    "Dallas, TX|Chicago, IL|Denver, CO|Boston, MA|Atlanta, GA|Seattle, WA|Waterloo, IA|"
    "Phoenix, AZ|Miami, FL|Portland, OR|Nashville, TN|Omaha, NE|Tampa, FL|Columbus, OH|Boise, ID"
).split("|")
PHRASES = (
    "risk adjustment|medical record|emergency department|clinical documentation|fee schedule|"
    "coding team|health information|second monitor|quality review|physician query"
).split("|")

Search = dict[str, list[str]]


def families(seed: int, each: int) -> dict[str, list[Search]]:
    """``each`` distinct searches for every family."""
    chance = random.Random(seed)
    makers = {
        "Q0 no words, pages": _pages,
        "Q1 three facets": _facets,
        "Q2 one word": _word,
        "Q3 two words, a typo": _typo,
        "Q4 beginning of a word": _beginning,
        "Q5 phrase": _phrase,
        "Q6 word, facets, pay": _word_and_facets,
        "Q7 word and distance": _distance,
    }
    seen: set[str] = set()
    return {name: _distinct(make(chance), each, seen) for name, make in makers.items()}


def _distinct(searches: Iterator[Search], count: int, seen: set[str]) -> list[Search]:
    found: list[Search] = []
    for search in searches:
        key = repr(sorted(search.items()))
        if key not in seen:
            seen.add(key)
            found.append(search)
        if len(found) == count:
            return found
    raise AssertionError("unreachable")


def _three(chance: random.Random) -> Search:
    pools = {
        "cred": [*PICKABLE_CREDENTIALS][:20],
        "setting": [*WORK_SETTINGS],
        "employment": [*EMPLOYMENT_TYPES][:6],
        "specialty": [*SPECIALTIES],
        "type": [*CODING_TYPES][:10],
        "role": [*ROLES][:12],
        "state": [*STATES][:51],
    }
    names = chance.sample(sorted(pools), 3)
    return {name: chance.sample(pools[name], chance.choice((1, 2))) for name in names}


def _pages(chance: random.Random) -> Iterator[Search]:
    while True:
        sort = chance.choice(("relevance", "newest", "pay"))
        yield {"page": [str(chance.randint(1, 90))], "sort": [sort]}


def _facets(chance: random.Random) -> Iterator[Search]:
    while True:
        yield _three(chance)


def _word(chance: random.Random) -> Iterator[Search]:
    while True:
        yield {"q": [chance.choice(WORDS) + " "], "page": [str(chance.randint(1, 5))]}


def _typo(chance: random.Random) -> Iterator[Search]:
    while True:
        first, second = chance.sample([word for word in WORDS if len(word) > 4], 2)
        at = chance.randrange(1, len(first) - 2)
        wrong = first[:at] + first[at + 1] + first[at] + first[at + 2 :]
        yield {"q": [f"{wrong} {second}"]}


def _beginning(chance: random.Random) -> Iterator[Search]:
    while True:
        word, other = chance.sample(WORDS, 2)
        yield {"q": [f"{other} {word[: chance.randint(2, len(word))]}"]}


def _phrase(chance: random.Random) -> Iterator[Search]:
    while True:
        yield {"q": [f'"{chance.choice(PHRASES)}" {chance.choice(WORDS)}']}


def _word_and_facets(chance: random.Random) -> Iterator[Search]:
    while True:
        yield {"q": [chance.choice(WORDS)], "pay": [str(chance.randint(18, 40))]} | _three(chance)


def _distance(chance: random.Random) -> Iterator[Search]:
    while True:
        yield {
            "q": [chance.choice(WORDS)],
            "where": [chance.choice(CITIES)],
            "miles": [chance.choice(("10", "25", "50", "100"))],
        }
