"""Words side by side, listed like words where many listings have them.

A phrase is looked for by reading the listings that have its words. Where its words are rare these
are few. Where all of them are frequent, in a third of all listings perhaps, that would take long:
so of frequent words every pair side by side is listed, of frequent pairs every triple, and so on.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from careercenter.listings.engine.columns import Numbers
from careercenter.listings.engine.entries import SLOT, Characters, distinct, lines

LONGEST = 7  # words in a group
_MOST = 1500  # words, or groups of a length, that count as frequent
_ROOM = (_MOST + 1) ** 2  # numbers for the groups of a length

Ranks = npt.NDArray[np.int16]  # by number, from one on; zero for what is not frequent


class Groups:
    """Which words and which groups are frequent; a group has a number. Never changes."""

    def __init__(self, *levels: Sequence[int]) -> None:
        """The frequent words by their characters, then the frequent pairs, and so on."""
        some = [numbers[:_MOST] for numbers in levels]
        self._levels = [(_ranks(numbers), len(numbers) + 1) for numbers in some]

    def entries(self, records: Sequence[str], slots: Sequence[int], fields: int) -> Numbers:
        """The entries of the groups in the records, sorted and without repeats."""
        found, where = lines(records, slots, fields)
        entries = [where[at] | numbers << SLOT for at, numbers in self._numbers(found)]
        return distinct(np.concatenate([np.zeros(0, np.int64), *entries]))

    def of(self, phrase: str) -> tuple[list[int], bool]:
        """The groups in a phrase, and whether to have them is to have the phrase.

        Reckoned as in ``_numbers``, for which a phrase is too short.
        """
        found: list[int] = []
        numbers = [ord(character) for character in phrase]
        for level, (ranks, base) in enumerate(self._levels):
            ranked = [int(ranks[number]) if number < len(ranks) else 0 for number in numbers]
            pairs = pairwise(ranked)
            numbers = [left * base + right if left and right else 0 for left, right in pairs]
            groups = [number + level * _ROOM for number in numbers if number]
            if not groups:
                break
            if len(numbers) == 1:
                return groups, True
            found += groups
        return found, False

    def _numbers(self, found: Characters) -> Iterator[tuple[Numbers, Numbers]]:
        """Where pairs begin, and their numbers; then triples, and so on."""
        at, numbers = np.arange(len(found)), found.astype(np.int64)
        for level, (ranks, base) in enumerate(self._levels):
            ranked = np.take(ranks, numbers, mode="clip")
            frequent = np.flatnonzero(ranked)
            at, ranked = at[frequent], ranked[frequent].astype(np.int64)
            followed = np.flatnonzero(at[1:] == at[:-1] + 1)
            at, numbers = at[followed], ranked[followed] * base + ranked[followed + 1]
            yield at, numbers + level * _ROOM


def words_in(number: int) -> int:
    """How many words a group has."""
    return 2 + number // _ROOM


def _ranks(numbers: Sequence[int]) -> Ranks:
    within = [number % _ROOM for number in numbers]
    ranks = np.zeros(max(within, default=0) + 2, np.int16)  # at the end is what is beyond
    ranks[within] = np.arange(1, len(within) + 1)
    return ranks
