"""Invented people: those who sign in to the demo, employers' owners, and candidates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from careercenter.accounts.models import Role
from careercenter.demo.facts import NUMBERS
from careercenter.demo.geography import HOME_STATES, towns
from careercenter.demo.grammar import listed, topics, words
from careercenter.demo.organizations import Organization, kinds
from careercenter.demo.pdf import make_pdf
from careercenter.demo.postings import POOLS, models
from careercenter.taxonomy.vocabularies import CREDENTIALS, STATES

PASSWORD = "demo-board-2026"  # noqa: S105 -- printed for everybody who starts the demo
EMPLOYER, CANDIDATE, MODERATOR, FINANCE = (
    f"{name}@example.com" for name in ("employer", "candidate", "moderator", "finance")
)
NO_PASSWORD = "!"  # noqa: S105 -- matches nothing: only the four demo people sign in
FOUNDED = timedelta(days=200)  # ago: before the oldest posting
CANDIDATES = 60  # beside the one who signs in
WORK = {
    "inpatient": "inpatient coding",
    "profee": "professional fee coding",
    "risk": "risk adjustment review",
    "cdi": "documentation review",
    "audit": "coding audit",
    "apprentice": "charge review",
    "homehealth": "home health coding",
    "validator": "emergency and imaging coding",
    "outpatient": "outpatient facility coding",
    "denials": "denials and follow-up",
    "lead": "coding and team leadership",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate. ``pool``: the kind of work they do and look for."""

    name: str
    email: str
    state: str
    pool: str
    resume: bytes  # a PDF
    facts: Mapping[str, str]  # what their notes speak of


def user_row(
    email: str, name: str, password_hash: str, role: Role, now: datetime
) -> dict[str, Any]:
    since = now - FOUNDED
    return {
        "email": email,
        "name": name,
        "password_hash": password_hash,
        "role": role,
        "created_at": since,
        "confirmed_at": since,
    }


def full_names(rng: Random) -> Iterator[str]:
    """Names that nobody is known by, without an end; rarely the same twice."""
    while True:
        yield f"{rng.choice(words('given'))} {rng.choice(words('family'))}"


@lru_cache(maxsize=2)
def candidates(seed: int, employers: tuple[Organization, ...]) -> tuple[Person, ...]:
    """The first one signs in as candidate@example.com."""
    rng = Random(f"people:{seed}")  # noqa: S311 -- invented data
    names = full_names(rng)
    return tuple(_candidate(rng, n, next(names), employers) for n in range(CANDIDATES + 1))


def _candidate(rng: Random, number: int, name: str, employers: Sequence[Organization]) -> Person:
    pool = rng.choice(tuple(POOLS)) if number else "profee"
    home = rng.choice(towns())
    facts = _facts(rng, pool, home.city, home.state)
    local = name.lower().replace(" ", ".")
    return Person(
        name=name,
        email=f"{local}.{number}@example.org" if number else CANDIDATE,
        state=home.state if home.state in HOME_STATES else "",
        pool=pool,
        resume=make_pdf(list(_resume(rng, name, facts, employers))),
        facts=facts,
    )


def _facts(rng: Random, pool: str, city: str, state: str) -> dict[str, str]:
    group = rng.choice(rng.choice(models()[pool]).required).groups[0]
    years = rng.randint(2, 18)
    held = [alternative.credential for alternative in group[:2]][: rng.randint(1, 2)]
    return {
        "held": listed(tuple(CREDENTIALS[slug].abbr for slug in held)),
        "credentials": ",".join(held),
        "years in figures": str(years),
        "years": NUMBERS[years],
        "recent": NUMBERS[rng.randint(2, max(2, years))],
        "work": WORK[pool],
        "accuracy": str(rng.randint(94, 99)),
        "pace": str(rng.randint(2, 20)),
        "months": NUMBERS[rng.randint(6, 20)],
        "backlog": f"{rng.randint(3, 29) * 100:,}",
        "city": city,
        "state": STATES[state].name,
        "ehr": rng.choice(kinds()["health-system"].ehr),
    }


def _resume(
    rng: Random, name: str, facts: Mapping[str, str], employers: Sequence[Organization]
) -> Iterator[str]:
    said = topics("people")
    yield from (name, f"{facts['city']}, {facts['state']}", "", f"Credentials: {facts['held']}", "")
    yield from (rng.choice(said["summary"]).render(rng, facts), "", "Experience", "")
    year = 2026
    for employer in rng.sample(employers[1:], rng.randint(2, 3)):
        began = year - rng.randint(2, 5)
        yield f"{employer.name}, {employer.home.city}, {employer.home.state}, {began} to {year}"
        for template in rng.sample(said["job"], 2):
            yield "  - " + template.render(rng, facts)
        yield ""
        year = began
    yield from ("Education", "", rng.choice(said["school"]).render(rng, facts))
    yield from ("", "This person is invented for a demonstration.")
