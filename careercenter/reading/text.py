"""A pasted text, so that a match in it can be quoted as it was written."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import groupby
from types import MappingProxyType

LONGEST = 20_000  # characters; what follows is not read
LONGEST_WORDS = 160  # of a quotation
LONGEST_CLAUSE = 500  # rules look back and forth in a clause: its length is their cost

_SAME_LENGTH = {ord(dash): "-" for dash in "‐‑‒–—−"} | {
    ord("\N{NO-BREAK SPACE}"): " ",
    ord("\N{NARROW NO-BREAK SPACE}"): " ",
    ord("\t"): " ",
    ord("’"): "'",
    ord("‘"): "'",
}
_LOWER = str.maketrans({chr(n): chr(n + 32) for n in range(ord("A"), ord("Z") + 1)})
_LETTER = re.compile(r"\\.|[A-Z]")
_END_OF_CLAUSE = re.compile(r"[;\n•!?]|\.(?=\s|$)")
_REST_OF_WORD = re.compile(r"(?<=\w)\w{0,20}")
NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        word: number
        for number, word in enumerate(
            "one two three four five six seven eight nine ten eleven twelve".split(), start=1
        )
    }
    | {"a": 1, "an": 1}
)
NUMBER = r"(?:[0-9]{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


def number_of(word: str) -> int:
    """ "2", "two", "a" """
    return NUMBERS.get(word.lower()) or int(word)


def lower(text: str) -> str:
    """Of the same length, whatever the text holds."""
    return text.translate(_LOWER)


def in_lower(pattern: str) -> re.Pattern[str]:
    """For texts in lower case: to ignore case while searching takes twice as long."""
    return re.compile(_LETTER.sub(lambda m: m[0].lower() if len(m[0]) == 1 else m[0], pattern))


def any_of(spellings: Iterable[str], exact: Callable[[str], bool]) -> str:
    """A pattern for any of hundreds of words, the longest first; case counts where ``exact``.

    By first letters, so that few of them are tried at each place of a text.
    """
    ordered = sorted(spellings, key=lambda word: (word[0].lower(), -len(word)))
    return "|".join(
        f"[{first}{first.upper()}](?:{'|'.join(_rest(word, exact) for word in words)})"
        for first, words in groupby(ordered, key=lambda word: word[0].lower())
    )


def _rest(word: str, exact: Callable[[str], bool]) -> str:
    rest = re.escape(word[1:])
    return f"(?<={word[0]}){rest}" if exact(word) else f"(?i:{rest})"


class Text:
    """``plain`` and ``low`` have the length of ``written``: a place in one is the place in all."""

    def __init__(self, written: str) -> None:
        self.written = written[:LONGEST].replace("\r\n", "\n").replace("\r", "\n")
        self.plain = self.written.translate(_SAME_LENGTH)
        self.low = lower(self.plain)

    def quote(self, *spans: tuple[int, int]) -> tuple[str, ...]:
        """The words of each span, once, to the end of a word that was only begun."""
        return tuple(dict.fromkeys(self._words(start, end) for start, end in spans))

    def _words(self, start: int, end: int) -> str:
        rest = _REST_OF_WORD.match(self.written, end)
        end = rest.end() if rest else end
        return self.written[start : min(end, start + LONGEST_WORDS)].strip()

    @cached_property
    def clauses(self) -> tuple["Clause", ...]:
        """The parts between full stops, semicolons, bullets and line ends; blank ones left out."""
        return tuple(self._cut())

    def _cut(self) -> Iterator["Clause"]:
        start = 0
        for end in (*(m.start() for m in _END_OF_CLAUSE.finditer(self.plain)), len(self.plain)):
            for at in range(start, end, LONGEST_CLAUSE):
                part = self.plain[at : min(end, at + LONGEST_CLAUSE)]
                if part.strip(" .;!?•*-"):
                    yield Clause(part, at)
            start = end + 1

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for line in self.written.split("\n") if line.strip())


class Clause(str):
    """A part of a text that knows where it ``begins``."""

    begins: int

    def __new__(cls, part: str, begins: int) -> "Clause":
        clause = super().__new__(cls, part)
        clause.begins = begins
        return clause
