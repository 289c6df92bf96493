"""What somebody who begins to type may mean: one ranked list of searches.

The order: what is named exactly so; then labels that begin so before those with a word, or another
name, that begins so. Inside that, the more live listings the earlier, and titles last. What has
none is not offered; codes and ZIP codes count as having some, and who says where they live may live
where there are none. Names in which nothing begins so are looked for with typos forgiven, as in a
search. Kinds mix, and none takes more than four of the ten lines. Without the search engine the
vocabularies, codes and places answer alone, in the order of their tables.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from careercenter.listings.asking import REMOTE
from careercenter.listings.criteria import Criteria, city_name
from careercenter.listings.documents import city_slug
from careercenter.listings.index import Facet, ListingSearch
from careercenter.listings.models import Visitor
from careercenter.listings.queries import ANYBODY, Reference
from careercenter.listings.suggested_live import KINDS, Live, Match, employers, titles
from careercenter.listings.suggested_names import (
    BEGINS,
    EXACT,
    WORD,
    corrected,
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
MOST_LOOKED_UP = 8  # in the table of places, to choose from

PLACE, STATE, ZIP_CODE = "Place", "State", "ZIP code"
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


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``query`` is the search it leads to; ``fill`` is what it puts into the box of places."""

    label: str
    kind: str  # in words
    query: str
    note: str = ""  # what the label stands for
    jobs: int | None = None  # live listings; None where that is not known, or not what one gets
    fill: str = ""


def suggest_searches(
    search: ListingSearch,
    session: Session,
    criteria: Criteria,
    reference: Reference,
    now: datetime,
    visitor: Visitor = ANYBODY,
) -> tuple[Suggestion, ...]:
    """What the words may mean. It takes their place; the rest of the search stays."""
    typed = key(criteria.q)
    if len(typed) < LEAST:
        return ()
    rest = replace(criteria, q="", reading="", page=1, more=None, find="", explain=False)
    live = Live(search, typed, now, visitor)
    found = [
        *_terms(typed, live, rest),
        *_codes(criteria.q, rest, reference.codes),
        *_places(criteria.q, live, rest, reference.places),
        *employers(session, typed, live, rest),
    ]
    called = {key(match.label) for match in found}
    titled = titles(session, typed, live, rest, now)
    found += (match for match in titled if key(match.label) not in called)
    return tuple(
        Suggestion(
            label=match.label,
            kind=match.kind,
            query=match.leads_to.query(),
            note=match.note,
            jobs=match.jobs if match.exactly and not criteria.filtered else None,
        )
        for match in _ranked((one for one in found if one.jobs != 0), MOST_OF_A_KIND)
    )


def suggest_places(
    search: ListingSearch, criteria: Criteria, places: Places, now: datetime
) -> tuple[Suggestion, ...]:
    """Where the last of the places may be; those before it stay."""
    before, _, text = criteria.where.rpartition(";")
    if len(key(text)) < LEAST:
        return ()
    found = _places(text.strip(), Live(search, key(text), now, ANYBODY), Criteria(), places)
    chosen = []
    for match in _ranked(found, MOST):
        where = "; ".join(filter(None, (before.strip(), match.leads_to.where)))
        query = replace(criteria, where=where, page=1, more=None, find="").query()
        chosen.append(Suggestion(match.label, match.kind, query, match.note, fill=where))
    return tuple(chosen)


def _ranked(found: Iterable[Match], most_of_a_kind: int) -> list[Match]:
    """What ranks alike stays in the order of its table."""
    taken: Counter[str] = Counter()
    kept = []
    for match in sorted(found, key=lambda match: match.rank):
        taken[match.kind] += 1
        if taken[match.kind] <= most_of_a_kind:
            kept.append(match)
    return kept[:MOST]


def _terms(typed: str, live: Live, rest: Criteria) -> Iterator[Match]:
    met = [*meeting(typed, names())] or [(WORD, n) for _, n in meeting(corrected(typed), names())]
    for tier, name in met:
        jobs = live.jobs(name.facet, name.value)
        leads_to = rest.choosing(name.facet, name.value)
        yield Match(tier, jobs, name.label, KINDS[name.facet], leads_to, name.note)


def _places(text: str, live: Live, rest: Criteria, places: Places) -> Iterator[Match]:
    typed = key(text)
    remote = how_met(typed, ("remote",), ("wfh", "work from home", "telecommute"))
    if remote is not None:
        jobs = live.jobs(Facet.SETTING, *REMOTE)
        yield Match(remote, jobs, "Remote", PLACE, replace(rest, where="Remote"))
    for tier, state in meeting(typed, states()):
        where = state.value if places.by_city(state.label) else state.label
        jobs = live.jobs(Facet.STATE, state.value)
        yield Match(tier, jobs, state.label, STATE, replace(rest, where=where))
    yield from _cities(text, live, rest, places)


def _cities(text: str, live: Live, rest: Criteria, places: Places) -> Iterator[Match]:
    """The biggest, and those with live listings. Around a city there may be more listings."""
    typed, jobs = city_key(text), dict(live.begun(Facet.CITY))
    found: dict[str, Place] = {}
    for place in places.suggest(text, MOST_LOOKED_UP):
        if place.zip:
            note, where = place.label, replace(rest, where=place.zip)
            tier = EXACT if place.zip == text else BEGINS
            yield Match(tier, None, place.zip, ZIP_CODE, where, note)
        else:
            found |= dict.fromkeys(city_slug(place.city, place.state), place)
    for slug in jobs:
        if slug not in found and (city := places.by_city(city_name(slug))):
            found[slug] = city
    for slug, place in found.items():
        met = how_met(typed, (city_key(place.city), city_key(place.label)))
        tier, count = WORD if met is None else met, jobs.get(slug, 0) if live.known else None
        where = replace(rest, where=place.label)
        yield Match(tier, count, place.label, PLACE, where, exactly=False)


def _codes(text: str, rest: Criteria, codes: Codes) -> Iterator[Match]:
    typed = _bare(text)
    for reading in codes.suggest(text, MOST_OF_A_KIND):
        tier = EXACT if typed.endswith(_bare(reading.code)) else BEGINS
        leads_to = replace(rest, q=reading.code)
        yield Match(tier, None, reading.code, CODES[reading.kind], leads_to, _meaning(reading))


def _meaning(reading: Reading) -> str:
    """Its line without what the label says already."""
    before, _, after = reading.line.partition(": ")
    return after if after and reading.code.split()[-1] in before else reading.line


def _bare(code: str) -> str:
    return code.replace(".", "").replace(" ", "").upper()
