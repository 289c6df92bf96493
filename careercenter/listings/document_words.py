"""The words by which a listing is found, beside those that its employer wrote."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from careercenter.postings.models import Apprentice
from careercenter.taxonomy.terms import Credential, State, Term
from careercenter.taxonomy.vocabularies import (
    APPRENTICE_ANSWERS,
    CODE_SETS,
    CODING_TYPES,
    CREDENTIALS,
    EMPLOYER_KINDS,
    EMPLOYMENT_TYPES,
    ROLES,
    SOFTWARE,
    SPECIALTIES,
    STATES,
    SYNONYMS,
    WORK_SETTINGS,
    specialty_with_parents,
)

Slugs = tuple[str, ...]
_NAMES = frozenset(credential.name for credential in CREDENTIALS.values())
_ABBREVIATIONS = frozenset(credential.abbr for credential in CREDENTIALS.values())

# A board has few combinations of slugs and many listings: their words are put together once.


@lru_cache(maxsize=8192)
def credential_words(slugs: Slugs) -> tuple[str, str]:
    known = [CREDENTIALS[slug] for slug in dict.fromkeys(slugs) if slug in CREDENTIALS]
    names = joined(word for c in known for word in (c.abbr, _apart(c)))
    return names, joined(
        alias for c in known for alias in c.aliases if not _names_another(alias, c)
    )


def whole_words() -> frozenset[str]:
    """Words of the trade that mean themselves and are no beginnings of others, in lower case;

    names of several words too.
    """
    terms: list[Term] = [*SPECIALTIES.values(), *CODING_TYPES.values(), *WORK_SETTINGS.values()]
    named = [c.abbr for c in CREDENTIALS.values()] + [a for t in terms for a in t.aliases]
    named += [*SYNONYMS, *(word for words in SYNONYMS.values() for word in words)]
    return frozenset(name.lower() for name in named)


def _names_another(alias: str, credential: Credential) -> bool:
    """ "CCS P" would be found by who looks for CCS."""
    words = {word.upper() for word in alias.replace("-", " ").split()}
    return bool(words & (_ABBREVIATIONS - {credential.abbr}))


def _apart(credential: Credential) -> str:
    """Its name, in other order where that of another begins it: a CCS-P is not called a CCS.

    "Certified Coding Specialist, Physician-based" → "Certified Coding Physician-based Specialist"
    """
    within = [n for n in _NAMES if n != credential.name and credential.name.startswith(n)]
    if not within:
        return credential.name
    begun = max(within, key=len)
    before, _, last = begun.rpartition(" ")
    return f"{before} {credential.name[len(begun) :].strip(' ,')} {last}"


@lru_cache(maxsize=8192)
def specialty_words(slugs: Slugs) -> tuple[str, str]:
    wider = with_parents(slugs)
    return joined(_names(wider, SPECIALTIES)), joined(_aliases(wider, SPECIALTIES))


@lru_cache(maxsize=8192)
def coding_words(slugs: Slugs) -> tuple[str, str]:
    """The keywords are other spellings and the code sets in use."""
    known = [CODING_TYPES[slug] for slug in slugs if slug in CODING_TYPES]
    code_sets = _names(dict.fromkeys(s for t in known for s in t.code_sets), CODE_SETS)
    return joined(t.name for t in known), joined([*_aliases(slugs, CODING_TYPES), *code_sets])


@lru_cache(maxsize=8192)
def kind_words(role: str, employment: str, setting: str, apprentice: Apprentice) -> str:
    words = _names([role], ROLES) + _aliases([role], ROLES)
    words += _names([employment], EMPLOYMENT_TYPES) + _aliases([setting], WORK_SETTINGS)
    if apprentice is Apprentice.YES:
        words.append(APPRENTICE_ANSWERS["yes"].name)
    return joined(words)


@lru_cache(maxsize=8192)
def tool_words(software: Slugs, code_sets: Slugs) -> str:
    words = _names(software, SOFTWARE) + _aliases(software, SOFTWARE)
    return joined(words + _names(code_sets, CODE_SETS))


@lru_cache(maxsize=1024)
def employer_kind_words(kind: str) -> str:
    return joined(_names([kind], EMPLOYER_KINDS))


@lru_cache(maxsize=8192)
def place_words(city: str, state: str, zip_code: str, setting: str) -> str:
    names = _names([state], STATES), _names([setting], WORK_SETTINGS)
    return joined((city, state, *names[0], zip_code, *names[1]))


@lru_cache(maxsize=8192)
def with_parents(slugs: Slugs) -> Slugs:
    """Each specialty, with the wider ones it belongs to."""
    found = (specialty_with_parents(s) if s in SPECIALTIES else (s,) for s in slugs)
    return tuple(dict.fromkeys(slug for wider in found for slug in wider))


def _names(slugs: Iterable[str], vocabulary: Mapping[str, Term | State]) -> list[str]:
    return [vocabulary[slug].name for slug in slugs if slug in vocabulary]


def _aliases(slugs: Iterable[str], vocabulary: Mapping[str, Term]) -> list[str]:
    return [alias for slug in slugs if slug in vocabulary for alias in vocabulary[slug].aliases]


def joined(words: Iterable[str]) -> str:
    return "; ".join(filter(None, words))
