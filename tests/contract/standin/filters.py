"""Reads the filters of Meilisearch and tells whether a document passes them."""

import re
from fnmatch import fnmatchcase

from tests.contract.standin.errors import Refused
from tests.contract.standin.geo import metres
from tests.contract.standin.words import normal

_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<sign>!=|>=|<=|[=<>()\[\],])
    |(?P<word>[^\s"'=<>!()\[\],]+))""",
    re.VERBOSE,
)
_COMPARE = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}
_DEEPEST = 200


def wrong(message):
    return Refused("invalid_search_filter", message)


class Rules:
    """What the filterable attributes of an index allow."""

    def __init__(self, filterable):
        self._rules = filterable
        self.names = [one for one in filterable if isinstance(one, str)]
        for one in filterable:
            self.names += [] if isinstance(one, str) else one["attributePatterns"]

    def features(self, name):
        """Of the first rule that names the attribute, or None."""
        for rule in self._rules:
            if isinstance(rule, str):
                if rule == name:
                    return {"facetSearch": True, "equality": True, "comparison": True}
            elif any(fnmatchcase(name, pattern) for pattern in rule["attributePatterns"]):
                given = rule.get("features") or {}
                allowed = {"equality": True, "comparison": False} | (given.get("filter") or {})
                return {"facetSearch": given.get("facetSearch", False), **allowed}
        return None

    def check(self, name, feature=None):
        features = self.features(name)
        if features is None:
            known = ", ".join(f"`{one}`" for one in sorted(self.names))
            raise wrong(
                f"Attribute `{name}` is not filterable. "
                f"Available filterable attribute patterns are: {known}."
            )
        if feature and not features[feature]:
            raise wrong(f"Filter operator is not allowed for the attribute `{name}`: {feature}.")

    def has_geo(self):
        return "_geo" in self._rules


class Filter:
    """Whatever may stand under ``filter``: nothing, text, or lists of it (AND, inside them OR)."""

    def __init__(self, given, rules):
        self._rules = rules
        self._test = self._read(given, all)

    def passes(self, document):
        return self._test(document)

    def _read(self, given, join):
        if given is None or given == "" or given == []:
            return lambda document: True
        if isinstance(given, str):
            return Parser(given, self._rules).whole()
        if not isinstance(given, list) or not all(isinstance(one, (str, list)) for one in given):
            raise wrong("Invalid syntax for the filter parameter: expected String, Array.")
        other = any if join is all else all
        tests = [self._read(one, other) for one in given]
        return lambda document: join(test(document) for test in tests)


class Parser:
    def __init__(self, text, rules):
        self._rules = rules
        self._depth = 0
        self._tokens = []
        at = 0
        text = text.rstrip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if not found:
                raise wrong(f"Unexpected characters at {at}: `{text[at:]}`")
            self._tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()

    def whole(self):
        test = self._either()
        if self._tokens:
            raise wrong(f"Found unexpected characters at the end of the filter: {self._tokens}")
        return test

    def _either(self):
        tests = [self._both()]
        while self._keyword("OR"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda d: any(test(d) for test in tests)

    def _both(self):
        tests = [self._not()]
        while self._keyword("AND"):
            tests.append(self._not())
        return tests[0] if len(tests) == 1 else lambda d: all(test(d) for test in tests)

    def _not(self):
        if self._keyword("NOT"):
            test = self._not()
            return lambda document: not test(document)
        return self._one()

    def _one(self):
        if self._sign("("):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise wrong("The filter exceeded the maximum depth limit.")
            test = self._either()
            self._need(")")
            self._depth -= 1
            return test
        name = self._value()
        if name == "_geoRadius":
            return self._circle()
        return self._condition(name)

    def _circle(self):
        if not self._rules.has_geo():
            raise wrong("Attribute `_geo` is not filterable.")
        latitude, longitude, reach = self._numbers("(", ")")[:3]
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise wrong("Bad latitude or longitude.")

        def within(document):
            place = document.get("_geo")
            if not place:
                return False
            point = (float(place["lat"]), float(place["lng"]))
            return metres(point, (latitude, longitude)) <= reach

        return within

    def _numbers(self, opening, closing):
        self._need(opening)
        found = [float(self._value())]
        while self._sign(","):
            found.append(float(self._value()))
        self._need(closing)
        return found

    def _condition(self, name):
        self._rules.check(name)
        if self._keyword("NOT"):
            test = self._exists(name) if self._keyword("EXISTS") else self._within(name)
            return lambda document: not test(document)
        if self._keyword("EXISTS"):
            return self._exists(name)
        if self._keyword("IS"):
            return self._is(name)
        if self._is_keyword("IN"):
            return self._within(name)
        return self._compared(name)

    def _exists(self, name):
        return lambda document: name in document

    def _is(self, name):
        negated = self._keyword("NOT")
        empties = [None] if self._keyword("NULL") else self._keyword("EMPTY") and ["", [], {}]
        if not empties:
            raise wrong("Expected NULL or EMPTY after IS.")
        return lambda document: (name in document and document[name] in empties) is not negated

    def _within(self, name):
        if not self._keyword("IN"):
            raise wrong("Expected IN.")
        self._rules.check(name, "equality")
        self._need("[")
        values = set()
        while not self._sign("]"):
            values.add(folded(self._value()))
            if not self._sign(","):
                self._need("]")
                break
        return lambda document: not values.isdisjoint(map(folded, held(document, name)))

    def _compared(self, name):
        kind, sign = self._tokens.pop(0) if self._tokens else (None, None)
        if kind == "sign" and sign in ("=", "!="):
            self._rules.check(name, "equality")
            value = folded(self._value())
            return lambda d: (value in map(folded, held(d, name))) is (sign == "=")
        self._rules.check(name, "comparison")
        if kind == "sign" and sign in _COMPARE:
            compare, bound = _COMPARE[sign], number(self._value())
            return lambda d: any(compare(n, bound) for n in numbers(d, name))
        if kind == "word" and self._keyword("TO"):
            low, high = number(sign), number(self._value())
            return lambda d: any(low <= n <= high for n in numbers(d, name))
        raise wrong(f"Was expecting an operation after `{name}`, found `{sign}`.")

    def _is_keyword(self, word):
        return bool(self._tokens) and self._tokens[0] == ("word", word)

    def _keyword(self, word):
        return self._is_keyword(word) and bool(self._tokens.pop(0))

    def _sign(self, sign):
        return (
            bool(self._tokens) and self._tokens[0] == ("sign", sign) and bool(self._tokens.pop(0))
        )

    def _need(self, sign):
        if not self._sign(sign):
            raise wrong(f"Expected `{sign}`, found {self._tokens[:1]}.")

    def _value(self):
        kind, text = self._tokens.pop(0) if self._tokens else (None, "")
        if kind == "quoted":
            return re.sub(r"\\(.)", r"\1", text[1:-1])
        if kind != "word" or text in {"AND", "OR", "NOT", "IN", "TO", "EXISTS", "IS"}:
            raise wrong(f"Expected a value, found `{text}`.")
        return text


def number(text):
    try:
        return float(text)
    except ValueError as error:
        raise wrong(f"`{text}` is not a number.") from error


def folded(value):
    """As ``=`` compares: numbers by value, text without case."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return normal(str(value))


def held(document, name):
    value = document.get(name)
    return value if isinstance(value, list) else [] if value is None else [value]


def numbers(document, name):
    return [n for n in held(document, name) if isinstance(n, (int, float))]
