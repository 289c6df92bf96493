"""Does somebody qualify? The filters that find the listings, and the lines that say why.

The credentials that must be held on the day of the hire decide, the years asked for, and the state.
What is not known of a person counts neither for nor against them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType

from careercenter.listings.documents import open_states
from careercenter.listings.index import Facet, Range, RangeField, credential_set, years_in
from careercenter.listings.models import Fit, FitLine, Visitor
from careercenter.postings.models import Apprentice, Posting
from careercenter.taxonomy.requirements import Requirement, Status, explain
from careercenter.taxonomy.vocabularies import CODING_TYPES, CREDENTIALS, SPECIALTIES, STATES

TOPICS = (*CODING_TYPES, *SPECIALTIES)  # that years may be asked in
MOST_TOGETHER = 4  # credentials in one set: hardly a posting asks for more at once


class Lane(StrEnum):
    """Which listings are meant. The names are words of an address."""

    TODAY = "today"
    NEARLY = "nearly"
    APPRENTICE = "apprentice"


LANES: Mapping[Lane, str] = MappingProxyType(
    {
        Lane.TODAY: "I qualify today",
        Lane.NEARLY: "With one more credential",
        Lane.APPRENTICE: "Apprentice lane",
    }
)


@dataclass(frozen=True, slots=True)
class FitFilters:
    """What a query is narrowed by."""

    filters: Mapping[Facet, frozenset[str]]
    excluded: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    ranges: Mapping[RangeField, Range] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a posting decides whether somebody qualifies."""

    required: Requirement
    apprentice: Apprentice
    years: int
    years_in: Mapping[str, int]
    open_to: tuple[str, ...]  # codes of states; none where nothing is said
    placed: bool = False  # the work is done at a place


def asked_by(posting: Posting) -> Asked:
    """Its lists are loaded."""
    return Asked(
        required=posting.required,
        apprentice=posting.apprentice,
        years=posting.years,
        years_in=posting.years_in,
        open_to=open_states(posting),
        placed=posting.setting in ("onsite", "hybrid"),
    )


def fit_filters(visitor: Visitor, lane: Lane) -> FitFilters:
    """The narrowing that finds what the visitor qualifies for in a lane."""
    held = sets_of(visitor.credentials)
    ranges = {} if visitor.years is None else {RangeField.YEARS: Range(high=visitor.years)}
    short = {Facet.YEARS_IN: years_lacking(visitor)}
    where = {Facet.STATE: frozenset({visitor.state})} if visitor.state else {}
    if lane is Lane.NEARLY:
        return FitFilters({Facet.NEARLY: held, **where}, {Facet.FIT: held, **short}, ranges)
    facet = Facet.LANE if lane is Lane.APPRENTICE else Facet.FIT
    return FitFilters({facet: held, **where}, short, ranges)


def years_lacking(visitor: Visitor) -> frozenset[str]:
    """As values of YEARS_IN: in each topic the first year too many, where that is known.

    Nobody has more years in a topic than in all.
    """
    have = {topic: visitor.years_in.get(topic, visitor.years) for topic in TOPICS}
    return frozenset(years_in(t, years + 1) for t, years in have.items() if years is not None)


def sets_of(credentials: Iterable[str]) -> frozenset[str]:
    """Every set of at most four of these, the empty one too, as values of FIT."""
    held = sorted(set(credentials))
    return frozenset(
        credential_set(some)
        for size in range(min(len(held), MOST_TOGETHER) + 1)
        for some in combinations(held, size)
    )


def fit_of(asked: Asked, visitor: Visitor) -> Fit | None:
    """How the visitor stands with what is asked; None where nothing is known of them."""
    if not visitor.told:
        return None
    lines = (*_credential_lines(asked, visitor), *_years_lines(asked, visitor))
    lines += tuple(_state_line(asked, visitor))
    if not lines:
        return Fit("Nothing is asked for that you would have to show", "met")
    met = sum(line.status == "met" for line in lines)
    gaps = [f"{line.text} {line.note}".strip() for line in lines if line.status != "met"]
    text = f"You meet {met} of {len(lines)}" + (f": {'; '.join(gaps)}" if gaps else "")
    missing = any(line.status == "missing" for line in lines)
    return Fit(text, "missing" if missing else "later" if gaps else "met", lines)


def _credential_lines(asked: Asked, visitor: Visitor) -> Iterable[FitLine]:
    """One a group of the requirement. Where apprentices are welcome their credential counts."""
    held = set(visitor.credentials)
    if asked.apprentice is Apprentice.YES:
        held |= {full for slug in held if (full := CREDENTIALS[slug].apprentice_of)}
    for line in explain(asked.required, held):
        if line.by:
            yield FitLine(line.text, "met", _met_by(line.by, visitor))
        elif line.status is Status.LATER:
            months = f"{line.within_months} month{'' if line.within_months == 1 else 's'}"
            yield FitLine(line.lacking, "later", f"missing, accepted within {months}")
        else:
            yield FitLine(line.lacking, "missing", "missing")


def _met_by(slug: str, visitor: Visitor) -> str:
    if slug in visitor.credentials:
        return f"You hold {CREDENTIALS[slug].abbr}"
    return "Apprentices are welcome, and you are one"


def _years_lines(asked: Asked, visitor: Visitor) -> Iterable[FitLine]:
    overall = {"": asked.years} if asked.years else {}
    for topic, years in (overall | dict(asked.years_in)).items():
        text = _years_words(years, topic)
        have = visitor.years_in.get(topic) if topic else visitor.years
        if have is None and topic and visitor.years is not None and visitor.years < years:
            have = visitor.years
        if have is None:
            yield FitLine(text, "unknown", "asked: do you have them?")
        elif have >= years:
            yield FitLine(text, "met", f"you have {have}")
        else:
            yield FitLine(text, "missing", f"asked, you have {have}")


def _state_line(asked: Asked, visitor: Visitor) -> Iterable[FitLine]:
    if not visitor.state:
        return
    name = STATES[visitor.state].name
    if not asked.open_to:
        yield FitLine(f"Living in {name}", "unknown", "is not mentioned: ask")
    elif visitor.state in asked.open_to:
        yield FitLine(f"Living in {name}", "met")
    elif asked.placed:
        yield FitLine(f"Living in {name}", "unknown", "means a commute or a move")
    else:
        yield FitLine(f"Living in {name}", "missing", "is not among the states")


def _years_words(years: int, topic: str) -> str:
    """ "2 years of urology" """
    term = CODING_TYPES.get(topic) or SPECIALTIES.get(topic)
    unit = f"{years} year{'' if years == 1 else 's'}"
    return f"{unit} of {term.name if term else topic or 'coding'}"
