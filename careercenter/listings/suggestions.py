"""What somebody who begins to type may mean: one ranked list of searches.

The order: what is named exactly so; then what has live listings, labels that begin so before those
with a word, or another name, that begins so; then what has none, alike. Inside that, the more live
listings the earlier. Codes and ZIP codes count as having some. Kinds mix, and none takes more than
four of the ten lines. Without the search engine the vocabularies, codes and places answer alone, in
the order of their tables.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.employers.models import Employer
from careercenter.listings.asking import REMOTE
from careercenter.listings.criteria import Criteria, city_name
from careercenter.listings.documents import city_slug
from careercenter.listings.index import Facet, ListingSearch, Query, SearchDown
from careercenter.listings.queries import Reference
from careercenter.listings.suggested_names import (
    BEGINS,
    EXACT,
    WORD,
    how_met,
    key,
    meeting,
    names,
    states,
)
from careercenter.taxonomy.code_readings import Reading
from careercenter.taxonomy.code_shapes import Kind
from careercenter.taxonomy.codes import Codes
from careercenter.taxonomy.place_names import city_key
from careercenter.taxonomy.places import Place, Places

LEAST = 2  # characters
MOST = 10
MOST_OF_A_KIND = 4
MOST_ASKED = 8  # of the engine and of the table of places, to choose from

KINDS: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.ROLE: "Role",
        Facet.CODING_TYPE: "Coding type",
        Facet.SPECIALTY: "Specialty",
        Facet.CREDENTIAL: "Credential",
    }
)
PLACE, STATE, ZIP_CODE, EMPLOYER = "Place", "State", "ZIP code", "Employer"
CODES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CPT: "CPT",
        Kind.OTHER_CPT: "CPT",
        Kind.HCPCS: "HCPCS code",
        Kind.DIAGNOSIS: "ICD-10-CM code",
        Kind.PROCEDURE: "ICD-10-PCS code",
        Kind.MS_DRG: "MS-DRG",
        Kind.APR_DRG: "APR-DRG",
        Kind.HCC: "HCC",
        Kind.SITE: "Place of service",
    }
)
COUNTED = (*KINDS, Facet.STATE, Facet.SETTING)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``query`` is the search it leads to; ``fill`` is what it puts into the box of places."""

    label: str
    kind: str  # in words
    query: str
    note: str = ""  # what the label stands for
    jobs: int | None = None  # live listings; None where that is not known, or not what one gets
    fill: str = ""


@dataclass(frozen=True, slots=True)
class _Match:
    tier: int
    jobs: int | None
    label: str
    kind: str
    leads_to: Criteria
    note: str = ""
    exactly: bool = True  # whether ``jobs`` is what the search finds

    @property
    def rank(self) -> tuple[int, int]:
        later = 3 if self.tier and self.jobs == 0 else 0
        return self.tier + later, -(self.jobs or 0)


class _Live:
    """What live listings there are. Knows of none while the engine is down."""

    def __init__(self, search: ListingSearch, typed: str, now: datetime) -> None:
        self._search, self._typed = search, typed
        self._counts: dict[Facet, dict[str, int]] = {}
        with suppress(SearchDown):
            facets = search.search(Query(facets=COUNTED, per_page=1), now).facets
            self._counts = {facet: dict(counts) for facet, counts in facets.items()}

    @property
    def known(self) -> bool:
        return bool(self._counts)

    def jobs(self, facet: Facet, *values: str) -> int | None:
        """How many have one of these values, which exclude each other."""
        if not self.known:
            return None
        return sum(self._counts[facet].get(value, 0) for value in values)

    def begun(self, facet: Facet) -> list[tuple[str, int]]:
        """The values of the facet with a word that begins so, and how many have them."""
        with suppress(SearchDown):
            return self._search.suggest(facet, self._typed, Query(), MOST_ASKED)
        return []


def suggest_searches(
    search: ListingSearch,
    session: Session,
    criteria: Criteria,
    reference: Reference,
    now: datetime,
) -> tuple[Suggestion, ...]:
    """What the words may mean. It takes their place; the rest of the search stays."""
    typed = key(criteria.q)
    if len(typed) < LEAST:
        return ()
    rest = replace(criteria, q="", reading="", page=1, more=None, find="", explain=False)
    live = _Live(search, typed, now)
    found = [
        *_terms(typed, live, rest),
        *_codes(criteria.q, rest, reference.codes),
        *_places(criteria.q, live, rest, reference.places),
        *_employers(session, typed, live, rest),
    ]
    return tuple(
        Suggestion(
            label=match.label,
            kind=match.kind,
            query=match.leads_to.query(),
            note=match.note,
            jobs=match.jobs if match.exactly and not criteria.filtered else None,
        )
        for match in _ranked(found, MOST_OF_A_KIND)
    )


def suggest_places(
    search: ListingSearch, criteria: Criteria, places: Places, now: datetime
) -> tuple[Suggestion, ...]:
    """Where the last of the places may be; those before it stay."""
    before, _, text = criteria.where.rpartition(";")
    if len(key(text)) < LEAST:
        return ()
    found = _places(text.strip(), _Live(search, key(text), now), Criteria(), places)
    chosen = []
    for match in _ranked(found, MOST):
        where = "; ".join(filter(None, (before.strip(), match.leads_to.where)))
        query = replace(criteria, where=where, page=1, more=None, find="").query()
        chosen.append(Suggestion(match.label, match.kind, query, match.note, fill=where))
    return tuple(chosen)


def _ranked(found: Iterable[_Match], most_of_a_kind: int) -> list[_Match]:
    """What ranks alike stays in the order of its table."""
    taken: Counter[str] = Counter()
    kept = []
    for match in sorted(found, key=lambda match: match.rank):
        taken[match.kind] += 1
        if taken[match.kind] <= most_of_a_kind:
            kept.append(match)
    return kept[:MOST]


def _terms(typed: str, live: _Live, rest: Criteria) -> Iterator[_Match]:
    for tier, name in meeting(typed, names()):
        jobs = live.jobs(name.facet, name.value)
        leads_to = rest.choosing(name.facet, name.value)
        yield _Match(tier, jobs, name.label, KINDS[name.facet], leads_to, name.note)


def _employers(session: Session, typed: str, live: _Live, rest: Criteria) -> Iterator[_Match]:
    counted = dict(live.begun(Facet.EMPLOYER))
    if not counted:
        return
    rows = session.execute(select(Employer.slug, Employer.name).where(Employer.slug.in_(counted)))
    for slug, name in sorted((row.slug, row.name) for row in rows):
        tier = how_met(typed, (key(name),))
        leads_to = rest.choosing(Facet.EMPLOYER, slug)
        yield _Match(WORD if tier is None else tier, counted[slug], name, EMPLOYER, leads_to)


def _places(text: str, live: _Live, rest: Criteria, places: Places) -> Iterator[_Match]:
    typed = key(text)
    remote = how_met(typed, ("remote",), ("wfh", "work from home", "telecommute"))
    if remote is not None:
        jobs = live.jobs(Facet.SETTING, *REMOTE)
        yield _Match(remote, jobs, "Remote", PLACE, replace(rest, where="Remote"))
    for tier, state in meeting(typed, states()):
        where = state.value if places.by_city(state.label) else state.label
        jobs = live.jobs(Facet.STATE, state.value)
        yield _Match(tier, jobs, state.label, STATE, replace(rest, where=where))
    yield from _cities(text, live, rest, places)


def _cities(text: str, live: _Live, rest: Criteria, places: Places) -> Iterator[_Match]:
    """The biggest, and those with live listings. Around a city there may be more listings."""
    typed, jobs = city_key(text), dict(live.begun(Facet.CITY))
    found: dict[str, Place] = {}
    for place in places.suggest(text, MOST_ASKED):
        if place.zip:
            note, where = place.label, replace(rest, where=place.zip)
            tier = EXACT if place.zip == text else BEGINS
            yield _Match(tier, None, place.zip, ZIP_CODE, where, note)
        else:
            found |= dict.fromkeys(city_slug(place.city, place.state), place)
    for slug in jobs:
        if slug not in found and (city := places.by_city(city_name(slug))):
            found[slug] = city
    for slug, place in found.items():
        met = how_met(typed, (city_key(place.city), city_key(place.label)))
        tier, count = WORD if met is None else met, jobs.get(slug, 0) if live.known else None
        where = replace(rest, where=place.label)
        yield _Match(tier, count, place.label, PLACE, where, exactly=False)


def _codes(text: str, rest: Criteria, codes: Codes) -> Iterator[_Match]:
    typed = _bare(text)
    for reading in codes.suggest(text, MOST_OF_A_KIND):
        tier = EXACT if typed.endswith(_bare(reading.code)) else BEGINS
        leads_to = replace(rest, q=reading.code)
        yield _Match(tier, None, reading.code, CODES[reading.kind], leads_to, _meaning(reading))


def _meaning(reading: Reading) -> str:
    """Its line without what the label says already."""
    before, _, after = reading.line.partition(": ")
    return after if after and reading.code.split()[-1] in before else reading.line


def _bare(code: str) -> str:
    return code.replace(".", "").replace(" ", "").upper()
