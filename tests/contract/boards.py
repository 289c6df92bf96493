"""Random boards and queries on which all engines must agree."""

import re
from dataclasses import replace

from careercenter.listings.index import Query, Sort
from tests.contract.standin.words import distance
from tests.listings.engine.corpus import NOW, VALUES, WORDS, listings, queries

__all__ = ["NOW", "VALUES", "asked", "board", "query"]

_PARTS = re.compile("[-/&]")
_KNOWN = frozenset(WORDS)
_CHAINS = [word for word in WORDS if len(_PARTS.sub("", word)) > 5 and _PARTS.search(word)]


def board(seed=1, count=120):
    """No listing lies in two places: Meilisearch knows one, see ``meili.documents``."""
    return [replace(document, points=document.points[:1]) for document in listings(seed, count)]


def query(seed):
    return asked(seed, 1)[0]


def asked(seed, count):
    return [_comparable(query) for query in queries(seed, count)]


def _comparable(query: Query) -> Query:
    """Where it is known that Meilisearch answers otherwise, something near that is asked.

    A word of several parts is a phrase there: it must be spelled right and be whole. Two letters
    may begin one of its codes by chance. Of two circles only the embedded engine orders what is
    level by relevance.
    """
    words = query.text.split(" ")
    text = " ".join(map(_spelled, words))
    if len(words[-1]) < 3 or _PARTS.search(text.split(" ")[-1]):
        text += " "
    level = query.sort is Sort.DISTANCE and len(query.near) > 1
    sort = Sort.RELEVANCE if level else query.sort
    return replace(query, text=text, sort=sort, explain=False)


def _spelled(word):
    """Its parts apart if it is no known word; a known one that lost its hyphen has it again."""
    if word in _KNOWN:
        return word
    joined = _PARTS.sub("", word)
    near = (known for known in _CHAINS if distance(joined, _PARTS.sub("", known), 2) <= 2)
    return next(near, None) or _PARTS.sub(" ", word)
