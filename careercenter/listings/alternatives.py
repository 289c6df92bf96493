"""What to search for instead, where a search finds nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from careercenter.listings.code_search import Sense, kin_of
from careercenter.listings.criteria import NAMES, Criteria
from careercenter.listings.facet_views import name_of, without_facet
from careercenter.listings.index import Facet
from careercenter.taxonomy.vocabularies import SPECIALTIES, specialty_with_parents

MOST = 6  # filters to leave out one at a time
MOST_KIN = 3  # specialties near that of a code

Offer = tuple[str, Criteria]  # in words, and the search


def asking_less(criteria: Criteria, sense: Sense, employers: Mapping[str, str]) -> Iterator[Offer]:
    """Without one filter, without the words or with nothing but them, or with a wider specialty."""
    less = without_facet(criteria, employers)[:MOST]
    yield from ((f"Without “{text}”", other) for text, other in less)
    yield from _by_words(criteria, len(less))
    yield from _wider(criteria)
    yield from _by_one_facet(criteria, sense)


def alone(criteria: Criteria, employers: Mapping[str, str]) -> Iterator[Offer]:
    """Each choice with nothing beside it."""
    if criteria.where:
        yield f"Only “{criteria.where}”", Criteria(where=criteria.where, miles=criteria.miles)
    for facet, values in criteria.chosen.items():
        for value in values[:MOST]:
            yield f"Only “{name_of(facet, value, employers)}”", Criteria().choosing(facet, value)


def _by_words(criteria: Criteria, filters: int) -> Iterator[Offer]:
    """All but the words; and where that is more than one filter less, nothing but the words."""
    if criteria.q and filters:
        yield f"Without “{criteria.q}”", replace(criteria, q="", reading="", page=1)
    words = criteria.q.split()
    if 1 < len(words) <= MOST and '"' not in criteria.q:
        for n, word in enumerate(words):
            fewer = " ".join([*words[:n], *words[n + 1 :]])
            yield f"Without “{word}”", replace(criteria, q=fewer, reading="", page=1)
    if criteria.q and filters > 1:
        yield f"Only “{criteria.q}”", Criteria(q=criteria.q, reading=criteria.reading)


def _wider(criteria: Criteria) -> Iterator[Offer]:
    for slug in criteria.chosen.get(Facet.SPECIALTY, ())[:1]:
        for wider in specialty_with_parents(slug)[1:]:
            yield f"All of {SPECIALTIES[wider].name}", criteria.choosing(Facet.SPECIALTY, wider)


def _by_one_facet(criteria: Criteria, sense: Sense) -> Iterator[Offer]:
    """A code, taken for one of the specialties and coding types that it narrows by."""
    plain = replace(criteria, q=sense.text, reading="")
    for facet, values in sense.filters.items():
        if len(sense.filters) > 1:
            ordered = _primary_first(values, sense)
            names = " or ".join(NAMES[facet].get(value, value) for value in ordered)
            yield f"Any {names}", plain.choosing(facet, *ordered)
    for slug in _primary_first(sense.filters.get(Facet.SPECIALTY, ()), sense)[:1]:
        for kin in kin_of(slug)[:MOST_KIN]:
            yield f"Near it: {SPECIALTIES[kin].name}", plain.choosing(Facet.SPECIALTY, kin)


def _primary_first(values: Iterable[str], sense: Sense) -> list[str]:
    return sorted(values, key=lambda value: (value not in sense.primary, value))
