"""Codes among the words of a search: what each is taken to mean, and what else it could.

A code narrows by the specialties that work with it, and by a coding type where it implies one. What
a visitor chose in those facets stands; a code never widens it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from careercenter.listings.criteria import Criteria
from careercenter.listings.index import Facet
from careercenter.taxonomy.code_readings import Reading
from careercenter.taxonomy.code_shapes import Kind
from careercenter.taxonomy.codes import Codes, without_codes
from careercenter.taxonomy.places import Places
from careercenter.taxonomy.vocabularies import SPECIALTIES, specialty_with_parents

WORDS = "words"  # the value of ``Criteria.reading`` that reads no code
READINGS = frozenset({WORDS, *Kind})
MOST_AROUND = 6


@dataclass(frozen=True, slots=True)
class Way:
    """Another way to search: what it says, and its query string."""

    text: str
    query: str


@dataclass(frozen=True, slots=True)
class Sense:
    """How the codes of a search were read. Without any it says nothing and changes nothing."""

    text: str  # the words that are left
    primary: frozenset[str] = frozenset()  # the specialties that it means above all
    where: str = ""  # a ZIP code that was read as a place
    filters: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    lines: tuple[str, ...] = ()  # what was understood, one a code
    ways: tuple[Way, ...] = ()

    @property
    def first(self) -> frozenset[str]:
        """The primary specialties, where it narrows by others too."""
        specialties = self.filters.get(Facet.SPECIALTY, frozenset())
        return self.primary if specialties > self.primary else frozenset()


def read_codes(criteria: Criteria, codes: Codes, places: Places) -> Sense:
    found = codes.find(criteria.q)
    if not found:
        return Sense(criteria.q)
    if criteria.reading == WORDS:
        way = Way("Read it as a code instead", criteria.query(reading="", page=1))
        return Sense(criteria.q, lines=("Searched for as words",), ways=(way,))
    taken = [_taken(word.readings, criteria.reading) for word in found]
    others = [r for word in found for r in word.readings if r not in taken]
    text = without_codes(criteria.q, found).strip()
    return Sense(
        text=text,
        primary=frozenset(filter(None, (reading.primary for reading in taken))),
        where="; ".join(r.code for r in taken if r.kind is Kind.ZIP),
        filters=dict(_filters(criteria, taken)),
        lines=tuple(_line(reading, places) for reading in taken),
        ways=tuple(_ways(criteria, text, taken, others, places)),
    )


def _taken(readings: tuple[Reading, ...], wanted: str) -> Reading:
    return next((reading for reading in readings if reading.kind == wanted), readings[0])


def _filters(criteria: Criteria, taken: list[Reading]) -> Iterator[tuple[Facet, frozenset[str]]]:
    specialties = frozenset(slug for reading in taken for slug in reading.specialties)
    types = frozenset(slug for reading in taken for slug in reading.coding_types)
    for facet, values in ((Facet.SPECIALTY, specialties), (Facet.CODING_TYPE, types)):
        if values and not criteria.chosen.get(facet):
            yield facet, values


def _line(reading: Reading, places: Places) -> str:
    """ "CPT number in the ureter range → Urology, also Interventional radiology" """
    if reading.kind is Kind.ZIP:
        return _place_line(reading, places)
    also = ", ".join(SPECIALTIES[slug].name for slug in reading.secondary)
    return f"{reading.line}{f', also {also}' if also else ''}"


def _place_line(reading: Reading, places: Places) -> str:
    place = places.by_zip(reading.code)
    return f"ZIP code of {place.label}" if place else f"ZIP code {reading.code}"


def _ways(
    criteria: Criteria, text: str, taken: list[Reading], others: list[Reading], places: Places
) -> Iterator[Way]:
    """The other readings, the words, then wider and neighboring specialties."""
    for reading in others:
        line = _place_line(reading, places) if reading.kind is Kind.ZIP else reading.line
        yield Way(f"Also: {line}", criteria.query(reading=str(reading.kind), page=1))
    yield Way("Search for the words instead", criteria.query(reading=WORDS, page=1))
    plain = replace(criteria, q=text, reading="")
    for reading in taken:
        for slug in _around(reading):
            words = "All of" if _holds(slug, reading.primary) else "Only"
            if words == "Only" and slug not in reading.specialties:
                words = "Instead:"
            query = plain.choosing(Facet.SPECIALTY, slug).query()
            yield Way(f"{words} {SPECIALTIES[slug].name}", query)


def _around(reading: Reading) -> Iterator[str]:
    """Its specialties, the wider ones of the first, and those that belong to the same."""
    if reading.primary is None:
        return
    wider = specialty_with_parents(reading.primary)[1:]
    near = [*wider, *reading.specialties, *kin_of(reading.primary)]
    yield from tuple(dict.fromkeys(near))[:MOST_AROUND]


def kin_of(slug: str) -> list[str]:
    """The specialties inside this one, and those that belong to the same wider one."""
    around = {*specialty_with_parents(slug), SPECIALTIES[slug].parent} - {"", None}
    return [s for s, term in SPECIALTIES.items() if term.parent in around and s != slug]


def _holds(wider: str, slug: str | None) -> bool:
    return slug is not None and wider in specialty_with_parents(slug)[1:]
