"""Which documents meet a query's words, and the order in which they come."""

import math

from tests.contract.standin.errors import Refused
from tests.contract.standin.geo import metres, point_of

GRAPH = {"words", "typo", "attributeRank", "proximity", "wordPosition", "exactness", "attribute"}


class Met:
    """Documents → how many of the words they meet, and at what cost."""

    def __init__(self, corpus, text, strategy):
        asked = corpus.asked(text)
        self.terms = len(asked.terms)
        self.costs = None if not asked.terms else self._costs(corpus, asked, strategy)
        self.without = set()
        for term in asked.without:
            self.without |= corpus.met(term).keys()

    def keeps(self, key):
        return key not in self.without and (self.costs is None or key in self.costs)

    def of(self, key):
        """Words met, typos, attributes."""
        return (0, 0, 0) if self.costs is None else self.costs[key]

    def _costs(self, corpus, asked, strategy):
        reads = [(start, end, corpus.met(term)) for start, end, term in asked.joined()]
        sure = max((n for n, term in enumerate(asked.terms) if term.phrase), default=0)
        least = len(asked.terms) if strategy == "all" else sure + 1
        found = {}
        for count in range(len(asked.terms), least - 1, -1):
            for key, cost in _paths(reads, count).items():
                found.setdefault(key, (count, *cost))
        return found


def _paths(reads, count):
    """The least cost of meeting all of the first ``count`` terms, by document."""
    best = [{} for _ in range(count)]
    for start, end, met in reads:
        if end >= count:
            continue
        for key, (typos, attribute) in met.items():
            before = best[start - 1].get(key) if start else (0, 0)
            if before is not None:
                cost = (before[0] + typos, before[1] + attribute)
                best[end][key] = min(cost, best[end].get(key, cost))
    return best[count - 1]


class Order:
    """The ranking rules of an index with the sort of a query, as a key for each document."""

    def __init__(self, rules, sort, sortable):
        self.geo = None
        self._sort = [self._parsed(one, sortable) for one in sort or ()]
        self._rules = rules

    def _parsed(self, text, sortable):
        name, _, direction = text.rpartition(":")
        if direction not in ("asc", "desc") or not name:
            raise Refused("invalid_search_sort", f"Invalid syntax for the sort parameter: {text}")
        if name.startswith("_geoPoint("):
            name, self.geo = "_geo", point_of(name)
        if name not in sortable:
            raise Refused(
                "invalid_search_sort",
                f"Attribute `{name}` is not sortable. Available sortable attributes are: "
                f"`{', '.join(sorted(sortable))}`.",
            )
        return name, direction

    def key(self, document, met):
        words, typos, attributes = met
        key = []
        for rule in self._rules:
            if rule == "sort":
                key += [self._value(document, *one) for one in self._sort]
            elif rule == "words":
                key.append((0, -words))
            elif rule == "typo":
                key.append((0, typos))
            elif rule in ("attributeRank", "attribute"):
                key.append((0, attributes))
            elif rule not in GRAPH:
                key.append(self._value(document, *rule.rsplit(":", 1)))
        return key

    def _value(self, document, name, direction):
        """Numbers before texts before nothing, in either direction."""
        down = direction == "desc"
        value = self._measured(document) if name == "_geo" else document.get(name)
        if isinstance(value, list):
            value = (max if down else min)(value, default=None)
        if isinstance(value, bool) or value is None:
            return (2, 0)
        if isinstance(value, (int, float)):
            return (0, -value if down else value)
        letters = [ord(letter) for letter in str(value).casefold()]
        return (1, [*(-one for one in letters), math.inf] if down else letters)

    def _measured(self, document):
        place = document.get("_geo")
        return metres(self.geo, (place["lat"], place["lng"])) if place else None
