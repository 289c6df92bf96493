"""Each rule of search, switched off: by other settings, by asking otherwise, by listings that lack
what the rule looks at, or by a patch of the embedded engine.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from careercenter.listings.engine import terms, text
from careercenter.listings.engine.vocabulary import Vocabulary
from careercenter.listings.index import SETTINGS, Facet, RangeField, Sort
from tests.contract.golden import DOCUMENTS, NOW, without

_NEVER = re.compile("(?!)")


def _both_ways(synonyms):
    found = {term: {*others} for term, others in synonyms.items()}
    for term, others in synonyms.items():
        for other in others:
            found.setdefault(other, set()).add(term)
    return {term: tuple(others) for term, others in found.items()}


def _first_word(synonyms):
    """Of synonyms of several words only the first."""
    return {t: tuple(o.split()[0] for o in others) for t, others in synonyms.items()}


def _of_one_word(synonyms):
    return {term: others for term, others in synonyms.items() if " " not in term}


SETTING = {
    "stop words": {"stop_words": frozenset()},
    "exact words": {"exact_words": frozenset()},
    "exact attributes": {"exact_attributes": frozenset()},
    "typos": {"one_typo": 99, "two_typos": 99},
    "one typo from five letters, not four": {"one_typo": 4},
    "one typo from five letters, not six": {"one_typo": 6},
    "two typos from nine letters, not eight": {"two_typos": 8},
    "two typos from nine letters, not ten": {"two_typos": 10},
    "ten words, not nine": {"max_words": 9},
    "ten words, not eleven": {"max_words": 11},
    "synonyms": {"synonyms": {}},
    "synonyms that go one way": {"synonyms": _both_ways(SETTINGS.synonyms)},
    "synonyms of several words are phrases": {"synonyms": _first_word(SETTINGS.synonyms)},
    "synonyms for several words": {"synonyms": _of_one_word(SETTINGS.synonyms)},
    "the order of attributes": {"searchable": tuple(reversed(SETTINGS.searchable))},
}
ASKING = {
    "the last word is a prefix": lambda q: replace(q, text=q.text and q.text + " "),
    "a space ends the last word": lambda q: replace(q, text=q.text.rstrip()),
    "phrases": lambda q: replace(q, text=re.sub('["“”]', " ", q.text)),
    "typographic quotes": lambda q: replace(q, text=re.sub("[“”]", " ", q.text)),
    "words may be dropped": lambda q: replace(q, partial=False),
    "words are not dropped unasked": lambda q: replace(q, partial=True),
    "what is excluded": lambda q: replace(q, excluded={}),
    "what is hidden": lambda q: replace(q, hidden=frozenset()),
    "circles": lambda q: replace(q, near=()),
    "what comes first": lambda q: replace(q, first={}),
    "several circles": lambda q: replace(q, near=q.near[:1]),
    "pages": lambda q: replace(q, page=1),
    "the size of pages": lambda q: replace(q, per_page=20),
    **{
        f"sort by {sort.value}": lambda q, sort=sort: (
            replace(q, sort=Sort.RELEVANCE) if q.sort is sort else q
        )
        for sort in Sort
        if sort is not Sort.RELEVANCE
    },
    **{
        f"the low end of {field.value}": lambda q, field=field: _open(q, field, low=None)
        for field in RangeField
        if field is not RangeField.PAY
    },
    **{
        f"the high end of {field.value}": lambda q, field=field: _open(q, field, high=None)
        for field in RangeField
    },
    "the low end of pay": lambda q: _open(q, RangeField.PAY, low=None),
    "alternatives inside a facet": lambda q: replace(
        q, filters={f: frozenset([*sorted(v)][:1]) for f, v in q.filters.items()}
    ),
    **{
        f"choice by {facet.value}": lambda q, facet=facet: replace(
            q, filters={f: v for f, v in q.filters.items() if f is not facet}
        )
        for facet in Facet
    },
}
LISTING = {
    "quality": lambda d: replace(d, quality=0),
    "the day of posting": lambda d: replace(d, posted_at=NOW - timedelta(days=1)),
    "the second of posting": lambda d: replace(
        d, posted_at=d.posted_at.replace(hour=12, minute=0, second=0)
    ),
    "the end of a listing": lambda d: replace(d, expires_at=NOW + timedelta(days=1)),
    "a listing ends in time": lambda d: replace(d, expires_at=d.expires_at + timedelta(seconds=1)),
    "the top of the pay": lambda d: replace(d, pay_max=d.pay_min),
    "the bottom of the pay": lambda d: replace(d, pay_min=d.pay_max),
    "the place": lambda d: replace(d, points=()),
    "years": lambda d: replace(d, years=0),
    **{
        f"values of {facet.value}": lambda d, facet=facet: without(d, facet)
        for facet in Facet
        if facet is not Facet.EMPLOYER
    },
    **{
        f"what is said in {name}": lambda d, name=name: replace(d, texts={**d.texts, name: ""})
        for name in SETTINGS.searchable
    },
}
PATCH = {
    "case and accents do not matter": [(text, "fold", lambda t: t), (terms, "fold", lambda t: t)],
    "accents do not matter": [(text, "fold", str.lower), (terms, "fold", str.lower)],
    "codes with a letter behind stand whole": [(text, "_SUFFIXED", _NEVER)],
    "pairs of letters are one code": [(text, "_pairs_joined", lambda t: t)],
    "numbers forgive nothing": [(text, "_DIGIT", _NEVER)],
    "nine letters forgive the first": [(Vocabulary, "_differing_at_first", lambda *_: ())],
    "the first letter counts as two": [(Vocabulary, "_alike", lambda self, *_: _all_of(self))],
}
ANSWER = {  # of a search with its query
    "counts leave their own choice aside": lambda search, q: _recounted(search, q, q),
    "bands leave the range of pay aside": lambda search, q: _recounted(
        search, q, _without_choice(q, Facet.PAY_BAND), Facet.PAY_BAND
    ),
    "a chosen value stands with no hits": lambda search, q: _counts(
        search(q, NOW), lambda counts: tuple(pair for pair in counts if pair[1])
    ),
    "counts come by number": lambda search, q: _counts(
        search(q, NOW), lambda counts: tuple(sorted(counts))
    ),
    "counts then come by slug": lambda search, q: _counts(
        search(q, NOW),
        lambda counts: tuple(sorted(counts, key=lambda p: (p[1], p[0]), reverse=True)),
    ),
    "totals are more than pages": lambda search, q: _totalled(search(q, NOW)),
    "miles are of the nearest": lambda search, q: _farther(search(q, NOW)),
}


def _open(query, field, **ends):
    ranges = {f: replace(r, **ends) if f is field else r for f, r in query.ranges.items()}
    return replace(query, ranges=ranges)


def _all_of(vocabulary):
    return [word for shelf in vocabulary._by_size.values() for word in shelf]


def _without_choice(query, facet):
    return replace(query, filters={f: v for f, v in query.filters.items() if f is not facet})


def _recounted(search, query, counted, only=None):
    """Counted among what another query finds, all facets or just one."""
    results = search(query, NOW)
    ids = {hit.id for hit in search(replace(counted, page=1, per_page=1000), NOW).hits}
    among = [document for document in DOCUMENTS if document.id in ids]
    counts = dict(results.facets)
    for facet in counts.keys() if only is None else counts.keys() & {only}:
        had = Counter(value for document in among for value in document.facets[facet])
        had.update(dict.fromkeys(query.filters.get(facet, ()), 0))
        counts[facet] = tuple(sorted(had.items(), key=lambda pair: (-pair[1], pair[0])))
    return replace(results, facets=counts)


def _counts(results, change):
    return replace(results, facets={f: change(counts) for f, counts in results.facets.items()})


def _totalled(results):
    return replace(results, total=len(results.hits))


def _farther(results):
    hits = [hit if hit.miles is None else replace(hit, miles=hit.miles + 1) for hit in results.hits]
    return replace(results, hits=tuple(hits))
