"""The words of all listings: which begin with a prefix, and which are near a misspelt one."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from careercenter.listings.engine.text import forgiving, letters
from careercenter.listings.index import Settings

_SHELF = tuple[str, int]  # first character and length: typos are looked for on few shelves
_EMPTY: frozenset[str] = frozenset()
_FEW = 100  # up to here inserting words one by one is cheaper than sorting all of them


class Vocabulary:
    """Sorted words; never changes, ``revised`` gives the next one."""

    def __init__(
        self, words: list[str], shelves: Mapping[_SHELF, frozenset[str]], settings: Settings
    ) -> None:
        self._words = words
        self._shelves = shelves  # only the words in which typos are forgiven
        self._settings = settings

    def revised(self, added: Collection[str], removed: Collection[str]) -> "Vocabulary":
        if not added and not removed:
            return self
        return Vocabulary(
            self._sorted(added, removed), self._shelved(added, removed), self._settings
        )

    def starting(self, prefix: str) -> list[str]:
        """The words that begin with ``prefix``, itself included.

        A prefix ends inside a run: "ccs" does not reach "ccs-p", which is another code.
        """
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + "\U0010ffff", start)
        beyond = prefix + "-"
        return [word for word in self._words[start:end] if not word.startswith(beyond)]

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
        shelves = (self._shelves.get((word[0], length), _EMPTY) for length in lengths)
        return [other for shelf in shelves for other in shelf]

    def _differing_at_first(self, word: str) -> Iterator[str]:
        """The words one typo away whose first letter differs: all there are can be made up."""
        rest = word[1:]
        guesses = {rest, rest[0] + word[0] + rest[1:]}
        for letter in {first for first, _ in self._shelves}:
            guesses |= {letter + rest, letter + word}
        for guess in guesses:
            if guess[0] != word[0] and guess in self._shelves.get((guess[0], len(guess)), _EMPTY):
                yield guess

    def _sorted(self, added: Collection[str], removed: Collection[str]) -> list[str]:
        if len(added) + len(removed) > _FEW:
            return sorted(set(self._words).difference(removed).union(added))
        words = self._words.copy()
        for word in removed:
            del words[bisect_left(words, word)]
        for word in added:
            insort(words, word)
        return words

    def _shelved(
        self, added: Iterable[str], removed: Iterable[str]
    ) -> Mapping[_SHELF, frozenset[str]]:
        came, went = self._by_shelf(added), self._by_shelf(removed)
        shelves = dict(self._shelves)
        for shelf in came.keys() | went.keys():
            shelves[shelf] = shelves.get(shelf, _EMPTY) - went[shelf] | came[shelf]
        return shelves

    def _by_shelf(self, words: Iterable[str]) -> defaultdict[_SHELF, set[str]]:
        found: defaultdict[_SHELF, set[str]] = defaultdict(set)
        for word in words:
            if forgiving(word, self._settings.exact_words):
                found[word[0], len(word)].add(word)
        return found
