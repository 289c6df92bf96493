"""Distinct queries of eight families, drawn from the listings that are searched: all find some."""

from collections.abc import Callable, Sequence
from random import Random

from careercenter.listings.engine.text import fold, tokens
from careercenter.listings.index import Facet, ListingDocument, Near, Query, Range, RangeField, Sort

COUNTED = tuple(Facet)[:8]
MILES = 50


def families(documents: Sequence[ListingDocument], each: int, seed: int) -> dict[str, list[Query]]:
    """``each`` queries for every family, none twice."""
    asker = _Asker(documents, Random(seed))
    return {name: _distinct(make, each) for name, make in asker.families().items()}


def _distinct(make: Callable[[], Query], each: int) -> list[Query]:
    found: dict[str, Query] = {}
    while len(found) < each:
        query = make()
        found[repr(query)] = query
    return [*found.values()]


class _Asker:
    def __init__(self, documents: Sequence[ListingDocument], chance: Random) -> None:
        self._documents = documents
        self._placed = [document for document in documents if document.points]
        self._chance = chance

    def families(self) -> dict[str, Callable[[], Query]]:
        return {
            "Q0 no words": self._anything,
            "Q1 three facets": lambda: _query(filters=self._chosen(self._one())),
            "Q2 one word": lambda: _query(self._words(self._one(), 1)),
            "Q3 two words, a typo": self._mistyped,
            "Q4 beginning of a word": self._beginning,
            "Q5 phrase": self._phrase,
            "Q6 word, three facets, pay": self._narrowed,
            "Q7 word, fifty miles": self._near,
        }

    def _one(self) -> ListingDocument:
        return self._chance.choice(self._documents)

    def _words(self, document: ListingDocument, count: int) -> str:
        """Words side by side somewhere in the listing; more than a letter each. Ends in a space."""
        while True:
            said = tokens(fold(self._chance.choice(list(document.texts.values()))))
            start = self._chance.randrange(max(1, len(said) - count + 1))
            words = said[start : start + count]
            if len(words) == count and all(len(word) > 1 for word in words):
                return " ".join(words) + " "

    def _anything(self) -> Query:
        return _query(sort=self._chance.choice([*Sort][:3]), page=self._chance.randint(1, 60))

    def _mistyped(self) -> Query:
        word, other = "", ""
        while not (word.isalpha() and len(word) > 4):
            word, other = self._words(self._one(), 2).split()
        at = self._chance.randrange(1, len(word) - 1)
        return _query(f"{word[:at]}{word[at + 1 :]}{word[at]} {other} ")

    def _beginning(self) -> Query:
        first, second = self._words(self._one(), 2).split()
        return _query(f"{first} {second[: self._chance.randint(2, len(second))]}")

    def _phrase(self) -> Query:
        words = self._words(self._one(), self._chance.randint(2, 3))
        return _query(f'"{words.strip()}"')

    def _narrowed(self) -> Query:
        document = self._one()
        floor = Range(low=document.pay_max - self._chance.randint(0, 1000))
        words = self._words(document, 1)
        return _query(words, filters=self._chosen(document), ranges={RangeField.PAY: floor})

    def _near(self) -> Query:
        document = self._chance.choice(self._placed)
        return _query(self._words(document, 1), near=(Near(*document.points[0], MILES),))

    def _chosen(self, document: ListingDocument) -> dict[Facet, frozenset[str]]:
        """Values of three facets that the listing has, beside others."""
        facets = [facet for facet in COUNTED if document.facets.get(facet)]
        return {
            facet: frozenset(self._chance.choice(d.facets[facet] or ("none",)) for d in pair)
            for facet in self._chance.sample(facets, 3)
            for pair in [(document, self._one())]
        }


def _query(text: str = "", **narrowed: object) -> Query:
    return Query(text, facets=COUNTED, **narrowed)  # type: ignore[arg-type]
