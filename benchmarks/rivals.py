"""What the engine is measured against: tantivy, asked the same, and a floor of bare bitmaps."""

import json
import math
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import cycle

import tantivy
from pyroaring import BitMap

from careercenter.listings.engine.terms import Parser, Term
from careercenter.listings.engine.text import forgiving, letters
from careercenter.listings.index import (
    SETTINGS,
    Facet,
    ListingDocument,
    Query,
    RangeField,
    Sort,
)

T = tantivy.Query
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
EVERY = 100_000  # values of a facet at most: all are counted
ORDER = {Sort.RELEVANCE: "rank", Sort.NEWEST: "posted", Sort.PAY: "pay_max"}
MILES_A_DEGREE = 69.09


class Tantivy:
    """An index in memory, of one segment, with the same words, facets and numbers.

    It is asked the same terms with the same typos and synonyms. It is spared what it has not: the
    order by typos and attributes (it takes its own score), the circle (it takes a square), and the
    question which listings have ended.
    """

    def __init__(self, documents: Iterable[ListingDocument]) -> None:
        self._schema = _schema()
        self._parser = Parser(SETTINGS)
        index = tantivy.Index(self._schema)
        writer = index.writer(heap_size=1_000_000_000, num_threads=1)
        for document in documents:
            writer.add_document(_document(document))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher = index.searcher()

    def search(self, query: Query) -> tuple[int, list[object], dict[Facet, dict[str, int]]]:
        """The total, the ids of the page, and the disjunctive counts."""
        words, narrowed = self._words(query), self._narrowed(query)
        filters = {f: self._any(f, values) for f, values in query.filters.items()}
        order = ORDER.get(query.sort) if not words or query.sort is not Sort.RELEVANCE else None
        found = self._searcher.search(
            _all([*words, *narrowed, *filters.values()]),
            limit=query.per_page,
            order_by_field=order,
            offset=(query.page - 1) * query.per_page,
        )
        counted: dict[Facet, dict[str, int]] = {}
        for own in [None, *filters]:
            rest = [each for facet, each in filters.items() if facet != own]
            facets = [own] if own else [f for f in query.facets if f not in filters]
            counted |= self._counts(_all([*words, *narrowed, *rest]), facets)
        ids = self._searcher.fast_field_values("id", [address for _, address in found.hits])
        return found.count, list(ids), counted

    def _counts(self, query: T, facets: Iterable[Facet]) -> dict[Facet, dict[str, int]]:
        asked = {f: {"terms": {"field": f"is_{f}", "size": EVERY}} for f in facets}
        found = self._searcher.aggregate(query, asked)
        return {f: {b["key"]: b["doc_count"] for b in found[f]["buckets"]} for f in asked}

    def _any(self, facet: Facet, values: Iterable[str]) -> T:
        return T.term_set_query(self._schema, f"is_{facet}", list(values))

    def _narrowed(self, query: Query) -> Iterator[T]:
        unsigned, degrees = tantivy.FieldType.Unsigned, tantivy.FieldType.Float
        if pay := query.ranges.get(RangeField.PAY):
            yield T.range_query(self._schema, "pay_max", unsigned, lower_bound=pay.low)
        for near in query.near:
            high = near.miles / MILES_A_DEGREE
            wide = high / math.cos(math.radians(near.latitude))
            bounds = (("latitude", near.latitude, high), ("longitude", near.longitude, wide))
            for name, at, far in bounds:
                yield T.range_query(self._schema, name, degrees, at - far, at + far)

    def _words(self, query: Query) -> list[T]:
        return [_some(self._term(term)) for term in self._parser.terms(query.text)]

    def _term(self, term: Term) -> Iterator[T]:
        for name in SETTINGS.searchable:
            for phrase in term.phrases:
                yield self._phrase(name, [word for run in phrase for word in run.split("-")])
            if term.word is not None:
                yield from self._word(name, term.word, term.prefix)

    def _phrase(self, name: str, words: list[str]) -> T:
        if len(words) == 1:
            return T.term_query(self._schema, name, words[0])
        return T.phrase_query(self._schema, name, words)

    def _word(self, name: str, word: str, prefix: bool) -> Iterator[T]:
        yield self._phrase(name, word.split("-"))
        if prefix:
            yield T.fuzzy_term_query(self._schema, name, word, distance=0, prefix=True)
        typos = (letters(word) >= SETTINGS.one_typo) + (letters(word) >= SETTINGS.two_typos)
        lenient = forgiving(word, SETTINGS.exact_words) and name not in SETTINGS.exact_attributes
        if typos and lenient:
            yield T.fuzzy_term_query(self._schema, name, word, distance=typos)


class Floor:
    """No search can do less: two bitmaps meet, every value is counted, twenty ids are written."""

    def __init__(self, documents: Iterable[ListingDocument], counted: Iterable[Facet]) -> None:
        values: dict[tuple[Facet, str], BitMap] = {}
        facets = tuple(counted)
        for slot, document in enumerate(documents):
            for facet in facets:
                for value in document.facets.get(facet, ()):
                    values.setdefault((facet, value), BitMap()).add(slot)
        self._values = list(values.values())
        self._pairs = cycle(zip(self._values, reversed(self._values), strict=True))

    def search(self, query: Query) -> bytes:
        left, right = next(self._pairs)
        met = left & right
        counts = [met.intersection_cardinality(each) for each in self._values]
        return json.dumps([*range(query.per_page), *counts]).encode()


def _schema() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    for name in SETTINGS.searchable:
        schema.add_text_field(name)
    for facet in Facet:
        schema.add_text_field(f"is_{facet}", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("id", "rank", "pay_max", "posted"):
        schema.add_unsigned_field(name, fast=True, indexed=True)
    for name in ("latitude", "longitude"):
        schema.add_float_field(name, fast=True, indexed=True)
    return schema.build()


def _document(document: ListingDocument) -> tantivy.Document:
    made = tantivy.Document()
    for name in SETTINGS.searchable:
        made.add_text(name, document.texts[name])
    for facet, values in document.facets.items():
        for value in values:
            made.add_text(f"is_{facet}", value)
    for latitude, longitude in document.points:
        made.add_float("latitude", latitude)
        made.add_float("longitude", longitude)
    made.add_unsigned("id", document.id)
    made.add_unsigned("pay_max", document.pay_max)
    made.add_unsigned("posted", int(document.posted_at.timestamp()))
    made.add_unsigned("rank", _rank(document))
    return made


def _rank(document: ListingDocument) -> int:
    """Quality, day and id in one number, as tantivy orders by one."""
    return document.quality << 48 | _day(document.posted_at) << 32 | document.id


def _day(moment: datetime) -> int:
    return moment.date().toordinal() & 0xFFFF


def _all(queries: list[T]) -> T:
    return T.boolean_query([(MUST, each) for each in queries]) if queries else T.all_query()


def _some(queries: Iterable[T]) -> T:
    return T.boolean_query([(SHOULD, each) for each in queries])
