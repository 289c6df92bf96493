"""A posting as the index holds it.

What each part is made of is decided here and nowhere else. Slugs that have left a vocabulary are
carried as they are: an old posting must never keep the rest of a batch out of the index.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from slugify import slugify

from careercenter.employers.models import Delivery
from careercenter.listings.credential_sets import CredentialSets, credential_sets
from careercenter.listings.document_words import (
    Slugs,
    coding_words,
    credential_words,
    employer_kind_words,
    joined,
    kind_words,
    place_words,
    specialty_words,
    tool_words,
    with_parents,
)
from careercenter.listings.index import (
    NOT_STATED,
    PAY_BANDS,
    Facet,
    ListingDocument,
    years_in,
)
from careercenter.postings.lists import Lists, states_at
from careercenter.postings.models import Apprentice, CodingTest, Equipment, Place, Posting, TermKind
from careercenter.taxonomy.requirements import Requirement
from careercenter.taxonomy.vocabularies import CODING_TYPES, FIFTY_AND_DC

ANYWHERE = FIFTY_AND_DC
AT_A_PLACE = frozenset({"onsite", "hybrid", "remote-near-site", "remote-after-training"})
FULL_DESCRIPTION = 600  # characters from which a description says something
WIDE_PAY = 1.6  # a range whose top is more than this times its bottom says little


class Facts(NamedTuple):
    """What visitors can find a listing by. Money is cents an hour."""

    id: int
    version: int
    title: str
    role: str
    apprentice: Apprentice
    setting: str
    city: str
    state: str
    zip: str
    latitude: float | None
    longitude: float | None
    employment: str
    pay_unit: str
    pay_floor_cents: int | None
    experience: str
    years: int
    shift: str
    equipment: Equipment | None
    coding_test: CodingTest | None
    team_delivery: Delivery | None
    confidential: bool
    hourly_low_cents: int
    hourly_high_cents: int
    description: str
    published_at: datetime | None
    expires_at: datetime | None
    featured_until: datetime | None
    employer_slug: str
    employer_name: str
    employer_kind: str
    direct: bool
    delivery: Delivery
    lists: Lists

    def terms(self, kind: TermKind) -> Slugs:
        return self.lists.terms.get(kind, ())


class Asked(NamedTuple):
    """What follows from the credentials of a posting alone."""

    accepted: Slugs
    sets: CredentialSets
    names: str
    aliases: str


_FIRST, _END = Facts._fields.index("title"), Facts._fields.index("employer_slug")
SHARED = Facts._fields[_FIRST:_END]  # columns of a posting, by their names


def listing_document(posting: Posting) -> ListingDocument:
    """``posting`` is live; its lists and its employer are loaded."""
    shared = [getattr(posting, name) for name in SHARED]
    who = posting.employer
    employer = (who.slug, who.name, who.kind, who.direct, who.delivery)
    return document_of(
        Facts._make((posting.id, posting.search_seq, *shared, *employer, posting.lists))
    )


def document_of(facts: Facts) -> ListingDocument:
    """Raises ValueError for what was never published."""
    if facts.published_at is None or facts.expires_at is None:
        raise ValueError("Only what was published becomes a listing.")
    asked = _asked(facts.lists.required, facts.lists.preferred, facts.apprentice is Apprentice.YES)
    return ListingDocument(
        id=facts.id,
        version=facts.version,
        texts=_texts(facts, asked),
        facets=_facets(facts, asked),
        pay_min=facts.hourly_low_cents,
        pay_max=facts.hourly_high_cents,
        posted_at=facts.published_at,
        expires_at=facts.expires_at,
        quality=quality(facts),
        points=_points(facts),
        years=facts.years,
        featured=int(facts.featured_until.timestamp()) if facts.featured_until else 0,
    )


def states_open(setting: str, at: Slugs, states: Slugs) -> Slugs:
    """The codes of the states one may live in and do this work; none where nothing is said.

    ``at`` are the states of the places, ``states`` the employer's list. The list stands; without
    one, work anywhere in the US is open to the fifty states and DC, and work tied to places to
    their states.
    """
    if setting in ("onsite", "hybrid"):
        return at
    if states:
        return states
    if setting == "remote-us":
        return ANYWHERE
    return at if setting != "offshore" else ()


def open_states(posting: Posting) -> Slugs:
    return states_open(posting.setting, posting.place_states, posting.states)


def accepted_credentials(required: Requirement) -> Slugs:
    """Every alternative of what is required. What is only preferred is no way in, so not here."""
    return tuple(dict.fromkeys(a.credential for group in required.groups for a in group))


def quality(facts: Facts) -> int:
    """0 to 5, a point for each thing that helps a coder decide.

    A description of substance, a pay range that is not too wide, pay that is hourly or guaranteed,
    a specialty, and a plain answer on who may apply: states named, and apprentices yes or no.
    """
    return sum(
        (
            len(facts.description) >= FULL_DESCRIPTION,
            facts.hourly_high_cents <= WIDE_PAY * facts.hourly_low_cents,
            facts.pay_unit in ("hour", "year") or facts.pay_floor_cents is not None,
            bool(facts.terms(TermKind.SPECIALTY)),
            facts.apprentice is not Apprentice.CASE_BY_CASE and bool(_states(facts)),
        )
    )


def _states(facts: Facts) -> Slugs:
    at = states_at(facts.state, facts.lists.more_places)
    return states_open(facts.setting, at, facts.terms(TermKind.STATE))


def _places(facts: Facts) -> tuple[Place, ...]:
    """Where one has to be, now and then at least."""
    if facts.setting not in AT_A_PLACE:
        return ()
    first = Place(facts.city, facts.state, facts.zip, facts.latitude, facts.longitude)
    return (first, *facts.lists.more_places)


def _points(facts: Facts) -> tuple[tuple[float, float], ...]:
    return tuple(
        (place.latitude, place.longitude)
        for place in _places(facts)
        if place.latitude is not None and place.longitude is not None
    )


def _facets(facts: Facts, asked: Asked) -> dict[Facet, Slugs]:
    coding_types = facts.terms(TermKind.CODING_TYPE)
    return {
        Facet.ROLE: (facts.role,),
        Facet.CODING_TYPE: coding_types,
        Facet.SPECIALTY: with_parents(facts.terms(TermKind.SPECIALTY)),
        Facet.CREDENTIAL: asked.accepted,
        Facet.APPRENTICE: (facts.apprentice.value,),
        Facet.SETTING: (facts.setting,),
        Facet.STATE: _states(facts) or (NOT_STATED,),
        Facet.EMPLOYMENT: (facts.employment,),
        Facet.EXPERIENCE: _said(facts.experience),
        Facet.CODE_SET: _code_sets(coding_types, facts.terms(TermKind.CODE_SET)),
        Facet.SOFTWARE: facts.terms(TermKind.SOFTWARE),
        Facet.SHIFT: _said(facts.shift),
        Facet.EQUIPMENT: _said(facts.equipment),
        Facet.CODING_TEST: _said(facts.coding_test),
        Facet.CITY: _cities(_places(facts)),
        Facet.EMPLOYER: () if facts.confidential else (facts.employer_slug,),
        Facet.EMPLOYER_KIND: (facts.employer_kind,),
        Facet.DIRECT: ("yes" if facts.direct else "no",),
        Facet.DELIVERY: ((facts.team_delivery or facts.delivery).value,),
        Facet.PAY_BAND: (pay_band(facts.hourly_high_cents),),
        Facet.FIT: asked.sets.fit,
        Facet.NEARLY: asked.sets.nearly,
        Facet.LANE: asked.sets.lane,
        Facet.YEARS_IN: years_asked(facts.lists.years_in),
    }


def _place_words(facts: Facts) -> str:
    first = place_words(facts.city, facts.state, facts.zip, facts.setting)
    further = (place_words(p.city, p.state, p.zip, "") for p in facts.lists.more_places)
    return joined((first, *further)) if facts.lists.more_places else first


@lru_cache(maxsize=8192)
def _asked(required: Requirement, preferred: Slugs, welcome: bool) -> Asked:
    accepted = accepted_credentials(required)
    names, aliases = credential_words(accepted + preferred)
    return Asked(accepted, credential_sets(required, welcome), names, aliases)


def years_asked(asked: Mapping[str, int]) -> Slugs:
    """Who lacks one of the values lacks the years."""
    return tuple(years_in(t, n) for t, most in asked.items() for n in range(1, most + 1))


def _said(value: str | None) -> Slugs:
    return (str(value),) if value else ()


def _cities(places: tuple[Place, ...]) -> Slugs:
    slugs = (slug for place in places for slug in city_slug(place.city, place.state))
    return tuple(dict.fromkeys(slugs))


@lru_cache(maxsize=8192)
def city_slug(city: str, state: str) -> Slugs:
    """("des-moines-ia",); nothing where there is no city."""
    return (slugify(f"{city} {state}"),) if city else ()


@lru_cache(maxsize=1024)
def pay_band(cents: int) -> str:
    """Where the band begins that holds so many cents an hour."""
    return str(
        max((dollars for dollars in PAY_BANDS if dollars * 100 <= cents), default=PAY_BANDS[0])
    )


@lru_cache(maxsize=8192)
def _code_sets(coding_types: Slugs, more: Slugs) -> Slugs:
    """Those that the coding types work with, and those named beside them."""
    known = (CODING_TYPES[slug] for slug in coding_types if slug in CODING_TYPES)
    return tuple(dict.fromkeys([*(s for t in known for s in t.code_sets), *more]))


def _texts(facts: Facts, asked: Asked) -> dict[str, str]:
    """Names as pages show them; other spellings are keywords, which rank lower."""
    specialties, specialty_aliases = specialty_words(facts.terms(TermKind.SPECIALTY))
    coding, coding_keywords = coding_words(facts.terms(TermKind.CODING_TYPE))
    kind = kind_words(facts.role, facts.employment, facts.setting, facts.apprentice)
    tools = tool_words(facts.terms(TermKind.SOFTWARE), facts.terms(TermKind.CODE_SET))
    employer_kind = employer_kind_words(facts.employer_kind)
    return {
        "title": facts.title,
        "credentials": asked.names,
        "specialties": specialties,
        "coding": coding,
        "employer": "" if facts.confidential else facts.employer_name,
        "place": _place_words(facts),
        "keywords": joined(
            (kind, coding_keywords, specialty_aliases, asked.aliases, tools, employer_kind)
        ),
        "description": facts.description,
    }
