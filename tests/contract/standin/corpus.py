"""The words of an index's documents, and which documents meet a term at what cost.

Meilisearch has habits that no setting turns off. They are followed only if ``habits`` is true:
words side by side are also read as one, a word also as two, and the last word's typos are forgiven
in a prefix too; what a synonym of several words finds counts as many typos as it has words; a
phrase is thought to stand wherever its first word does, and to be said if each two of its words
are, in whichever attribute.
"""

from collections import defaultdict

from tests.contract.standin.terms import Asked
from tests.contract.standin.words import WORD, Cutter, distance, prefix_distance

NEVER = None


class Corpus:
    def __init__(self, documents, settings, habits):
        self._settings = settings
        self._habits = habits
        self._typos = settings["typoTolerance"]
        self._cutter = Cutter(settings)
        self._fields = defaultdict(lambda: defaultdict(set))  # word → documents → attributes
        self._exact = defaultdict(lambda: defaultdict(set))  # of these the ones without typos
        self._pairs = defaultdict(dict)  # two words → document, attribute → how far apart
        self._attributes = []
        self._synonyms = self._read_synonyms()
        self._found = {}
        for key, document in documents.items():
            self._add(key, document)

    def _add(self, key, document):
        searchable = self._settings["searchableAttributes"]
        names = [*document] if searchable == ["*"] else searchable
        for name in names:
            if name in document:
                if name not in self._attributes:
                    self._attributes.append(name)
                self._add_field(key, name, document[name])

    def _add_field(self, key, name, value):
        number = self._number(name)
        placed, at = [], 0
        for text in _texts(value):
            placed += self._cutter.placed(text, at)
            at = placed[-1][0] + 8 if placed else 0
        exact = name in self._typos["disableOnAttributes"]
        for _, word in placed:
            self._fields[word][key].add(number)
            if exact or (self._typos["disableOnNumbers"] and not any(map(str.isalpha, word))):
                self._exact[word][key].add(number)
        for n, (place, word) in enumerate(placed):
            for other_place, other in placed[n + 1 : n + 3]:
                apart = other_place - place
                near = self._pairs[word, other]
                at = self._at(key, number)
                near[at] = min(near.get(at, apart), apart)

    def _number(self, name):
        searchable = self._settings["searchableAttributes"]
        return self._attributes.index(name) if searchable == ["*"] else searchable.index(name)

    def _read_synonyms(self):
        found = defaultdict(list)
        for term, others in self._settings["synonyms"].items():
            found[self._words(term)] += [self._words(other) for other in others]
        return found

    def _words(self, text):
        return tuple(lemma for kind, lemma in self._cutter.cut(text) if kind == WORD)

    def asked(self, text):
        return Asked(self._cutter, text)

    def met(self, term):
        """Documents → (typos, attribute), the least of each that meets the term."""
        if term not in self._found:
            self._found[term] = self._met(term)
        return self._found[term]

    def _met(self, term):
        if term.phrase:
            return self._phrase(term.words, 0)
        found = {}
        several = len(term.words)
        base = several if several > 1 and self._habits else 0
        for other in self._synonyms.get(term.words, ()):
            _take(found, self._phrase(other, base))
        if several > 1 and not self._habits:
            return found
        joined = "".join(term.words)
        for word, typos in self._alike(joined, term.prefix, several).items():
            _take(found, self._word(word, typos + base, derived=bool(typos) or several > 1))
        if self._habits and (split := self._split(joined)) and split != term.words:
            _take(found, self._phrase(split, base + 1))
        if several > 1:
            found = {key: (typos, number * several) for key, (typos, number) in found.items()}
        return found

    def _alike(self, word, prefix, several):
        """The words that are taken for this one, with their typos."""
        limit = max(self._allowed(word) - several + 1, 0)
        measure = prefix_distance if prefix and self._habits else distance
        found = {}
        for other in self._fields:
            if other == word or (prefix and other.startswith(word)):
                found[other] = 0
            elif limit and other[0] == word[0]:
                if (typos := measure(word, other, limit)) <= limit:
                    found[other] = typos
            elif limit > 1 and measure(word, other, 1) <= 1:
                found[other] = 2
        return found

    def _allowed(self, word):
        least = self._typos["minWordSizeForTypos"]
        exact = word in self._typos["disableOnWords"]
        if not self._typos["enabled"] or exact or len(word) < least["oneTypo"]:
            return 0
        return 1 if len(word) < least["twoTypos"] else 2

    def _word(self, word, typos, derived):
        """Where it is; what was derived is not sought in attributes that must be exact."""
        found = {}
        for key, numbers in self._fields[word].items():
            if derived:
                numbers = numbers - self._exact[word].get(key, set())
            if numbers:
                found[key] = (typos, min(numbers))
        return found

    def _split(self, word):
        pairs = [(word[:n], word[n:]) for n in range(1, len(word))]
        near = [self._pairs.get(pair, {}).items() for pair in pairs]
        counts = [len({key for (key, _), apart in one if apart == 1}) for one in near]
        best = max(counts, default=0)
        return pairs[counts.index(best)] if best else NEVER

    def _phrase(self, words, typos):
        said = [word for word in words if word is not None]
        if len(words) == 1:
            return self._word(said[0], typos, derived=False)
        places = set.intersection(*[self._placed(word) for word in said])
        for n, word in enumerate(words):
            for apart, other in enumerate(words[n + 1 : n + 3], 1):
                if word is not None and other is not None:
                    near = self._pairs.get((word, other), {})
                    places = {place for place in places if near.get(place, 99) <= apart}
        found = {}
        for key, number in places:
            number = min(self._fields[said[0]][key]) if self._habits else number
            _take(found, {key: (typos, number)})
        return found

    def _placed(self, word):
        """Document and attribute of each place where the word stands."""
        found = self._fields.get(word, {})
        return {self._at(key, number) for key, numbers in found.items() for number in numbers}

    def _at(self, key, number):
        """Where words must meet to make a phrase."""
        return (key, None) if self._habits else (key, number)


def _texts(value):
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        yield from _texts([*value.values()])
    elif value is not None:
        yield str(value)


def _take(found, more):
    for key, cost in more.items():
        if key not in found or cost < found[key]:
            found[key] = cost
