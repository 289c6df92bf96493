"""How many candidates meet a requirement, and how many more would if a line of it were relaxed.

Only what candidates told counts. Numbers are rounded, and below five there is none: a figure must
not tell who somebody is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, func, select, true
from sqlalchemy.orm import Session

from careercenter.candidates.models import Candidate, CandidateCredential, CandidateYears
from careercenter.taxonomy.requirements import ACCEPTED, Alternative, Group, Requirement, sentence
from careercenter.taxonomy.vocabularies import CODING_TYPES, CREDENTIALS, SATISFIES, SPECIALTIES

FEWEST = 5  # that is ever shown as a number
MOST_WIDENED = 3  # further credentials that are tried
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a posting narrows the pool. ``states``: codes; none where anybody may live."""

    required: Requirement = field(default_factory=Requirement)
    apprentices: bool = False  # their credential counts as the full one
    years: int = 0
    years_in: Mapping[str, int] = field(default_factory=dict)
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relaxed:
    """``words``: what is given up. ``adds``: candidates."""

    words: str
    adds: int

    @property
    def counts(self) -> bool:
        """Whether it is worth a line, and may be one."""
        return self.adds >= FEWEST

    @property
    def shown(self) -> str:
        return f"{shown(self.adds)} more"


@dataclass(frozen=True, slots=True)
class Pool:
    meets: int
    relaxed: tuple[Relaxed, ...] = ()  # those that add somebody, the most first

    @property
    def shown(self) -> str:
        return shown(self.meets)


def shown(count: int) -> str:
    """ "fewer than 5", "40", "1,250": down to fives, above a hundred to tens."""
    if count < FEWEST:
        return f"fewer than {FEWEST}"
    step = FEWEST if count < 100 else 2 * FEWEST
    return f"{count // step * step:,}"


Condition = ColumnElement[bool]


def pool_for(session: Session, wanted: Wanted, today: date) -> Pool:
    """One statement: everybody is counted against every variant at once."""
    variants = dict(_variants(wanted, today))
    meets = _all(_conditions(wanted, today))
    counted = [func.sum(case((condition, 1), else_=0)) for condition in (meets, *variants.values())]
    row = session.execute(select(*counted).select_from(Candidate)).one()
    now, *others = (int(number or 0) for number in row)
    relaxed = (Relaxed(words, n - now) for words, n in zip(variants, others, strict=True))
    kept = sorted((one for one in relaxed if one.adds > 0), key=lambda one: -one.adds)
    return Pool(now, tuple(kept))


def _conditions(wanted: Wanted, today: date) -> dict[str, Condition]:
    """What must be met, by the words that name it."""
    found: dict[str, Condition] = {}
    for number, group in enumerate(wanted.required.groups, start=1):
        if all(a.within_months is None for a in group):  # what may follow narrows nobody out
            words = sentence(Requirement((group,)))
            found[f"Not asking for {words}" + " " * number] = _holds(group, wanted, today)
    if wanted.years:
        found[f"Not asking for {_count(wanted.years)} of coding"] = Candidate.years >= wanted.years
    for topic, years in wanted.years_in.items():
        found[f"Not asking for {_count(years)} of {_name(topic)}"] = _worked(topic, years)
    if wanted.states:
        found["Hiring in every state"] = Candidate.home_state.in_(wanted.states)
    return found


def _variants(wanted: Wanted, today: date) -> Iterator[tuple[str, Condition]]:
    """The requirement, relaxed in one thing each."""
    conditions = _conditions(wanted, today)
    for words in conditions:
        yield words.strip(), _all({k: c for k, c in conditions.items() if k != words})
    if wanted.required.groups and not wanted.apprentices:
        welcome = replace(wanted, apprentices=True)
        yield "Welcoming apprentices", _all(_conditions(welcome, today))
    for number, slug in list(_further(wanted.required))[:MOST_WIDENED]:
        groups = list(wanted.required.groups)
        groups[number] = (*groups[number], Alternative(slug))
        wider = replace(wanted, required=Requirement(tuple(groups)))
        yield f"Accepting {CREDENTIALS[slug].abbr} too", _all(_conditions(wider, today))


def _further(required: Requirement) -> Iterator[tuple[int, str]]:
    """Credentials that some employers take instead: the group's number, the slug."""
    asked = {a.credential for group in required.groups for a in group}
    for number, group in enumerate(required.groups):
        if any(a.within_months is not None for a in group):
            continue
        for row in SATISFIES:
            taken = row.kind == "commonly-accepted-alternative" and row.credential not in asked
            if taken and any(a.credential == row.satisfies for a in group):
                asked.add(row.credential)
                yield number, row.credential


def _holds(group: Group, wanted: Wanted, today: date) -> Condition:
    accepted = {slug for a in group for slug in ACCEPTED[a.credential]}
    if wanted.apprentices:
        accepted |= {s for s, c in CREDENTIALS.items() if c.apprentice_of in accepted}
    return exists().where(
        CandidateCredential.candidate_id == Candidate.id,
        CandidateCredential.credential.in_(sorted(accepted)),
        CandidateCredential.in_force(today),
    )


def _worked(topic: str, years: int) -> Condition:
    return exists().where(
        CandidateYears.candidate_id == Candidate.id,
        CandidateYears.topic == topic,
        CandidateYears.years >= years,
    )


def _all(conditions: Mapping[str, Condition]) -> Condition:
    chosen: Iterable[Condition] = conditions.values()
    return and_(true(), *chosen)


def _count(years: int) -> str:
    return f"{years}{NBSP}year{'' if years == 1 else 's'}"


def _name(topic: str) -> str:
    term = CODING_TYPES.get(topic) or SPECIALTIES.get(topic)
    return term.name.lower() if term else topic
