"""What a query's text asks for: terms, each of which a listing must meet."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from careercenter.listings.engine.text import fold, runs, tokens
from careercenter.listings.index import Settings

Phrase = tuple[str, ...]  # runs that follow one another within one attribute


@dataclass(frozen=True, slots=True)
class Term:
    """Met by its word, with typos where the rules forgive them, or by any of its phrases.

    A quoted phrase has no word. The phrases of a word are its synonyms and, if it is a chain, its
    runs: equal to the word itself, and always exact.
    """

    word: str | None
    phrases: tuple[Phrase, ...] = ()
    prefix: bool = False

    @property
    def length(self) -> int:
        """How many words of the query it takes up."""
        return 1 if self.word is not None else len(self.phrases[0])


class Parser:
    """Reads query text by the rules of some settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._synonyms = _by_runs(settings.synonyms)
        self._longest = max(map(len, self._synonyms), default=0)

    def terms(self, text: str) -> tuple[Term, ...]:
        """The terms in order; none where the text holds no letter or digit.

        Stop words go, unless they are all there is. The last word is a prefix unless a space
        follows it. Words beyond ``max_words`` are not looked at.
        """
        found: list[Term] = []
        for n, segment in enumerate(fold(text).split('"')):
            found += self._quoted(segment) if n % 2 else self._words(segment)
        if found and found[-1].word is not None and not text[-1].isspace():
            found[-1] = replace(found[-1], prefix=True)
        kept = [term for term in found if term.word not in self._settings.stop_words]
        return tuple(self._first(kept or found))

    def _quoted(self, segment: str) -> Iterator[Term]:
        if phrase := _phrase(segment):
            yield Term(None, (phrase,))

    def _words(self, segment: str) -> Iterator[Term]:
        words = tokens(segment)
        spelled = [(n, run) for n, word in enumerate(words) for run in runs(word)]
        phrases: dict[int, list[Phrase]] = defaultdict(list)
        for start, end in _spans(spelled, self._longest):
            within = range(spelled[start][0], spelled[end - 1][0] + 1)
            phrase = tuple(run for _, run in spelled[start:end])
            # A chain is met by its runs; a synonym stands for every word of the term it replaces.
            own = (phrase,) if len(within) == 1 < len(phrase) else ()
            for n in within:
                phrases[n] += (*own, *self._synonyms.get(phrase, ()))
        for n, word in enumerate(words):
            yield Term(word, tuple(dict.fromkeys(phrases[n])))

    def _first(self, terms: list[Term]) -> Iterator[Term]:
        room = self._settings.max_words
        for term in terms:
            if not room:
                return
            if term.length > room:  # only a phrase can be
                term = replace(term, phrases=(term.phrases[0][:room],))
            yield term
            room -= term.length


def _phrase(folded: str) -> Phrase:
    return tuple(run for token in tokens(folded) for run in runs(token))


def _by_runs(synonyms: Mapping[str, tuple[str, ...]]) -> dict[Phrase, list[Phrase]]:
    """The synonyms as runs, without those that hold their own term: these find nothing more."""
    found: dict[Phrase, list[Phrase]] = defaultdict(list)
    for term, equivalents in synonyms.items():
        key = _phrase(fold(term))
        others = (_phrase(fold(other)) for other in equivalents)
        found[key] += [other for other in others if other and not _holds(other, key)]
    return dict(found)


def _holds(phrase: Phrase, part: Phrase) -> bool:
    return any(phrase[n : n + len(part)] == part for n in range(len(phrase)))


def _spans(spelled: list[tuple[int, str]], longest: int) -> Iterator[tuple[int, int]]:
    """Start and end of the stretches that cover whole words and may be a synonym's term.

    ``spelled`` holds each run with the number of its word.
    """
    words = [n for n, _ in spelled]
    edges = [at for at in range(len(words)) if not at or words[at] != words[at - 1]]
    edges.append(len(words))
    for n, start in enumerate(edges):
        for end in edges[n + 1 :]:
            if end - start > longest and end != edges[n + 1]:
                break
            yield start, end
