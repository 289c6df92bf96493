"""The words of all listings: which begin with a prefix, and which are near a misspelt one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from careercenter.listings.engine.text import forgiving, letters, runs
from careercenter.listings.index import Settings

K = TypeVar("K", bound=Hashable)
Shelves = Mapping[K, frozenset[str]]
_Size = tuple[str, int]  # first character, length

_START = 3  # characters
_EMPTY: frozenset[str] = frozenset()


class Vocabulary:
    """Words on shelves, so that few are looked at; never changes, ``revised`` gives the next."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._by_start: Shelves[str] = {}  # the first characters, fewer for short words
        self._by_size: Shelves[_Size] = {}  # only words in which typos are forgiven

    def revised(self, added: Collection[str], removed: Collection[str]) -> "Vocabulary":
        if not added and not removed:
            return self
        other = Vocabulary(self._settings)
        other._by_start = _moved(self._by_start, _start, added, removed)
        other._by_size = _moved(
            self._by_size, _size, self._forgiving(added), self._forgiving(removed)
        )
        return other

    def starting(self, prefix: str) -> list[str]:
        """The words that begin with ``prefix``, itself included.

        A prefix ends inside a run: "ccs" does not reach "ccs-p", which is another code.
        """
        start = _start(prefix)
        if len(start) == _START:
            shelves = [self._by_start.get(start, _EMPTY)]
        else:
            shelves = [shelf for key, shelf in self._by_start.items() if key.startswith(start)]
        beyond = prefix + "-"
        return [
            word
            for shelf in shelves
            for word in shelf
            if word.startswith(prefix) and not word.startswith(beyond)
        ]

    def chains(self, phrase: tuple[str, ...]) -> list[str]:
        """The chains whose runs begin with these; at least two are given."""
        joined = "-".join(phrase)
        alike = (w for w in self._by_start.get(_start(joined), _EMPTY) if w.startswith(joined))
        return [word for word in alike if runs(word)[: len(phrase)] == phrase]

    def misspelt(self, word: str) -> Iterator[tuple[int, list[str]]]:
        """Other words by the typos that part them from ``word``: 1 and 2, as far as allowed.

        Damerau-Levenshtein (optimal string alignment); one in the first letter counts as two.
        """
        if not (allowed := self._allowed(word)):
            return
        found: dict[int, list[str]] = {1: [], 2: []}
        for other, distance, _ in process.extract(
            word, self._alike(word, allowed), scorer=OSA.distance, score_cutoff=allowed, limit=None
        ):
            if distance:
                found[distance].append(other)
        if allowed > 1:
            found[2] += self._differing_at_first(word)
        yield from found.items()

    def _allowed(self, word: str) -> int:
        if not forgiving(word, self._settings.exact_words):
            return 0
        size = letters(word)
        return (size >= self._settings.one_typo) + (size >= self._settings.two_typos)

    def _alike(self, word: str, allowed: int) -> list[str]:
        """The words that begin alike and are about as long."""
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        shelves = (self._by_size.get((word[0], length), _EMPTY) for length in lengths)
        return [other for shelf in shelves for other in shelf]

    def _differing_at_first(self, word: str) -> Iterator[str]:
        """The words one typo away at the first letter: all that there can be are made up.

        Those that still begin alike are found as well, but count with their one typo.
        """
        rest = word[1:]
        guesses = {rest, rest[0] + word[0] + rest[1:]}
        for letter in {first for first, _ in self._by_size}:
            guesses |= {letter + rest, letter + word}
        for guess in guesses:
            if guess in self._by_size.get(_size(guess), _EMPTY):
                yield guess

    def _forgiving(self, words: Collection[str]) -> list[str]:
        """A misspelt cardiology is found; only who spells it right gets nothing else."""
        return [word for word in words if forgiving(word)]


def _start(word: str) -> str:
    return word[:_START]


def _size(word: str) -> _Size:
    return word[0], len(word)


def _moved(
    shelves: Shelves[K], key: Callable[[str], K], added: Collection[str], removed: Collection[str]
) -> Shelves[K]:
    came: defaultdict[K, set[str]] = defaultdict(set)
    went: defaultdict[K, set[str]] = defaultdict(set)
    for word in added:
        came[key(word)].add(word)
    for word in removed:
        went[key(word)].add(word)
    moved = dict(shelves)
    for shelf in came.keys() | went.keys():
        moved[shelf] = moved.get(shelf, _EMPTY) - went[shelf] | came[shelf]
    return moved
