"""The column of filters, the bars of the pay, and the chips of what is chosen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from careercenter.listings.asking import REMOTE
from careercenter.listings.criteria import (
    LABELS,
    NAMES,
    ON_DEMAND,
    PARAMETER_OF,
    SEARCHABLE,
    UNFOLDED,
    YEARLY_FROM,
    Criteria,
    city_name,
)
from careercenter.listings.fit import LANES, Lane
from careercenter.listings.index import PAY_BANDS, Counts, Facet, Results
from careercenter.listings.models import Bar, Chip, FacetView, Option
from careercenter.taxonomy.vocabularies import SPECIALTIES

SHOWN = 8  # values of a facet before "show all"
MOST_SHOWN = 100  # even then: more would be a page of more than 14 kB
BAND = PAY_BANDS[1] - PAY_BANDS[0]  # dollars
MOST_RELATED = 6
BESIDE = (Facet.SPECIALTY, Facet.CODING_TYPE, Facet.ROLE, Facet.CREDENTIAL, Facet.SETTING)

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Naming:
    """What the names and addresses of a page's values are made of."""

    employers: Names
    rest: str  # the query string that "more" is added to

    def whole(self, facet: Facet) -> str:
        """The query string that shows all the facet's values."""
        return f"{self.rest}more={PARAMETER_OF[facet]}"


def facet_views(
    criteria: Criteria, results: Results, employers: Names, matching: Counts | None
) -> tuple[FacetView, ...]:
    """In the page's order. Without counts only what is chosen is shown, so that it stays chosen.

    ``matching``: the values of the facet that is shown whole, where they were searched for.
    """
    rest = criteria.query(more=None, find="", page=1, explain=False)
    names = Naming(employers, f"{rest}&" if rest else "")
    views = (_view(criteria, facet, results, names, matching) for facet in LABELS)
    return tuple(view for view in views if view is not None)


def _view(
    criteria: Criteria, facet: Facet, results: Results, names: Naming, matching: Counts | None
) -> FacetView | None:
    chosen, whole = criteria.chosen.get(facet, ()), criteria.more is facet
    counts = _counts(criteria, facet, results, matching)
    most = MOST_SHOWN if whole else SHOWN
    shown = [v for n, v in enumerate(counts) if n < most or v in chosen]
    asks = facet in ON_DEMAND and bool(results.facets)
    more = "" if whole or (len(counts) <= SHOWN and not asks) else names.whole(facet)
    if not counts and not more and not (whole and criteria.find):
        return None
    return FacetView(
        name=PARAMETER_OF[facet],
        label=LABELS[facet],
        options=tuple(
            Option(v, name_of(facet, v, names.employers), counts[v], v in chosen) for v in shown
        ),
        total=len(counts) if facet in results.facets else 0,
        more=more,
        open=facet in UNFOLDED or whole or bool(chosen),
        searched=whole and facet in SEARCHABLE,
        find=criteria.find if whole else "",
    )


def _counts(
    criteria: Criteria, facet: Facet, results: Results, matching: Counts | None
) -> Mapping[str, int | None]:
    """The values in the order that they are shown in. What is chosen is always among them."""
    chosen, whole = criteria.chosen.get(facet, ()), criteria.more is facet
    counts: dict[str, int | None] = dict(results.facets.get(facet, ()))
    if whole and matching is not None:
        counts = dict(matching)
    if facet not in results.facets or whole:
        counts = dict.fromkeys(chosen) | counts
    if (whole and facet in SEARCHABLE) or facet in ON_DEMAND:
        return dict(sorted(counts.items(), key=lambda pair: pair[0] not in chosen))
    return counts


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


def without_each(criteria: Criteria, employers: Names) -> list[tuple[str, Criteria]]:
    """Each choice in words, and the search without it."""
    first = replace(criteria, page=1)
    found = []
    for place in criteria.places:
        others = "; ".join(other for other in criteria.places if other != place)
        found.append((place, replace(first, where=others)))
    found += _single(first)
    for facet, values in criteria.chosen.items():
        for value in values:
            found.append((name_of(facet, value, employers), criteria.without(facet, value)))
    return found


def without_facet(criteria: Criteria, employers: Names) -> list[tuple[str, Criteria]]:
    """Each filter whole, and the search without it: fewer alternatives would find no more."""
    first = replace(criteria, page=1)
    found = []
    if criteria.places:
        found.append((" or ".join(criteria.places), replace(first, where="")))
    found += _single(first)
    for facet, values in criteria.chosen.items():
        names = " or ".join(name_of(facet, value, employers) for value in values)
        found.append((names, criteria.choosing(facet)))
    return found


def _single(first: Criteria) -> Iterator[tuple[str, Criteria]]:
    if first.pay is not None:
        unit = "an hour" if first.pay < YEARLY_FROM else "a year"
        yield f"Pays ${first.pay:,} {unit} or more", replace(first, pay=None)
    if first.days is not None:
        days = "day" if first.days == 1 else f"{first.days} days"
        yield f"Posted in the last {days}", replace(first, days=None)
    if first.new:
        yield "New since my last visit", replace(first, new=False)
    if first.fit:
        yield LANES[Lane(first.fit)], replace(first, fit="")


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
    return tuple([*_remote(criteria, results), *found][:MOST_RELATED])


def _remote(criteria: Criteria, results: Results) -> Iterator[Chip]:
    """The same from home, where that was neither asked for nor all that there is."""
    if criteria.chosen.get(Facet.SETTING) or not (criteria.q or criteria.filtered):
        return
    count = sum(n for value, n in results.facets.get(Facet.SETTING, ()) if value in REMOTE)
    if 0 < count < results.total:
        query = criteria.choosing(Facet.SETTING, *sorted(REMOTE)).query(more=None, find="")
        yield Chip("The same, remote", query, count)


def _beside(facet: Facet, value: str, counts: Mapping[str, int]) -> list[str]:
    """Up to three others that find something, the nearest kin first."""
    others = [v for v in counts if v != value and counts[v] and v in NAMES[facet]]
    if facet is Facet.SPECIALTY and value in SPECIALTIES:
        parent = SPECIALTIES[value].parent
        others.sort(key=lambda v: (v != parent, SPECIALTIES[v].parent != parent))
    return others[:3]
