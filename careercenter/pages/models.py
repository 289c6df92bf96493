"""What the pages for everybody say in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from careercenter.listings.criteria import Criteria
from careercenter.listings.index import NOT_STATED, Counts, Facet, Results
from careercenter.taxonomy.vocabularies import ROLES, WORK_SETTINGS

POPULAR = (Facet.CREDENTIAL, Facet.SPECIALTY, Facet.STATE)
HOME_FACETS = (Facet.SETTING, Facet.APPRENTICE, Facet.CODING_TYPE, Facet.ROLE, *POPULAR)


@dataclass(frozen=True, slots=True)
class Start:
    """A search to start from. ``count`` is None while nothing can be counted."""

    text: str
    query: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    value: str
    label: str
    note: str


def starting_points(facets: Mapping[Facet, Counts]) -> tuple[Start, ...]:
    """Six searches, counted out of the facets of all live listings."""
    remote = [s for s, term in WORK_SETTINGS.items() if term.remote == "yes" and s != "offshore"]
    audit = tuple(slug for slug, role in ROLES.items() if role.family == "audit")
    return (
        _start("Remote", Criteria(where="remote"), facets, Facet.SETTING, remote),
        _by("Apprentices welcome", Facet.APPRENTICE, ("yes",), facets),
        _by("Inpatient", Facet.CODING_TYPE, ("facility-inpatient",), facets),
        _by("Risk adjustment", Facet.CODING_TYPE, ("risk-adjustment",), facets),
        _by("Profee", Facet.CODING_TYPE, ("profee",), facets),
        _by("Auditing", Facet.ROLE, audit, facets),
    )


def honest_facts(results: Results, days: int) -> tuple[Fact, ...]:
    """Four figures about what is live now. ``days``: how long a posting may stay."""
    live = results.total
    answers = dict(results.facets.get(Facet.APPRENTICE, ()))
    silent = dict(results.facets.get(Facet.STATE, ())).get(NOT_STATED, 0)
    return (
        Fact(f"{live:,}", "jobs live now", "Each says what is paid, by the hour."),
        Fact(_share(live - silent, live), "say where you may live", "By state, remote or not."),
        Fact(
            _share(answers.get("yes", 0) + answers.get("no", 0), live),
            "say yes or no to apprentices",
            "The rest decide case by case; none may stay silent.",
        ),
        Fact(f"{days} days", "at most on the board", "Then a job leaves by itself."),
    )


def _by(text: str, facet: Facet, values: Sequence[str], facets: Mapping[Facet, Counts]) -> Start:
    return _start(text, Criteria(chosen={facet: tuple(values)}), facets, facet, values)


def _start(
    text: str,
    criteria: Criteria,
    facets: Mapping[Facet, Counts],
    facet: Facet,
    values: Sequence[str],
) -> Start:
    """``facet`` has one value a listing, or ``values`` is one: else the sum would be too large."""
    counts = dict(facets[facet]) if facet in facets else None
    total = None if counts is None else sum(counts.get(value, 0) for value in values)
    return Start(text, criteria.query(), total)


def _share(part: int, whole: int) -> str:
    return f"{100 * part // whole}%" if whole else "–"
