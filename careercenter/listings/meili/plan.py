"""A query as Meilisearch takes it, in parts, and what its answers say."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from careercenter.listings.index import Counts, Facet, Hit, Near, Query, Sort, Standing
from careercenter.listings.meili.documents import facet_name
from careercenter.listings.meili.filters import chosen, clauses, one_of

Asked = dict[str, Any]
Answer = dict[str, Any]

_EARTH = 3958.8  # miles, as the embedded engine has it
_SORTS = {Sort.NEWEST: ["posted:desc"], Sort.PAY: ["pay_max:desc"]}
_LEADS = {Sort.NEWEST: "posted", Sort.PAY: "pay_max"}
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """``words``: the index and what is looked for; ``terms``: how many."""

    query: Query
    words: Asked
    terms: int
    now: datetime

    def pages(self) -> list[Asked]:
        """The hits, and the facets without a choice; the first is asked for the total.

        What comes first is asked for apart from the rest, for the server cannot sort by it.
        With several circles each hit is as far as the nearest centre, which the server cannot sort
        by: so the nearest to each centre are asked for, and the nearest of these taken.
        """
        query, retrieved = self.query, ["id", "v"]
        retrieved += ["_geo"] if query.near else []
        retrieved += ["quality", "posted_day", "posted", "pay_max"] if query.explain else []
        page = {
            **self.words,
            "filter": clauses(query, self.now),
            "facets": [facet_name(f) for f in query.facets if not chosen(query, f)],
            "attributesToRetrieve": retrieved,
            "showRankingScoreDetails": query.explain,
            "page": max(query.page, 0),
            "hitsPerPage": query.per_page,
            "sort": _SORTS.get(query.sort, []),
        }
        if self._preferring():
            return self._parted(page)
        if not self._by_distance():
            return [page]
        if len(query.near) > 1:
            page |= self._all_so_far()
        first, *others = (page | {"sort": [_nearest_to(near)]} for near in query.near)
        return [first, *({**other, "facets": []} for other in others)]

    def counting(self, facet: Facet | None = None) -> Asked:
        """The counts of the facet as if there were no choice in it; without one, how many hits."""
        counted = [] if facet is None else [facet_name(facet)]
        only = {"facets": counted, "page": 1, "hitsPerPage": 0}
        return {**self.words, "filter": clauses(self.query, self.now, without=facet), **only}

    def hits(self, answers: Sequence[Answer]) -> tuple[Hit, ...]:
        if len(answers) == 1:
            return tuple(map(self._hit, answers[0]["hits"]))
        if self._preferring():
            _, before, after = ([*answer["hits"]] for answer in answers)
            first = [self._hit(raw, first=True) for raw in before]
            return self._page([*first, *(self._hit(raw, first=False) for raw in after)])
        found = {raw["id"]: self._hit(raw) for answer in answers for raw in answer["hits"]}
        return self._page(sorted(found.values(), key=lambda hit: (hit.miles or 0.0, -hit.id)))

    def _page(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        start = (self.query.page - 1) * self.query.per_page
        return tuple(hits[start : start + self.query.per_page]) if start >= 0 else ()

    def _all_so_far(self) -> Asked:
        """The pages up to this one as one."""
        return {"page": 1, "hitsPerPage": max(self.query.page, 0) * self.query.per_page}

    def _preferring(self) -> bool:
        return self.query.sort is Sort.RELEVANCE and any(self.query.first.values())

    def _parted(self, page: Asked) -> list[Asked]:
        """The counts, then what comes first, then the rest."""
        first, part = one_of(self.query.first), page | {"facets": []} | self._all_so_far()
        parts = (f"({first})", f"NOT ({first})")
        return [
            page | {"page": 1, "hitsPerPage": 0},
            *(part | {"filter": [*page["filter"], clause]} for clause in parts),
        ]

    def _by_distance(self) -> bool:
        return self.query.sort is Sort.DISTANCE and bool(self.query.near)

    def _hit(self, raw: Answer, first: bool | None = None) -> Hit:
        miles = _miles(raw["_geo"], self.query.near) if self.query.near else None
        return Hit(
            id=raw["id"],
            version=raw["v"],
            miles=miles,
            standing=self._standing(raw, miles, first) if self.query.explain else None,
        )

    def _standing(self, raw: Answer, miles: float | None, first: bool | None) -> Standing:
        """The server does not name the attribute where a word is met."""
        details = raw.get("_rankingScoreDetails") or {}
        return Standing(
            words=self.terms,
            typos=details.get("typo", {}).get("typoCount", 0),
            attributes=(),
            quality=int(raw["quality"]),
            day=_EPOCH + timedelta(days=int(raw["posted_day"])),
            sort=self.query.sort,
            lead=miles if self._by_distance() else raw.get(_LEADS.get(self.query.sort, "")),
            first=first,
        )


def counts(answer: Answer, facet: Facet, selected: frozenset[str]) -> Counts:
    had = answer["facetDistribution"].get(facet_name(facet), {})
    ordered = sorted((pair for pair in had.items() if pair[1]), key=lambda p: (-p[1], p[0]))
    return (*ordered, *((value, 0) for value in sorted(selected) if not had.get(value)))


def _nearest_to(near: Near) -> str:
    return f"_geoPoint({near.latitude:.7f}, {near.longitude:.7f}):asc"


def _miles(place: Answer, circles: Iterable[Near]) -> float:
    """To the nearest centre, by the haversine formula, as the embedded engine measures."""
    return min(_distance(place["lat"], place["lng"], near) for near in circles)


def _distance(latitude: float, longitude: float, near: Near) -> float:
    one, other = math.radians(latitude), math.radians(near.latitude)
    along = math.sin((one - other) / 2) ** 2
    across = math.sin(math.radians(longitude - near.longitude) / 2) ** 2
    half_chord = math.sqrt(along + math.cos(one) * math.cos(other) * across)
    return round(2 * _EARTH * math.asin(min(half_chord, 1.0)), 6)
