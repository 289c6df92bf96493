"""A posting as the index holds it.

What each part is made of is decided here and nowhere else. Slugs that have left a vocabulary are
carried as they are: an old posting must never keep the rest of a batch out of the index.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from careercenter.listings.index import NOT_STATED, Facet, ListingDocument
from careercenter.postings.models import Apprentice, Posting
from careercenter.taxonomy.terms import Term
from careercenter.taxonomy.vocabularies import (
    APPRENTICE_ANSWERS,
    CODE_SETS,
    CODING_TYPES,
    CREDENTIALS,
    EMPLOYMENT_TYPES,
    ROLES,
    SPECIALTIES,
    STATES,
    WORK_SETTINGS,
    specialty_with_parents,
)

Slugs = tuple[str, ...]

ANYWHERE = tuple(s.code for s in STATES.values() if s.kind in ("state", "district"))
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
    hourly_low_cents: int
    hourly_high_cents: int
    description: str
    published_at: datetime | None
    expires_at: datetime | None
    employer_slug: str
    employer_name: str
    coding_types: Slugs
    specialties: Slugs
    states: Slugs
    accepted: Slugs  # every alternative of what is required
    preferred: Slugs


SHARED = Facts._fields[2:19]  # from the title to the end: columns of a posting, by their names


def listing_document(posting: Posting) -> ListingDocument:
    """``posting`` is live; its lists and its employer are loaded."""
    shared = [getattr(posting, name) for name in SHARED]
    lists = (posting.coding_types, posting.specialties, posting.states)
    employer = (posting.employer.slug, posting.employer.name)
    credentials = (accepted_credentials(posting), posting.preferred)
    return document_of(
        Facts._make((posting.id, posting.search_seq, *shared, *employer, *lists, *credentials))
    )


def document_of(facts: Facts) -> ListingDocument:
    """Raises ValueError for what was never published."""
    if facts.published_at is None or facts.expires_at is None:
        raise ValueError("Only what was published becomes a listing.")
    return ListingDocument(
        id=facts.id,
        version=facts.version,
        texts=_texts(facts),
        facets=_facets(facts),
        pay_min=facts.hourly_low_cents,
        pay_max=facts.hourly_high_cents,
        posted_at=facts.published_at,
        expires_at=facts.expires_at,
        quality=quality(facts),
        points=_points(facts),
    )


def states_open(setting: str, state: str, states: Slugs) -> Slugs:
    """The codes of the states one may live in and do this work; none where nothing is said.

    ``state`` is the place's, ``states`` the employer's list. The list stands; without one, work
    anywhere in the US is open to the fifty states and DC, and work tied to a place to its state.
    """
    if setting in ("onsite", "hybrid"):
        return (state,) if state else ()
    if states:
        return states
    if setting == "remote-us":
        return ANYWHERE
    return (state,) if state and setting != "offshore" else ()


def accepted_credentials(posting: Posting) -> Slugs:
    """Every alternative of what is required. What is only preferred is no way in, so not here."""
    groups = posting.required.groups
    return tuple(dict.fromkeys(a.credential for group in groups for a in group))


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
            bool(facts.specialties),
            facts.apprentice is not Apprentice.CASE_BY_CASE and bool(_states(facts)),
        )
    )


def _states(facts: Facts) -> Slugs:
    return states_open(facts.setting, facts.state, facts.states)


def _points(facts: Facts) -> tuple[tuple[float, float], ...]:
    """Where one has to be, now and then at least."""
    if facts.setting not in AT_A_PLACE or facts.latitude is None or facts.longitude is None:
        return ()
    return ((facts.latitude, facts.longitude),)


def _facets(facts: Facts) -> dict[Facet, Slugs]:
    return {
        Facet.ROLE: (facts.role,),
        Facet.CODING_TYPE: facts.coding_types,
        Facet.SPECIALTY: _with_parents(facts.specialties),
        Facet.CREDENTIAL: facts.accepted,
        Facet.APPRENTICE: (facts.apprentice.value,),
        Facet.SETTING: (facts.setting,),
        Facet.STATE: _states(facts) or (NOT_STATED,),
        Facet.EMPLOYMENT: (facts.employment,),
        Facet.EMPLOYER: (facts.employer_slug,),
    }


def _texts(facts: Facts) -> dict[str, str]:
    """Names as pages show them; other spellings are keywords, which rank lower."""
    credentials, credential_aliases = _credential_words(facts.accepted + facts.preferred)
    specialties, specialty_aliases = _specialty_words(facts.specialties)
    coding, coding_keywords = _coding_words(facts.coding_types)
    kind = _kind_words(facts.role, facts.employment, facts.setting, facts.apprentice)
    setting = WORK_SETTINGS.get(facts.setting)
    state = STATES.get(facts.state)
    place = (
        facts.city,
        facts.state,
        state.name if state else "",
        facts.zip,
        setting.name if setting else "",
    )
    return {
        "title": facts.title,
        "credentials": credentials,
        "specialties": specialties,
        "coding": coding,
        "employer": facts.employer_name,
        "place": _joined(place),
        "keywords": _joined((kind, coding_keywords, specialty_aliases, credential_aliases)),
        "description": facts.description,
    }


# A board has few combinations of slugs and many listings: their words are put together once.


@lru_cache(maxsize=8192)
def _credential_words(slugs: Slugs) -> tuple[str, str]:
    known = [CREDENTIALS[slug] for slug in dict.fromkeys(slugs) if slug in CREDENTIALS]
    names = _joined(word for c in known for word in (c.abbr, c.name))
    return names, _joined(alias for c in known for alias in c.aliases)


@lru_cache(maxsize=8192)
def _specialty_words(slugs: Slugs) -> tuple[str, str]:
    wider = _with_parents(slugs)
    return _joined(_names(wider, SPECIALTIES)), _joined(_aliases(wider, SPECIALTIES))


@lru_cache(maxsize=8192)
def _coding_words(slugs: Slugs) -> tuple[str, str]:
    """The keywords are other spellings and the code sets in use."""
    known = [CODING_TYPES[slug] for slug in slugs if slug in CODING_TYPES]
    code_sets = _names(dict.fromkeys(s for t in known for s in t.code_sets), CODE_SETS)
    return _joined(t.name for t in known), _joined([*_aliases(slugs, CODING_TYPES), *code_sets])


@lru_cache(maxsize=8192)
def _kind_words(role: str, employment: str, setting: str, apprentice: Apprentice) -> str:
    words = _names([role], ROLES) + _aliases([role], ROLES)
    words += _names([employment], EMPLOYMENT_TYPES) + _aliases([setting], WORK_SETTINGS)
    if apprentice is Apprentice.YES:
        words.append(APPRENTICE_ANSWERS["yes"].name)
    return _joined(words)


@lru_cache(maxsize=8192)
def _with_parents(slugs: Slugs) -> Slugs:
    """Each specialty, with the wider ones it belongs to."""
    found = (specialty_with_parents(s) if s in SPECIALTIES else (s,) for s in slugs)
    return tuple(dict.fromkeys(slug for wider in found for slug in wider))


def _names(slugs: Iterable[str], vocabulary: Mapping[str, Term]) -> list[str]:
    return [vocabulary[slug].name for slug in slugs if slug in vocabulary]


def _aliases(slugs: Iterable[str], vocabulary: Mapping[str, Term]) -> list[str]:
    return [alias for slug in slugs if slug in vocabulary for alias in vocabulary[slug].aliases]


def _joined(words: Iterable[str]) -> str:
    return "; ".join(word for word in words if word)
