"""Spells words as single characters: a text becomes a short string, a phrase a part of it."""

from collections.abc import Iterable, Sequence

_FIRST = 1  # chr(0) is left for parting the texts of a listing


class Alphabet:
    """A character for each word in use. There is room for a million words.

    The characters of forgotten words are given out again; whoever still reads needs a copy.
    """

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._spare: list[str] = []

    def copy(self) -> "Alphabet":
        other = Alphabet()
        other._characters = self._characters.copy()
        other._words = self._words.copy()
        other._spare = self._spare.copy()
        return other

    def write(self, words: Sequence[str]) -> str:
        """The words as characters; those not met before get theirs. Raises ValueError when full."""
        characters = self._characters
        try:
            return "".join([characters[word] for word in words])
        except KeyError:
            self._learn(words)
            return "".join([characters[word] for word in words])

    def spell(self, words: Iterable[str]) -> str | None:
        """The words as characters; ``None`` if one of them is not in use."""
        found = [self._characters.get(word) for word in words]
        return None if None in found else "".join(filter(None, found))

    def read(self, characters: Iterable[str]) -> set[str]:
        """The words that these characters stand for."""
        words = self._words
        return {words[character] for character in characters}

    def forget(self, words: Iterable[str]) -> None:
        for word in words:
            character = self._characters.pop(word)
            del self._words[character]
            self._spare.append(character)

    def _learn(self, words: Iterable[str]) -> None:
        for word in words:
            if word not in self._characters:
                character = self._spare.pop() if self._spare else chr(_FIRST + len(self._words))
                self._characters[word] = character
                self._words[character] = word
