"""Invented postings of every kind that coders are hired by, each a valid ``PostingDetails``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from random import Random

from careercenter.demo.conditions import code_sets_of, conditions_of, software_of, years_in
from careercenter.demo.descriptions import CONTRACTORS, Situation, describe
from careercenter.demo.facts import about_offer, about_specialties, about_work, title_name
from careercenter.demo.geography import where
from careercenter.demo.grammar import Template, table
from careercenter.demo.organizations import Organization, hirers, kinds
from careercenter.demo.particulars import Written, with_particulars
from careercenter.demo.pay import make_pay, pay_band
from careercenter.postings.models import Apprentice, PostingDetails
from careercenter.taxonomy.requirements import Requirement, parse

DEMO_POOLS = (
    *("inpatient", "profee", "cdi", "outpatient", "audit"),
    *("profee", "denials", "lead", "outpatient", "profee"),
)
# How often each text is used, in the order in which the first postings use each once.
POOLS = {
    "inpatient": 13,
    "profee": 24,
    "risk": 12,
    "cdi": 9,
    "audit": 10,
    "apprentice": 9,
    "homehealth": 7,
    "validator": 7,
    "outpatient": 13,
    "denials": 9,
    "lead": 5,
}


@dataclass(frozen=True, slots=True)
class Model:
    """A kind of opening: a row of ``data/openings.tsv``. Tuples are what may be chosen from."""

    pool: str
    role: str
    title: Template
    coding_types: tuple[str, ...]
    specialties: tuple[str, ...]
    most: int  # specialties in one posting
    required: tuple[Requirement, ...]
    preferred: tuple[str, ...]
    apprentice: Apprentice
    employment: tuple[str, ...]
    setting: tuple[str, ...]
    unit: tuple[str, ...]
    experience: tuple[str, ...]
    pace: tuple[Decimal, ...]  # an hour


@dataclass(frozen=True, slots=True)
class Opening:
    """A posting and who writes it. ``age``: how long ago it would have been published."""

    employer: int  # index among the organizations
    pool: str
    details: PostingDetails
    age: timedelta


def generate(
    count: int, seed: int, today: date, employers: Sequence[Organization]
) -> Iterator[Opening]:
    """``count`` openings; the first few are the demo employer's. The n-th depends on n alone."""
    suitable = hirers(employers)
    wheel = [pool for pool, share in POOLS.items() for _ in range(share)]
    Random("wheel").shuffle(wheel)  # noqa: S311 -- invented data
    wheel = [*POOLS, *wheel]
    for number in range(count):
        rng = Random(f"posting:{seed}:{number}")  # noqa: S311 -- invented data
        if number < len(DEMO_POOLS):
            employer, pool = 0, DEMO_POOLS[number]
        else:
            pool = wheel[(number - len(DEMO_POOLS)) % len(wheel)]
            numbers, weights = suitable[pool]
            employer = rng.choices(numbers, cum_weights=weights)[0]
        model = rng.choice(models()[pool])
        details = make_details(rng, model, employers[employer], today)
        minutes = 20 + int(29 * 24 * 60 * rng.random() ** 1.3) - 20
        yield Opening(employer, pool, details, timedelta(minutes=max(minutes, 20)))


def make_details(rng: Random, model: Model, employer: Organization, today: date) -> PostingDetails:
    employment, setting = rng.choice(model.employment), rng.choice(model.setting)
    specialties = _some(rng, model.specialties, model.most)
    required, pace = rng.choice(model.required), rng.choice(model.pace)
    place, states = where(rng, setting, employer.home)
    first = specialties[0] if specialties else None
    limits = pay_band(model.role, required, model.coding_types[0], first, place.state)
    experience = rng.choice(model.experience)
    facts = {
        **employer.facts,
        **about_work(rng, model.pool, pace, experience, required),
        **about_offer(rng, place.city or employer.home.city, employer.home.state, states),
        **about_specialties(specialties),
        "specialty": title_name(first) if first else "Hospital",
    }
    about = (model.pool, employment, setting, model.apprentice.value, kinds()[employer.kind].unit)
    coding_types = model.coding_types[: rng.choice((1, 2, 2))]
    title, text = model.title.render(rng, facts), describe(rng, Situation(*about), facts)
    conditions = conditions_of(rng, model.role, model.apprentice, experience, text)
    details = PostingDetails(
        title=title,
        role=model.role,
        coding_types=coding_types,
        specialties=specialties,
        required=required,
        preferred=_preferred(rng, model.preferred, required),
        apprentice=model.apprentice,
        setting=setting,
        states=states,
        place=place,
        employment=employment,
        pay=make_pay(rng, rng.choice(model.unit), limits, pace, employment not in CONTRACTORS),
        description=text,
        conditions=conditions,
        years_in=years_in(rng, conditions.years, coding_types[:1] + specialties[:1]),
        code_sets=code_sets_of(rng, model.pool, coding_types, text),
        software=software_of(rng, facts, text),
        closes_on=today + timedelta(days=rng.randint(2, 45)) if rng.random() < 0.35 else None,
    )
    return with_particulars(Written(model.pool, employer, facts, details), today)


@lru_cache
def models() -> Mapping[str, tuple[Model, ...]]:
    """The kinds of openings by pool."""
    found: dict[str, list[Model]] = {}
    for row in table("openings"):
        found.setdefault(row["pool"], []).append(_model(row))
    return {pool: tuple(rows) for pool, rows in found.items()}


def _model(row: Mapping[str, str]) -> Model:
    def many(column: str) -> tuple[str, ...]:
        return tuple(filter(None, row[column].split(",")))

    return Model(
        pool=row["pool"],
        role=row["role"],
        title=Template(row["title"]),
        coding_types=many("coding_types"),
        specialties=many("specialties"),
        most=int(row["most"]),
        required=tuple(parse(text) for text in row["required"].split(";")),
        preferred=many("preferred"),
        apprentice=Apprentice(row["apprentice"]),
        employment=many("employment"),
        setting=many("setting"),
        unit=many("unit"),
        experience=many("experience"),
        pace=tuple(Decimal(text) for text in many("pace")),
    )


def _some(rng: Random, slugs: tuple[str, ...], most: int) -> tuple[str, ...]:
    """At least one, where there are any; the one marked by ``!`` always, and first."""
    if not slugs:
        return ()
    fixed = tuple(slug[1:] for slug in slugs if slug.startswith("!"))
    free = [slug for slug in slugs if not slug.startswith("!")]
    count = rng.randint(1 - len(fixed), most - len(fixed))
    return fixed + tuple(rng.sample(free, count))


def _preferred(rng: Random, slugs: tuple[str, ...], required: Requirement) -> tuple[str, ...]:
    asked = {alternative.credential for group in required.groups for alternative in group}
    left = [slug for slug in slugs if slug not in asked]
    return tuple(rng.sample(left, min(len(left), rng.randint(0, 2))))
