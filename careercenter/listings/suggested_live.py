"""What live listings there are of what may be suggested, and what they are called."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.employers.models import Employer
from careercenter.listings.criteria import Criteria
from careercenter.listings.index import Facet, ListingSearch, Query, SearchDown
from careercenter.listings.models import Visitor
from careercenter.listings.suggested_names import WORD, how_met, key, resembles
from careercenter.postings.models import Posting

KINDS: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.ROLE: "Role",
        Facet.CODING_TYPE: "Coding type",
        Facet.SPECIALTY: "Specialty",
        Facet.CREDENTIAL: "Credential",
    }
)
EMPLOYER, TITLE = "Employer", "Title"
COUNTED = (*KINDS, Facet.STATE, Facet.SETTING)
MOST_ASKED = 8  # values of a facet, to choose from
MOST_READ = 20  # listings whose titles are looked at


@dataclass(frozen=True, slots=True)
class Match:
    """Something that is meant perhaps. ``jobs``: live listings; None where that is not known."""

    tier: int
    jobs: int | None
    label: str
    kind: str
    leads_to: Criteria
    note: str = ""
    exactly: bool = True  # whether ``jobs`` is what the search finds

    @property
    def rank(self) -> tuple[int, int, int]:
        none = bool(self.tier and self.jobs == 0)  # of places alone
        return none, self.tier, -(self.jobs or 0)


class Live:
    """The live listings that a visitor sees. Knows of none while the engine is down."""

    def __init__(self, search: ListingSearch, typed: str, now: datetime, visitor: Visitor) -> None:
        self._search, self._typed, self._now = search, typed, now
        self._seen = Query(
            excluded={Facet.EMPLOYER: visitor.hidden_employers}, hidden=visitor.hidden
        )
        self._counts: dict[Facet, dict[str, int]] = {}
        with suppress(SearchDown):
            facets = search.search(replace(self._seen, facets=COUNTED, per_page=1), now).facets
            self._counts = {facet: dict(counts) for facet, counts in facets.items()}

    @property
    def known(self) -> bool:
        return bool(self._counts)

    def jobs(self, facet: Facet, *values: str) -> int | None:
        """How many have one of these values, which exclude each other."""
        if not self.known:
            return None
        return sum(self._counts[facet].get(value, 0) for value in values)

    def begun(self, facet: Facet) -> list[tuple[str, int]]:
        """The values of the facet with a word that begins so, and how many have them."""
        with suppress(SearchDown):
            return self._search.suggest(facet, self._typed, self._seen, MOST_ASKED)
        return []

    def best(self) -> list[int]:
        """The ids of those that meet the words best, misspelt or not."""
        with suppress(SearchDown):
            query = replace(self._seen, text=self._typed, per_page=MOST_READ)
            return [hit.id for hit in self._search.search(query, self._now).hits]
        return []


def employers(session: Session, typed: str, live: Live, rest: Criteria) -> Iterator[Match]:
    counted = dict(live.begun(Facet.EMPLOYER))
    if not counted:
        return
    rows = session.execute(select(Employer.slug, Employer.name).where(Employer.slug.in_(counted)))
    for slug, name in sorted((row.slug, row.name) for row in rows):
        tier = how_met(typed, (key(name),))
        leads_to = rest.choosing(Facet.EMPLOYER, slug)
        yield Match(WORD if tier is None else tier, counted[slug], name, EMPLOYER, leads_to)


def titles(
    session: Session, typed: str, live: Live, rest: Criteria, now: datetime
) -> Iterator[Match]:
    """The titles that meet the words, the most frequent first, and employers that are misspelt."""
    ids = live.best()
    if not ids:
        return
    rows = session.execute(
        select(Posting.title, Posting.confidential, Employer.slug, Employer.name)
        .join(Posting.employer)
        .where(Posting.id.in_(ids), Posting.live(now))
    ).all()
    for title, _ in Counter(row.title for row in rows).most_common():
        if resembles(typed, key(title)):
            tier = how_met(typed, (key(title),))
            leads_to = replace(rest, q=title)
            yield Match(WORD if tier is None else tier, None, title, TITLE, leads_to)
    named = {(row.slug, row.name) for row in rows if not row.confidential}
    for slug, name in sorted(named):
        if f" {typed}" not in f" {key(name)}" and resembles(typed, key(name)):
            yield Match(WORD, None, name, EMPLOYER, rest.choosing(Facet.EMPLOYER, slug))
