"""Reads the golden set: listings and queries with what each must find."""

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from careercenter.listings.index import (
    SETTINGS,
    Facet,
    ListingDocument,
    Near,
    Query,
    Range,
    RangeField,
    Sort,
)

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DOCUMENTS: list[ListingDocument] = []
CASES = []


@dataclass(frozen=True)
class Case:
    name: str
    query: Query
    found: tuple[int, ...]  # the page
    total: int
    counts: dict[Facet, tuple[tuple[str, int], ...]]
    miles: tuple[float, ...]
    server: str  # why Meilisearch cannot answer just this

    def failures(self, results):
        """What is not as it must be, in words."""
        ids = tuple(hit.id for hit in results.hits)
        if ids != self.found:
            yield f"found {ids}, not {self.found}"
        if results.total != self.total:
            yield f"a total of {results.total}, not {self.total}"
        if dict(results.facets) != self.counts:
            yield f"counted {dict(results.facets)}, not {self.counts}"
        for hit, miles in zip(results.hits, self.miles, strict=False):
            if hit.miles is None or abs(hit.miles - miles) > 0.05:
                yield f"{hit.id} is {hit.miles} miles away, not {miles}"


def _document(family, row):
    return ListingDocument(
        id=row["id"],
        version=row["id"] + 1000,
        texts={name: row.get(name, "") for name in SETTINGS.searchable},
        facets={facet: _values(family, row, facet) for facet in Facet},
        pay_min=row.get("pay", [2000, 3000])[0],
        pay_max=row.get("pay", [2000, 3000])[1],
        posted_at=row.get("posted", NOW - timedelta(days=1)),
        expires_at=row.get("ends", NOW + timedelta(days=30)),
        quality=row.get("quality", 0),
        points=tuple(map(tuple, row.get("points", ()))),
        years=row.get("years", 0),
        featured=row.get("featured", 0),
    )


def _values(family, row, facet):
    return (family,) if facet is Facet.EMPLOYER else tuple(row.get(facet.value, ()))


def _case(family, row):
    filters = _chosen(row.get("filters", {}))
    if not row.get("everywhere"):
        filters[Facet.EMPLOYER] = frozenset({family})
    counts = {
        Facet(name): tuple(map(_count, listed)) for name, listed in row.get("counts", {}).items()
    }
    query = Query(
        text=row.get("text", ""),
        filters=filters,
        excluded=_chosen(row.get("excluded", {})),
        hidden=frozenset(row.get("hidden", ())),
        ranges={RangeField(name): Range(**ends) for name, ends in row.get("ranges", {}).items()},
        first=_chosen(row.get("first", {})),
        near=tuple(Near(*circle) for circle in row.get("near", ())),
        facets=tuple(counts),
        sort=Sort(row.get("sort", "relevance")),
        page=row.get("page", 1),
        per_page=row.get("per_page", 20),
        partial=row.get("partial", False),
    )
    found = tuple(row["found"])
    total, miles = row.get("total", len(found)), tuple(row.get("miles", ()))
    name = f"{family}: {row['says']}"
    return Case(name, query, found, total, counts, miles, row.get("server", ""))


def _chosen(row):
    return {Facet(name): frozenset(values) for name, values in row.items()}


def _count(text):
    value, count = text.rsplit(" ", 1)
    return value, int(count)


for _family, _rows in tomllib.loads(Path(__file__).with_suffix(".toml").read_text()).items():
    DOCUMENTS += [_document(_family, row) for row in _rows["listings"]]
    CASES += [_case(_family, row) for row in _rows["queries"]]


def failed(search, cases=CASES):
    """The names of the cases that are not answered as they must be, with how."""
    return {
        case.name: trouble
        for case in cases
        if (trouble := [*case.failures(search(case.query, NOW))])
    }


def without(document, facet):
    """The same listing, with nothing said in one facet."""
    return replace(document, facets={**document.facets, facet: ()})
