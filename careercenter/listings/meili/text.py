"""Words as Meilisearch gets them: cut by the rules of the embedded engine, so that both cut alike.

Left to itself it would make a CCS and a P of a CCS-P, and take J9172 for a slip of J9271; its own
dictionary finds "e/m" inside "price/month". So a code is spelled out, each character three times:
between two codes lie at least three edits, more than are ever forgiven, and the beginning of one is
its beginning still. Punctuation is gone, so that a phrase reaches over it in both engines.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from careercenter.listings.engine.terms import Parser, Phrase, Term
from careercenter.listings.engine.text import runs_and_chains
from careercenter.listings.index import Settings

LONGEST_TERM = 3  # words that Meilisearch looks up a synonym for
MOST_EQUIVALENTS = 50
_DIGIT = re.compile(r"\d")


def written(text: str) -> str:
    """A text to be searched. Behind it stand names like ICD10 as they are, for "icd" to find."""
    words = runs_of(text)
    named = dict.fromkeys(word for word in words if word[0].isalpha() and _DIGIT.search(word))
    return " ; ".join(filter(None, (_joined(words), " ".join(named))))


@lru_cache(maxsize=50_000)
def spelled(word: str) -> str:
    """A run or chain as one word of letters and digits."""
    if "-" not in word and not _DIGIT.search(word):
        return word
    return "".join(character * 3 for character in word.replace("-", "z"))


def runs_of(text: str) -> Phrase:
    return tuple(runs_and_chains(text)[0])


class Asking:
    """Reads what visitors type as the embedded engine does, and puts it as Meilisearch must see it.

    Stop words are left out here, for Meilisearch would leave them out of phrases too.
    """

    def __init__(self, settings: Settings) -> None:
        self._parser = Parser(replace(settings, synonyms={}))
        self._known = {key for key in map(runs_of, settings.synonyms) if len(key) <= LONGEST_TERM}

    def terms(self, text: str) -> tuple[Term, ...]:
        return self._parser.terms(text)

    def text(self, terms: Sequence[Term]) -> str:
        """A space at the end says that the last word is whole."""
        end = "" if not terms or terms[-1].prefix else " "
        return " ".join(map(self._put, terms)) + end

    def _put(self, term: Term) -> str:
        """A chain is a phrase of its runs, or where it has synonyms a word that stands for it."""
        phrase = term.phrases[0] if term.phrases else ()
        if term.word is not None and (not phrase or phrase in self._known):
            return spelled(term.word)
        return f'"{_joined(phrase)}"'


def synonyms_of(synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """As the server takes them: each term as words side by side, and as the chain of these.

    Terms of more words than Meilisearch looks up are left out.
    """
    found: dict[str, dict[str, None]] = {}
    for term, equivalents in synonyms.items():
        key = runs_of(term)
        others = [_joined(o) for o in map(runs_of, equivalents) if o and not _holds(o, key)]
        if 1 < len(key) <= LONGEST_TERM:
            chain = spelled("-".join(key))
            found.setdefault(chain, {}).update(dict.fromkeys((_joined(key), *others)))
        if 0 < len(key) <= LONGEST_TERM:
            found.setdefault(_joined(key), {}).update(dict.fromkeys(others))
    return {term: list(others)[:MOST_EQUIVALENTS] for term, others in found.items() if others}


def _joined(words: Sequence[str]) -> str:
    return " ".join(map(spelled, words))


def _holds(phrase: Phrase, part: Phrase) -> bool:
    """Such an equivalent finds nothing more."""
    return any(phrase[n : n + len(part)] == part for n in range(len(phrase)))
