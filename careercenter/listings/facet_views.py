"""The column of filters, the bars of the pay, and the chips of what is chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from careercenter.listings.criteria import (
    LABELS,
    NAMES,
    ON_DEMAND,
    PARAMETER_OF,
    SEARCHABLE,
    UNFOLDED,
    Criteria,
    city_name,
)
from careercenter.listings.fit import LANES, Lane
from careercenter.listings.index import PAY_BANDS, Counts, Facet, Results
from careercenter.listings.models import Bar, Chip, FacetView, Option
from careercenter.taxonomy.vocabularies import SPECIALTIES

SHOWN = 8  # values of a facet before "show all"
MOST_SHOWN = 200  # even then
BAND = PAY_BANDS[1] - PAY_BANDS[0]  # dollars
MOST_RELATED = 6
BESIDE = (Facet.SPECIALTY, Facet.CODING_TYPE, Facet.ROLE, Facet.CREDENTIAL, Facet.SETTING)

Names = Mapping[str, str]


def facet_views(
    criteria: Criteria, results: Results, employers: Names, matching: Counts | None
) -> tuple[FacetView, ...]:
    """In the page's order. Without counts only what is chosen is shown, so that it stays chosen.

    ``matching``: the values of the facet that is shown whole, where they were searched for.
    """
    views = (_view(criteria, facet, results, employers, matching) for facet in LABELS)
    return tuple(view for view in views if view is not None)


def _view(
    criteria: Criteria, facet: Facet, results: Results, employers: Names, matching: Counts | None
) -> FacetView | None:
    chosen, whole = criteria.chosen.get(facet, ()), criteria.more is facet
    counts: Mapping[str, int | None] = dict(results.facets.get(facet, ()))
    if whole and matching is not None:
        counts = dict(matching)
    counts = {**dict.fromkeys(chosen), **counts} if facet not in results.facets or whole else counts
    options = [Option(v, name_of(facet, v, employers), n, v in chosen) for v, n in counts.items()]
    if (whole and facet in SEARCHABLE) or facet in ON_DEMAND:
        options.sort(key=lambda option: not option.selected)
    most = MOST_SHOWN if whole else SHOWN
    shown = [option for n, option in enumerate(options) if n < most or option.selected]
    asks = facet in ON_DEMAND and bool(results.facets)
    more = "" if whole or (len(options) <= SHOWN and not asks) else _whole(criteria, facet)
    if not options and not more and not (whole and criteria.find):
        return None
    return FacetView(
        name=PARAMETER_OF[facet],
        label=LABELS[facet],
        options=tuple(shown),
        total=len(options) if facet in results.facets else 0,
        more=more,
        open=facet in UNFOLDED or whole or bool(chosen),
        searched=whole and facet in SEARCHABLE,
        find=criteria.find if whole else "",
    )


def _whole(criteria: Criteria, facet: Facet) -> str:
    return criteria.query(more=facet, page=1, find="")


def name_of(facet: Facet, value: str, employers: Names) -> str:
    if facet is Facet.CITY:
        return city_name(value)
    return (employers if facet is Facet.EMPLOYER else NAMES[facet]).get(value, value)


def pay_bars(criteria: Criteria, results: Results) -> tuple[Bar, ...]:
    """How many listings reach up to each band of pay, whatever least pay is asked for."""
    counts = {int(value): count for value, count in results.facets.get(Facet.PAY_BAND, ())}
    if not counts:
        return ()
    highest = max(counts.values()) or 1
    least = criteria.pay_cents or 0
    return tuple(
        Bar(
            label=f"${band} or more" if band == PAY_BANDS[-1] else f"${band}–${band + BAND}",
            count=counts.get(band, 0),
            height=-(-40 * counts.get(band, 0) // highest),
            chosen=(band + BAND) * 100 > least or band == PAY_BANDS[-1],
        )
        for band in PAY_BANDS
    )


def fewer(criteria: Criteria, employers: Names) -> list[tuple[str, Criteria]]:
    """Each filter in words, and the search without it."""
    found = list(_single(criteria))
    for facet, values in criteria.chosen.items():
        for value in values:
            found.append((name_of(facet, value, employers), criteria.without(facet, value)))
    return found


def _single(criteria: Criteria) -> Iterator[tuple[str, Criteria]]:
    first = replace(criteria, page=1)
    if criteria.where:
        yield criteria.where, replace(first, where="")
    if criteria.pay is not None:
        unit = "an hour" if criteria.pay_cents == criteria.pay * 100 else "a year"
        yield f"Pays ${criteria.pay:,} {unit} or more", replace(first, pay=None)
    if criteria.days is not None:
        days = "day" if criteria.days == 1 else f"{criteria.days} days"
        yield f"Posted in the last {days}", replace(first, days=None)
    if criteria.new:
        yield "New since my last visit", replace(first, new=False)
    if criteria.fit:
        yield LANES[Lane(criteria.fit)], replace(first, fit="")


def related(criteria: Criteria, results: Results) -> tuple[Chip, ...]:
    """Searches beside this one: another value of something that was chosen, the wider first."""
    found: list[Chip] = []
    for facet in BESIDE:
        chosen = criteria.chosen.get(facet, ())
        if len(chosen) != 1:
            continue
        counts = dict(results.facets.get(facet, ()))
        for value in _beside(facet, chosen[0], counts):
            name = NAMES[facet].get(value, value)
            query = criteria.choosing(facet, value).query()
            found.append(Chip(name, query, counts[value]))
    return tuple(found[:MOST_RELATED])


def _beside(facet: Facet, value: str, counts: Mapping[str, int]) -> list[str]:
    """Up to three others that find something, the nearest kin first."""
    others = [v for v in counts if v != value and counts[v] and v in NAMES[facet]]
    if facet is Facet.SPECIALTY and value in SPECIALTIES:
        parent = SPECIALTIES[value].parent
        others.sort(key=lambda v: (v != parent, SPECIALTIES[v].parent != parent))
    return others[:3]
