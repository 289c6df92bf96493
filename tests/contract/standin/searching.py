"""Answers a search in one index."""

from collections import Counter

from tests.contract.standin.errors import Refused
from tests.contract.standin.filters import Filter, Rules, held
from tests.contract.standin.geo import metres
from tests.contract.standin.ranking import Met, Order
from tests.contract.standin.words import normal

DONE = set(
    "q offset limit page hitsPerPage attributesToRetrieve filter sort facets matchingStrategy"
    " showRankingScoreDetails".split()
)
PARAMETERS = DONE | set(
    "vector hybrid media personalize useNetwork retrieveVectors attributesToCrop cropLength"
    " cropMarker attributesToHighlight highlightPreTag highlightPostTag showMatchesPosition"
    " showRankingScore showPerformanceDetails distinct attributesToSearchOn rankingScoreThreshold"
    " locales".split()
)
FACET_PARAMETERS = set(
    "facetName facetQuery q filter matchingStrategy attributesToSearchOn hybrid vector media"
    " exhaustiveFacetCount rankingScoreThreshold locales useNetwork".split()
)
MOST_FACET_HITS = 100


class Search:
    """What one query finds: documents in order, and the counts of facets."""

    def __init__(self, index, query):
        check(query, PARAMETERS)
        if undone := query.keys() - DONE:
            raise NotImplementedError(f"the stand-in does not do {undone}")
        self._index, self._query = index, query
        self._rules = Rules(index.settings["filterableAttributes"])
        strategy = query.get("matchingStrategy") or "last"
        if strategy not in ("last", "all", "frequency"):
            raise Refused("invalid_search_matching_strategy", f"Unknown value `{strategy}`")
        self._met = Met(index.corpus(), query.get("q") or "", strategy)
        sortable = index.settings["sortableAttributes"]
        self._order = Order(index.settings["rankingRules"], query.get("sort"), sortable)
        filtered = Filter(query.get("filter"), self._rules)
        self.keys = [
            key
            for key, document in index.documents.items()
            if filtered.passes(document) and self._met.keeps(key)
        ]

    def answer(self):
        documents, query = self._index.documents, self._query
        self.keys.sort(key=lambda key: self._order.key(documents[key], self._met.of(key)))
        most = self._index.settings["pagination"]["maxTotalHits"]
        found = self.keys[:most]
        start, end, paging = self._paging(len(found))
        hits = [self._hit(key) for key in found[start:end]]
        answer = {"hits": hits, "query": query.get("q") or "", "processingTimeMs": 0, **paging}
        if query.get("facets"):
            answer["facetDistribution"] = self._counts(query["facets"])
            answer["facetStats"] = {}
        return answer

    def _paging(self, total):
        query = self._query
        if query.get("page") is not None or query.get("hitsPerPage") is not None:
            page = _natural(query, "page", 1)
            size = _natural(query, "hitsPerPage", 20)
            start = (page - 1) * size
            pages = -(-total // size) if size else 0
            told = {"hitsPerPage": size, "page": page, "totalPages": pages, "totalHits": total}
            return (max(start, 0), max(start, 0) + size if page else 0, told)
        start, size = _natural(query, "offset", 0), _natural(query, "limit", 20)
        return start, start + size, {"limit": size, "offset": start, "estimatedTotalHits": total}

    def _hit(self, key):
        document = self._index.documents[key]
        shown = self._index.settings["displayedAttributes"]
        asked = self._query.get("attributesToRetrieve") or ["*"]
        hit = {
            name: value
            for name, value in document.items()
            if ("*" in shown or name in shown) and ("*" in asked or name in asked)
        }
        if self._order.geo and document.get("_geo"):
            place = document["_geo"]
            away = metres(self._order.geo, (float(place["lat"]), float(place["lng"])))
            hit["_geoDistance"] = round(away)
        if self._query.get("showRankingScoreDetails"):
            hit["_rankingScoreDetails"] = self._details(key)
        return hit

    def _details(self, key):
        words, typos, _ = self._met.of(key)
        return {
            "words": {"matchingWords": words, "maxMatchingWords": self._met.terms},
            "typo": {"typoCount": typos},
        }

    def _counts(self, names):
        counted = {}
        faceting = self._index.settings["faceting"]
        for name in self._rules.names if names == ["*"] else names:
            if self._rules.features(name) is None:
                known = ", ".join(sorted(self._rules.names))
                raise Refused(
                    "invalid_search_facets",
                    f"Invalid facet distribution: Attribute `{name}` is not filterable. "
                    f"Available filterable attributes patterns are: `{known}`.",
                )
            counts = self.count(name)
            by = faceting["sortFacetValuesBy"]
            if by.get(name, by["*"]) == "count":
                counts = dict(sorted(counts.items(), key=lambda pair: -pair[1]))
            counted[name] = dict([*counts.items()][: faceting["maxValuesPerFacet"]])
        return counted

    def count(self, name):
        """Each value with its documents, by value."""
        values = Counter(
            value
            for key in self.keys
            for value in {str(one) for one in held(self._index.documents[key], name)}
        )
        return dict(sorted(values.items()))


def facet_search(index, query):
    check(query, FACET_PARAMETERS)
    name, sought = query.get("facetName"), normal(query.get("facetQuery") or "")
    if not name:
        raise Refused("missing_facet_search_facet_name", "Missing field `facetName`")
    features = Rules(index.settings["filterableAttributes"]).features(name)
    if not features or not features["facetSearch"] or not index.settings["facetSearch"]:
        raise Refused("invalid_facet_search_facet_name", f"`{name}` is not facet-searchable.")
    rest = {n: v for n, v in query.items() if n in PARAMETERS}
    counts = Search(index, rest).count(name)
    hits = [
        {"value": value, "count": count}
        for value, count in counts.items()
        if normal(value).startswith(sought)
    ]
    by = index.settings["faceting"]["sortFacetValuesBy"]
    if by.get(name, by["*"]) == "count":
        hits.sort(key=lambda hit: -hit["count"])
    return {
        "facetHits": hits[:MOST_FACET_HITS],
        "facetQuery": query.get("facetQuery"),
        "processingTimeMs": 0,
    }


def check(given, known):
    if not isinstance(given, dict):
        raise Refused("bad_request", "Invalid value type: expected an object")
    if odd := given.keys() - known:
        names = ", ".join(f"`{one}`" for one in sorted(known))
        raise Refused("bad_request", f"Unknown field `{min(odd)}`: expected one of {names}")


def _natural(query, name, standard):
    value = query.get(name)
    if value is None:
        return standard
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(
            f"invalid_search_{'hits_per_page' if name == 'hitsPerPage' else name}",
            f"Invalid value at `.{name}`: expected a positive integer, but found {value!r}",
        )
    return value
