"""Cuts text into words as Meilisearch does, and places them.

A word of the dictionary stands whole wherever it occurs, in just this case; elsewhere separators
part words. Words are then lower-cased and lose their accents. A hard separator puts eight positions
between two words, all else one.
"""

import re
import unicodedata
from functools import lru_cache

HARD = [", ", ". ", *"!:;?¡§¶¿…"]
SOFT = [*" \t\n\r\u00a0\u2007\u2009\u202f", *"_-‐‑‒–—―", *"'’‘‛\"“”„«»", *"#%&*,./@\\()[]{}•·†‡"]
WORD, STOP, SEPARATOR, BREAK = "word", "stop word", "separator", "hard separator"
_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "’": "'", "‘": "'", "ß": "ss"})


class Cutter:
    def __init__(self, settings):
        self._stop = frozenset(settings["stopWords"])
        hard = {*HARD} - {*settings["nonSeparatorTokens"]}
        soft = {*SOFT, *settings["separatorTokens"]} - {*settings["nonSeparatorTokens"]}
        self._kinds = dict.fromkeys(soft, SEPARATOR) | dict.fromkeys(hard, BREAK)
        known = sorted({*self._kinds, *settings["dictionary"]}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, known)))

    def cut(self, text):
        """Kind and normal form of each part of the text, separators too."""
        at = 0
        for known in self._known.finditer(text):
            yield from self._part(text[at : known.start()])
            yield from self._part(known[0])
            at = known.end()
        yield from self._part(text[at:])

    def placed(self, text, at=0):
        """The words of a document's text that can be found, with their positions from ``at``."""
        before, apart = None, 0
        for kind, lemma in self.cut(text):
            if kind in (WORD, STOP):
                at += apart if before else 0
                before, apart = kind, 1
                if kind == WORD:
                    yield at, lemma
            elif kind == BREAK:
                apart = 8

    def _part(self, part):
        if not part:
            return
        if part in self._kinds:
            yield self._kinds[part], part
        elif lemma := normal(part):
            yield (STOP if lemma in self._stop else WORD), lemma


@lru_cache(maxsize=100_000)
def normal(word):
    plain = unicodedata.normalize("NFKD", word).lower()
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)


@lru_cache(maxsize=500_000)
def distance(a, b, limit):
    """Edits from a to b, two letters swapped being one; ``limit + 1`` if it is more."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    return min(_last_row(a, b)[-1], limit + 1)


@lru_cache(maxsize=500_000)
def prefix_distance(a, b, limit):
    """The same to the beginning of b that is nearest."""
    return min(min(_last_row(a, b[: len(a) + limit])), limit + 1)


def _last_row(a, b):
    before, row = None, list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if older and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row
