"""The rules of search, weighed listing by listing: slow, short, sharing only the contract."""

import math
import re
import unicodedata
from collections import Counter
from functools import cache

from careercenter.listings.index import SETTINGS, Facet, Hit, RangeField, Sort, Standing

CODE = re.compile(r"[a-z]{1,4}-[a-z]")  # ccs-p: one word, not two
EDGES = {
    RangeField.PAY: ("pay_max", "pay_min"),
    RangeField.POSTED: ("posted", "posted"),
    RangeField.YEARS: ("years", "years"),
    RangeField.FEATURED: ("featured", "featured"),
}


def tokens(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    paired = re.sub(r"(?<![\w-])([a-z])[/&]([a-z])(?!\w)", r"\1-\2 ", plain.lower())
    return re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", paired)


def runs(words):
    return tuple(r for word in words for r in ([word] if CODE.fullmatch(word) else word.split("-")))


SYNONYMS = {}
for _term, _others in SETTINGS.synonyms.items():
    SYNONYMS.setdefault(runs(tokens(_term)), []).extend(runs(tokens(other)) for other in _others)


def terms_of(text):
    """Word (None in quotes), whether it is a prefix, phrases that are as good."""
    terms = []
    for n, segment in enumerate(text.split('"')):
        words = tokens(segment)
        if n % 2:
            terms += [(None, False, [runs(words)])] if words else []
            continue
        for i, word in enumerate(words):
            spans = [runs(words[a:b]) for a in range(i + 1) for b in range(i + 1, len(words) + 1)]
            equal = [other for span in spans for other in SYNONYMS.get(span, ())]
            terms.append((word, False, [runs([word]), *equal]))
    if terms and terms[-1][0] and not text[-1].isspace():
        terms[-1] = (terms[-1][0], True, terms[-1][2])
    terms = [term for term in terms if term[0] not in SETTINGS.stop_words] or terms
    return list(limited(terms))


def limited(terms):
    room = SETTINGS.max_words
    for word, prefix, phrases in terms:
        if room > 0:
            yield word, prefix, phrases if word else [phrases[0][:room]]
        room -= 1 if word else len(phrases[0])


@cache
def distance(a, b):
    """Optimal string alignment."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        rows.append([i])
        for j, y in enumerate(b, 1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (x != y))
            if i > 1 < j and x == b[j - 2] and a[i - 2] == y:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]


@cache
def typos(word, prefix, other):
    if word == other or (prefix and other.startswith(word) and other[len(word)] != "-"):
        return 0
    if SETTINGS.exact_words.intersection(word.split("-")):
        return None
    if any(CODE.fullmatch(each) or re.search(r"\d", each) for each in (word, other)):
        return None
    letters = len(word.replace("-", ""))
    allowed = (letters >= SETTINGS.one_typo) + (letters >= SETTINGS.two_typos)
    found = distance(word, other) + (word[0] != other[0])
    return found if found <= allowed else None


@cache
def spoken(text):
    words = tokens(text)
    return runs(words), {*runs(words), *words}


def cost(document, term):
    """The fewest typos and, with these, the best attribute; None if the term is not met."""
    word, prefix, phrases = term
    found = []
    for n, attribute in enumerate(SETTINGS.searchable):
        said, words = spoken(document.texts[attribute])
        if any(said[i : i + len(p)] == p for p in phrases for i in range(len(said))):
            found.append((0, n))
        near = {typos(word, prefix, other) for other in words if word} - {None}
        found += [(t, n) for t in near if not t or attribute not in SETTINGS.exact_attributes]
    return min(found, default=None)


def miles(document, query):
    """From the nearest point to the nearest centre; None if no point is in any circle."""
    reached = []
    for circle in query.near:
        for point in document.points:
            a, b, c, d = map(math.radians, (*point, circle.latitude, circle.longitude))
            h = math.sin((a - c) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((b - d) / 2) ** 2
            far = round(2 * 3958.8 * math.asin(math.sqrt(h)), 6)
            reached.append((far, far <= circle.miles))
    return min(reached)[0] if any(inside for _, inside in reached) else None


def within(document, query, but=None):
    numbers = {
        "posted": int(document.posted_at.timestamp()),
        "years": document.years,
        "featured": document.featured,
    }
    numbers |= {"pay_min": document.pay_min, "pay_max": document.pay_max}
    for field, bound in query.ranges.items():
        if field == but:
            continue
        top, bottom = EDGES[field]
        if bound.low is not None and numbers[top] < bound.low:
            return False
        if bound.high is not None and numbers[bottom] > bound.high:
            return False
    return True


def admitted(document, query):
    """By what no count leaves aside."""
    return (
        document.id not in query.hidden
        and not any(v.intersection(document.facets[f]) for f, v in query.excluded.items())
        and (not query.near or miles(document, query) is not None)
    )


def chosen(document, query, but=None):
    return within(document, query, RangeField.PAY if but == Facet.PAY_BAND else None) and all(
        values.intersection(document.facets.get(facet, ()))
        for facet, values in query.filters.items()
        if values and facet != but
    )


def order(document, query, terms):
    first = {
        Sort.NEWEST: lambda: -int(document.posted_at.timestamp()),
        Sort.PAY: lambda: -document.pay_max,
        Sort.DISTANCE: lambda: miles(document, query) or 0.0,
        Sort.RELEVANCE: lambda: 0,
    }[query.sort]()
    preferred = query.sort is Sort.RELEVANCE and has_first(document, query)
    costs = [cost(document, term) for term in terms]
    day = document.posted_at.date().toordinal()
    sums = (sum(t for t, _ in costs), sum(n for _, n in costs))
    return (first, not preferred, *sums, -document.quality, -day, -document.id)


def has_first(document, query):
    return any(v.intersection(document.facets.get(f, ())) for f, v in query.first.items())


def lead(document, query):
    if query.sort is Sort.NEWEST:
        return int(document.posted_at.timestamp())
    if query.sort is Sort.PAY:
        return document.pay_max
    return miles(document, query) if query.sort is Sort.DISTANCE else None


def standing(document, terms, query):
    costs = [cost(document, term) for term in terms]
    return Standing(
        words=len(terms),
        typos=sum(t for t, _ in costs),
        attributes=tuple(SETTINGS.searchable[n] for _, n in costs),
        quality=document.quality,
        day=document.posted_at.date(),
        sort=query.sort,
        lead=lead(document, query),
        first=has_first(document, query)
        if query.sort is Sort.RELEVANCE and any(query.first.values())
        else None,
    )


def corrected(documents, terms):
    """The words that no document has, each with the nearest word."""
    found = {}
    for term in terms:
        typing = Counter()
        costs = {cost(d, term) for d in documents} - {None}
        if term[0] is None or not costs or min(costs)[0] == 0:
            continue
        for document in documents:
            near = {}
            for attribute in SETTINGS.searchable:
                if attribute not in SETTINGS.exact_attributes:
                    for other in spoken(document.texts[attribute])[1]:
                        near[other] = typos(term[0], term[1], other)
            typing.update((t, other) for other, t in near.items() if t is not None)
        found[term[0]] = min(typing, key=lambda key: (key[0], -typing[key], key[1]))[1]
    return tuple(found.items())


def answer(documents, query, now):
    """Total, the hits of the page in order, counts by facet, and words corrected."""
    terms = terms_of(query.text)
    second = now.replace(microsecond=0)
    begun = [d for d in documents if d.posted_at.replace(microsecond=0) <= second]
    living = [d for d in begun if d.expires_at > now]
    open_ = [d for d in living if admitted(d, query)]
    while True:
        met = [d for d in open_ if all(cost(d, term) for term in terms)]
        hits = [d for d in met if chosen(d, query)]
        if hits or not query.partial or len(terms) < 2:
            break
        terms.pop()
    hits.sort(key=lambda d: order(d, query, terms))
    page = hits[(query.page - 1) * query.per_page :][: query.per_page]
    facets = {}
    for facet in query.facets:
        among = [d.facets.get(facet, ()) for d in met if chosen(d, query, but=facet)]
        counts = Counter(dict.fromkeys(query.filters.get(facet, ()), 0))
        counts.update(value for values in among for value in values)
        facets[facet] = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    told = [
        Hit(d.id, d.version, miles(d, query), standing(d, terms, query) if query.explain else None)
        for d in page
    ]
    return len(hits), tuple(told), facets, corrected(living, terms)
