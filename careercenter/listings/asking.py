"""From a search to the query that an engine answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from careercenter.listings.code_search import Sense
from careercenter.listings.criteria import LABELS, ON_DEMAND, Criteria
from careercenter.listings.document_words import whole_words
from careercenter.listings.fit import Lane, fit_filters
from careercenter.listings.index import Facet, Query, Range, RangeField, Sort
from careercenter.listings.models import PER_PAGE, Visitor
from careercenter.listings.whereabouts import Whereabouts
from careercenter.taxonomy.vocabularies import WORK_SETTINGS

REMOTE = frozenset(
    slug for slug, s in WORK_SETTINGS.items() if s.remote == "yes" and slug != "offshore"
)
NO_SETTING = frozenset({""})  # remote, and a setting that is not: there is none
WHOLE = whole_words()
LONGEST_NAME = 4  # words
COUNTED = (*(facet for facet in LABELS if facet not in ON_DEMAND), Facet.PAY_BAND)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and when."""

    visitor: Visitor
    now: datetime


def engine_query(
    criteria: Criteria, sense: Sense, where: Whereabouts, asker: Asker, per_page: int = PER_PAGE
) -> Query:
    filters = {facet: frozenset(values) for facet, values in criteria.chosen.items() if values}
    filters |= sense.filters
    excluded: dict[Facet, frozenset[str]] = {}
    ranges = _ranges(criteria, asker)
    if where.states:
        filters[Facet.STATE] = filters.get(Facet.STATE, frozenset()) | frozenset(where.states)
    if where.remote:
        filters[Facet.SETTING] = filters.get(Facet.SETTING, REMOTE) & REMOTE or NO_SETTING
    if criteria.fit and asker.visitor.told:
        fit = fit_filters(asker.visitor, Lane(criteria.fit))
        filters |= {f: values for f, values in fit.filters.items() if f not in filters}
        excluded |= fit.excluded
        ranges |= fit.ranges
    if asker.visitor.hidden_employers and not criteria.hidden:
        excluded[Facet.EMPLOYER] = asker.visitor.hidden_employers
    return Query(
        text=completed(sense.text),
        filters=filters,
        excluded=excluded,
        hidden=frozenset() if criteria.hidden else asker.visitor.hidden,
        ranges=ranges,
        near=where.near,
        first={Facet.SPECIALTY: sense.first} if sense.first else {},
        facets=(*COUNTED, criteria.more) if criteria.more in ON_DEMAND else COUNTED,
        sort=chosen_sort(criteria, sense, where),
        page=criteria.page,
        per_page=per_page,
        explain=criteria.explain,
    )


def completed(text: str) -> str:
    """With a space behind a last word that is whole: ED is no beginning of educator, CCS none of
    CCS-P. Other last words may be beginnings.
    """
    words = text.lower().split()
    last = (" ".join(words[-count:]) for count in range(1, min(len(words), LONGEST_NAME) + 1))
    whole = not text.endswith('"') and any(name in WHOLE for name in last)
    return f"{text} " if whole else text


def sorts(sense: Sense, where: Whereabouts) -> tuple[Sort, ...]:
    """Those that say something about this search, the default first."""
    best = (Sort.RELEVANCE,) if sense.text.strip() or sense.first else ()
    return (*best, Sort.NEWEST, Sort.PAY, *((Sort.DISTANCE,) if where.near else ()))


def chosen_sort(criteria: Criteria, sense: Sense, where: Whereabouts) -> Sort:
    possible = sorts(sense, where)
    return criteria.sort if criteria.sort in possible else possible[0]


def _ranges(criteria: Criteria, asker: Asker) -> dict[RangeField, Range]:
    ranges = {}
    if criteria.pay_cents is not None:
        ranges[RangeField.PAY] = Range(low=criteria.pay_cents)
    since = [asker.now - timedelta(days=criteria.days)] if criteria.days else []
    if criteria.new and asker.visitor.last_visit is not None:
        since.append(asker.visitor.last_visit)
    if since:
        ranges[RangeField.POSTED] = Range(low=int(max(since).timestamp()))
    return ranges
