"""Spells words as single characters: a text becomes a short string, a phrase a part of it."""

from collections.abc import Collection, Iterable, Sequence

PARTING = "\0"  # what a listing says in one field from what it says in the next
APART = "\1"  # two words that do not follow one another
FIRST = 2  # the number of the first word's character


class Alphabet:
    """A character for each word, with room for a million.

    States share it while words are only learned, for a word that is new to one of them stands in
    none of its listings. To forget words is to begin another alphabet.
    """

    def __init__(self) -> None:
        self._characters: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._spare: list[str] = []  # characters of forgotten words

    def __len__(self) -> int:
        return len(self._words)

    def write(self, words: Sequence[str]) -> str:
        """The words as characters; those not met before get theirs. Raises ValueError when full."""
        characters = self._characters
        try:
            return "".join(map(characters.__getitem__, words))
        except KeyError:
            self._learn(words)
            return "".join(map(characters.__getitem__, words))

    def spell(self, words: Iterable[str]) -> str | None:
        """The words as characters; ``None`` if one of them was never met."""
        found = [self._characters.get(word) for word in words]
        return None if None in found else "".join(filter(None, found))

    def read(self, character: str) -> str:
        return self._words[character]

    def words(self) -> list[str]:
        """In the order of their characters, where none was ever forgotten."""
        return list(self._characters)

    def only(self, words: Collection[str]) -> "Alphabet":
        """An alphabet that has forgotten all but these words."""
        other = Alphabet()
        other._characters = {word: self._characters[word] for word in words}
        other._words = {character: word for word, character in other._characters.items()}
        other._spare = [*self._spare, *(self._words.keys() - other._words.keys())]
        return other

    def _learn(self, words: Iterable[str]) -> None:
        for word in words:
            if word not in self._characters:
                taken = len(self._words) + len(self._spare)
                character = self._spare.pop() if self._spare else chr(FIRST + taken)
                self._words[character] = word
                self._characters[word] = character
