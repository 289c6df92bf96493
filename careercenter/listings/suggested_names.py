"""What the values of the vocabularies are called, and how well a beginning meets a name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import OSA

from careercenter.listings.engine.text import fold, forgiving, letters, tokens
from careercenter.listings.index import SETTINGS, Facet
from careercenter.taxonomy.terms import Credential, Term
from careercenter.taxonomy.vocabularies import (
    CODING_TYPES,
    CREDENTIALS,
    ROLES,
    SPECIALTIES,
    STATES,
    SYNONYMS,
)

EXACT, BEGINS, WORD = range(3)  # any name; the label begins so; a word of it, or another name does
TERMS: Mapping[Facet, Mapping[str, Term]] = MappingProxyType(
    {
        Facet.ROLE: ROLES,
        Facet.CODING_TYPE: CODING_TYPES,
        Facet.SPECIALTY: SPECIALTIES,
        Facet.CREDENTIAL: {slug: c for slug, c in CREDENTIALS.items() if c.alias_of is None},
    }
)


@dataclass(frozen=True, slots=True)
class Name:
    """A value of a facet; ``labels`` and ``others`` are the keys of all that it is called."""

    facet: Facet
    value: str
    label: str
    note: str  # what the label is short for
    labels: tuple[str, ...]
    others: tuple[str, ...]
    words: str  # all of these, each word after a space


def key(text: str) -> str:
    """What names are compared by: folded words, which hyphens part too."""
    return " ".join(tokens(fold(text))).replace("-", " ")


def how_met(typed: str, labels: tuple[str, ...], others: tuple[str, ...] = ()) -> int | None:
    """How well a key is met by keys of names; None where it is not."""
    if typed in labels or typed in others:
        return EXACT
    if any(label.startswith(typed) for label in labels):
        return BEGINS
    if any(f" {typed}" in label for label in labels):
        return WORD
    return WORD if any(other.startswith(typed) for other in others) else None


def meeting(typed: str, known: Iterable[Name]) -> Iterator[tuple[int, Name]]:
    """Those that are met, and how well."""
    for name in known:
        if f" {typed}" in name.words:
            tier = how_met(typed, name.labels, name.others)
            if tier is not None:
                yield tier, name


def corrected(typed: str) -> str:
    """A key with each word that begins no word of a name replaced by the nearest beginning."""
    known = _words()
    return " ".join(_nearest(word, known) or word for word in typed.split())


def resembles(typed: str, name: str) -> bool:
    """Whether each word of a key begins a word of the other, with typos forgiven as in a search."""
    words = name.split()
    return all(_nearest(word, words) is not None for word in typed.split())


def _nearest(word: str, words: Iterable[str]) -> str | None:
    """A beginning of one of the words: itself, or the one with the fewest typos."""
    same, begun = [], set()
    for other in words:
        if other[:1] == word[:1]:
            if other.startswith(word):
                return word
            same.append(other)
    size = letters(word)
    allowed = (size >= SETTINGS.one_typo) + (size >= SETTINGS.two_typos)
    if not allowed or not forgiving(word, SETTINGS.exact_words):
        return None
    for other in same:
        begun |= {other[:end] for end in range(len(word) - 1, len(word) + allowed + 1)}
    best = process.extractOne(word, sorted(begun), scorer=OSA.distance, score_cutoff=allowed)
    return best[0] if best else None


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    found = (text.split() for name in names() for text in (*name.labels, *name.others))
    return tuple(dict.fromkeys(word for words in found for word in words))


@lru_cache(maxsize=1)
def names() -> tuple[Name, ...]:
    """In the order of the tables; made at the first need and kept."""
    same = _leading_to()
    return tuple(_name(f, term, same) for f, terms in TERMS.items() for term in terms.values())


@lru_cache(maxsize=1)
def states() -> tuple[Name, ...]:
    found = []
    for code, state in STATES.items():
        labels = (key(state.name), code.lower())
        found.append(Name(Facet.STATE, code, state.name, "", labels, (), f" {' '.join(labels)}"))
    return tuple(found)


def _name(facet: Facet, term: Term, same: Mapping[str, set[str]]) -> Name:
    short = term.abbr if isinstance(term, Credential) else ""
    labels = tuple(key(name) for name in (short, term.name) if name)
    others = {key(word) for word in (term.slug, *term.aliases, *_earlier(term))}
    others |= {word for known in (*labels, *others) for word in same.get(known, ())}
    note = term.name if short else ""
    words = " ".join(("", *labels, *others))
    return Name(facet, term.slug, short or term.name, note, labels, tuple(others), words)


def _earlier(term: Term) -> Iterator[str]:
    """What a credential was called before, or is mistaken for."""
    return (old.abbr for old in CREDENTIALS.values() if old.alias_of == term.slug)


def _leading_to() -> Mapping[str, set[str]]:
    """The synonyms turned round: a key → the keys whose equivalent it is."""
    found: dict[str, set[str]] = {}
    for word, equivalents in SYNONYMS.items():
        for equivalent in equivalents:
            found.setdefault(key(equivalent), set()).add(key(word))
    return found
