"""Which words of a query no listing has, and what each was taken for."""

from collections.abc import Iterable

from pyroaring import BitMap

from careercenter.listings.engine.matching import Match
from careercenter.listings.engine.state import State

Corrections = tuple[tuple[str, str], ...]


def corrections(state: State, matches: Iterable[Match], living: BitMap) -> Corrections:
    """The words met with typos alone, each with the nearest word of the living listings.

    Of several as near it is the one that most of them have, then the first by the alphabet.
    """
    found = []
    for match in matches:
        least = min((cost for cost, slots in match.levels if slots.intersect(living)), default=0)
        if match.term.word is not None and least >= state.typo:
            found.append((match.term.word, _nearest(state, match.term.word, living)))
    return tuple(dict.fromkeys(found))


def _nearest(state: State, word: str, living: BitMap) -> str:
    forgiving = [
        postings
        for attribute, postings in zip(state.settings.searchable, state.texts, strict=True)
        if attribute not in state.settings.exact_attributes
    ]
    candidates = []
    for typos, others in state.vocabulary.misspelt(word):
        for other in others:
            held = [slots for postings in forgiving if (slots := postings.get(other)) is not None]
            if count := BitMap().union(*held).intersection_cardinality(living):
                candidates.append((typos, -count, other))
    return min(candidates)[2]
