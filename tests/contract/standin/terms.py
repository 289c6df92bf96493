"""Reads the text of a query: its words and phrases in order, and what must not be there."""

from dataclasses import dataclass
from itertools import pairwise

from tests.contract.standin.words import BREAK, SEPARATOR, STOP, WORD

MOST = 10  # words or phrases of a query that are looked at
LONGEST = 3  # words that are read as one


@dataclass(frozen=True)
class Term:
    words: tuple[str | None, ...]  # None in a phrase: a stop word, whichever
    position: int
    phrase: bool = False
    prefix: bool = False

    @property
    def end(self):
        return self.position + len(self.words) - 1


class Asked:
    def __init__(self, cutter, text):
        self.terms = []
        self.without = []  # terms
        self._read([*cutter.cut(text)])
        self.terms = self.terms[:MOST]

    def _read(self, parts):
        position, phrase, negated, space = -1, None, False, True
        for n, (kind, lemma) in enumerate(parts):
            if kind in (WORD, STOP):
                position += 1
                if phrase is not None:
                    phrase.append((position, None if kind == STOP else lemma))
                elif negated:
                    self.without.append(Term((lemma,), position, phrase=True))
                    negated = False
                elif n == len(parts) - 1:
                    self.terms.append(Term((lemma,), position, prefix=True))
                elif kind == WORD:
                    self.terms.append(Term((lemma,), position))
            else:
                position += 7 if kind == BREAK else 0
                phrase, negated = self._part(kind, lemma, phrase, negated, space)
            space = lemma[-1].isspace()
        self._close(phrase, negated)

    def _part(self, kind, lemma, phrase, negated, space):
        """The phrase that is open after a separator, and whether what follows is negated."""
        if lemma == '"':
            if phrase is None:
                return [], negated
            self._close(phrase, negated)
            return None, False
        if phrase is not None:
            if kind == BREAK:
                self._close(phrase, negated)
                phrase = []
            return phrase, negated
        return None, kind == SEPARATOR and lemma == "-" and space

    def _close(self, phrase, negated):
        words = [word for _, word in phrase or ()]
        if any(words):
            term = Term(tuple(words), phrase[0][0], phrase=True)
            (self.without if negated else self.terms).append(term)

    def joined(self):
        """Of each term the numbers of the first and the last that are read as one with it."""
        for end in range(len(self.terms)):
            for start in range(end, max(end - LONGEST, -1), -1):
                together = self.terms[start : end + 1]
                if start == end or _side_by_side(together):
                    yield start, end, self._one(together)

    def _one(self, terms):
        if len(terms) == 1:
            return terms[0]
        words = tuple(term.words[0] for term in terms)
        return Term(words, terms[0].position, prefix=terms[-1].prefix)


def _side_by_side(terms):
    return not any(term.phrase for term in terms) and all(
        a.end + 1 == b.position for a, b in pairwise(terms)
    )
