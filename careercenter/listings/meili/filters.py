"""A query's narrowing in the words of Meilisearch: clauses that must all hold."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from careercenter.listings.index import Facet, Near, Query, Range, RangeField
from careercenter.listings.meili.documents import BOUNDS, facet_name, microseconds

METRES_A_MILE = 6_371_000 / 3958.8  # its globe's radius by ours, so that circles are the same
SLACK = 0.001  # metres: what lies on a circle is found despite rounding


def one_of(chosen: Mapping[Facet, frozenset[str]]) -> str:
    """Has one of the values of any of these facets."""
    return " OR ".join(_one_of(facet, values) for facet, values in chosen.items() if values)


def clauses(query: Query, now: datetime, without: Facet | None = None) -> list[str]:
    """With the choice in one facet left aside if it is named; that in bands of pay is a range."""
    chosen = {facet: values for facet, values in query.filters.items() if facet != without}
    ranges = {
        field: bound
        for field, bound in query.ranges.items()
        if not (field is RangeField.PAY and without is Facet.PAY_BAND)
    }
    return [
        f"posted <= {microseconds(now) // 1_000_000} AND expires > {microseconds(now)}",
        *(_one_of(facet, values) for facet, values in chosen.items() if values),
        *(f"NOT ({_one_of(facet, values)})" for facet, values in query.excluded.items() if values),
        *(clause for field, bound in ranges.items() for clause in _within(field, bound)),
        *_hidden(query.hidden),
        *_near(query.near),
    ]


def chosen(query: Query, facet: Facet) -> bool:
    """Whether there is a choice in the facet."""
    pay = query.ranges.get(RangeField.PAY, Range())
    banded = facet is Facet.PAY_BAND and not (pay.low is None and pay.high is None)
    return banded or bool(query.filters.get(facet))


def quoted(value: str) -> str | None:
    """As a filter takes it. What it cannot carry is ``None``; no slug is like that."""
    if "\\" in value:  # it stands for itself or not, depending on what follows
        return None
    return '"' + value.replace('"', '\\"') + '"'


def _one_of(facet: Facet, values: Iterable[str]) -> str:
    listed = ", ".join(filter(None, map(quoted, sorted(values))))
    return f"{facet_name(facet)} IN [{listed}]" if listed else "id < 0"


def _within(field: RangeField, bound: Range) -> Iterator[str]:
    low, high = BOUNDS[field]
    if bound.low is not None:
        yield f"{low} >= {bound.low}"
    if bound.high is not None:
        yield f"{high} <= {bound.high}"


def _hidden(ids: Iterable[int]) -> Iterator[str]:
    if listed := ", ".join(map(str, sorted(ids))):
        yield f"id NOT IN [{listed}]"


def _near(circles: Iterable[Near]) -> Iterator[str]:
    if either := " OR ".join(map(_circle, circles)):
        yield f"({either})"


def _circle(near: Near) -> str:
    reach = near.miles * METRES_A_MILE + SLACK
    return f"_geoRadius({near.latitude:.7f}, {near.longitude:.7f}, {reach:.3f})"
