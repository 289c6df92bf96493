"""Which listings meet a term, and how well: by typos first, then by attribute."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyroaring import BitMap

from careercenter.listings.engine.alphabet import PARTING
from careercenter.listings.engine.columns import slots_of
from careercenter.listings.engine.state import State
from careercenter.listings.engine.terms import Phrase, Term

_TERMS_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class Match:
    """The slots that meet a term, those that have ended too."""

    term: Term
    slots: BitMap
    levels: tuple[tuple[int, BitMap], ...]  # cost → slots, best first; no slot is in two of them

    def cost(self, slot: int) -> int:
        """What meeting the term costs a slot that does."""
        return next(cost for cost, slots in self.levels if slot in slots)


class Matcher:
    """Finds matches in one state and remembers the last, which lose their worth with the state."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._found: dict[Term, Match] = {}

    def match(self, term: Term) -> Match:
        found = self._found.get(term)
        if found is None:
            found = self._match(term)
            if len(self._found) >= _TERMS_REMEMBERED:
                self._found = {}
            self._found[term] = found
        return found

    def _match(self, term: Term) -> Match:
        by_cost: dict[int, list[BitMap]] = defaultdict(list)
        for cost, slots in self._alternatives(term):
            by_cost[cost].append(slots)
        met = BitMap()
        levels = []
        for cost in sorted(by_cost):
            level = BitMap.union(*by_cost[cost]) - met
            if level:
                met |= level
                levels.append((cost, level))
        return Match(term, met, tuple(levels))

    def _alternatives(self, term: Term) -> Iterator[tuple[int, BitMap]]:
        for phrase in term.phrases:
            yield from self._words(phrase, 0) if len(phrase) == 1 else self._phrase(phrase)
        if (word := term.word) is None:
            return
        vocabulary = self._state.vocabulary
        yield from self._words(vocabulary.starting(word) if term.prefix else [word], 0)
        for typos, words in vocabulary.misspelt(word):
            yield from self._words(words, typos)

    def _words(self, words: Sequence[str], typos: int) -> Iterator[tuple[int, BitMap]]:
        """The slots of any of the words, by the attribute they stand in."""
        settings = self._state.settings
        for n, (attribute, postings) in enumerate(
            zip(settings.searchable, self._state.texts, strict=True)
        ):
            if typos and attribute in settings.exact_attributes:
                continue
            if found := postings.found(words):
                yield typos * self._state.typo + n, BitMap.union(*found)

    def _phrase(self, phrase: Phrase) -> Iterator[tuple[int, BitMap]]:
        """The slots whose words follow one another, by the best attribute where they do."""
        state = self._state
        spelled = state.alphabet.spell(phrase)
        if spelled is None:
            return
        groups, enough = state.groups.of(spelled)
        words, chains = ((), []) if enough else (phrase, state.vocabulary.chains(phrase))
        met = BitMap()
        for n, (grouped, postings) in enumerate(zip(state.grouped, state.texts, strict=True)):
            having = [*grouped.found(groups), *postings.found(words)]
            if len(having) == len(groups) + len(words):
                found = BitMap.intersection(*having) - met
                if found and not enough:
                    found = self._saying(n, spelled, found, postings.found(chains))
                met |= found
                yield n, found

    def _saying(
        self, attribute: int, spelled: str, among: BitMap, chained: Sequence[BitMap]
    ) -> BitMap:
        """The slots, of those that have the words in the attribute, that say the phrase there.

        What has a chain of the words says it: only the rest must be read.
        """
        found = BitMap().union(*chained) & among
        records, last = self._state.records, len(self._state.texts) - 1
        rest = slots_of(among - found).tolist()
        if attribute == last:
            return found | BitMap([slot for slot in rest if spelled in records[slot]])
        said = [
            slot
            for slot in rest
            if (at := records[slot].find(spelled)) >= 0
            and records[slot].count(PARTING, 0, at) == attribute  # the first that says it
        ]
        return found | BitMap(said)
