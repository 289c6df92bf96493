"""What a search asks, what it found, and a listing as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from urllib.parse import urlencode

from careercenter.listings.index import NOT_STATED, Facet, Sort
from careercenter.taxonomy.vocabularies import (
    APPRENTICE_ANSWERS,
    CODING_TYPES,
    CREDENTIALS,
    EMPLOYMENT_TYPES,
    ROLES,
    SPECIALTIES,
    STATES,
    WORK_SETTINGS,
)

PER_PAGE = 20
DEFAULT_MILES = 25
MILES = (10, 25, 50, 100, 250)
YEARLY_FROM = 1000  # dollars: nobody means that much an hour
HOURS_A_YEAR = 2080

# The words of an address. They are shared and kept, so they never change.
PARAMETERS: Mapping[str, Facet] = MappingProxyType(
    {
        "role": Facet.ROLE,
        "type": Facet.CODING_TYPE,
        "specialty": Facet.SPECIALTY,
        "cred": Facet.CREDENTIAL,
        "apprentice": Facet.APPRENTICE,
        "setting": Facet.SETTING,
        "state": Facet.STATE,
        "employment": Facet.EMPLOYMENT,
        "employer": Facet.EMPLOYER,
    }
)
PARAMETER_OF: Mapping[Facet, str] = MappingProxyType({f: p for p, f in PARAMETERS.items()})

LABELS: Mapping[Facet, str] = MappingProxyType(
    {
        Facet.SETTING: "Work setting",
        Facet.STATE: "Open to people living in",
        Facet.CREDENTIAL: "Credential accepted",
        Facet.CODING_TYPE: "Coding type",
        Facet.SPECIALTY: "Specialty",
        Facet.APPRENTICE: "Apprentices",
        Facet.EMPLOYMENT: "Employment",
        Facet.ROLE: "Role",
        Facet.EMPLOYER: "Employer",
    }
)
COUNTED = tuple(facet for facet in LABELS if facet is not Facet.EMPLOYER)  # in the page's order

# Value → name. Employers' names are in the database.
NAMES: Mapping[Facet, Mapping[str, str]] = MappingProxyType(
    {
        Facet.ROLE: {slug: term.name for slug, term in ROLES.items()},
        Facet.CODING_TYPE: {slug: term.name for slug, term in CODING_TYPES.items()},
        Facet.SPECIALTY: {slug: term.name for slug, term in SPECIALTIES.items()},
        Facet.CREDENTIAL: {slug: term.abbr for slug, term in CREDENTIALS.items()},
        Facet.APPRENTICE: {slug: term.name for slug, term in APPRENTICE_ANSWERS.items()},
        Facet.SETTING: {slug: term.name for slug, term in WORK_SETTINGS.items()},
        Facet.STATE: {code: s.name for code, s in STATES.items()} | {NOT_STATED: "Not stated"},
        Facet.EMPLOYMENT: {slug: term.name for slug, term in EMPLOYMENT_TYPES.items()},
        Facet.EMPLOYER: {},
    }
)


@dataclass(frozen=True, slots=True)
class Criteria:
    """A search as its address says it. ``notes`` tell what of the address was left out."""

    q: str = ""
    where: str = ""
    miles: int = DEFAULT_MILES
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    pay: int | None = None  # at least: dollars an hour, or a year from 1,000 on
    sort: Sort | None = None
    page: int = 1
    more: Facet | None = None  # the facet that is shown with all its values
    notes: tuple[str, ...] = ()

    @property
    def pay_cents(self) -> int | None:
        """The least pay in cents an hour."""
        if self.pay is None:
            return None
        hours = HOURS_A_YEAR if self.pay >= YEARLY_FROM else 1
        return self.pay * 100 // hours

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows the search."""
        return bool(self.where or self.pay or any(self.chosen.values()))

    def without(self, facet: Facet, value: str) -> "Criteria":
        left = tuple(other for other in self.chosen[facet] if other != value)
        return replace(self, chosen={**self.chosen, facet: left}, page=1)

    def query(self, **changes: object) -> str:
        """The query string of this search, or of a changed one; always in the same order."""
        asked = replace(self, **changes) if changes else self  # type: ignore[arg-type]
        pairs: list[tuple[str, object]] = [("q", asked.q), ("where", asked.where)]
        if asked.miles != DEFAULT_MILES:
            pairs.append(("miles", asked.miles))
        for name, facet in PARAMETERS.items():
            pairs += [(name, value) for value in asked.chosen.get(facet, ())]
        pairs += [("pay", asked.pay or ""), ("sort", asked.sort or "")]
        pairs += [("page", asked.page if asked.page > 1 else "")]
        pairs += [("more", PARAMETER_OF[asked.more] if asked.more else "")]
        return urlencode([(name, value) for name, value in pairs if value])


@dataclass(frozen=True, slots=True)
class Visitor:
    """What is known of who searches: told on this device, or kept in their account."""

    credentials: tuple[str, ...] = ()  # held and current; slugs
    years: int | None = None  # of coding; None: not told
    years_in: Mapping[str, int] = field(default_factory=dict)  # coding type or specialty → years
    state: str = ""  # where they live
    hidden: frozenset[int] = frozenset()  # ids of listings they do not want to see
    hidden_employers: frozenset[str] = frozenset()  # slugs
    last_visit: datetime | None = None  # when the visit before this one ended

    @property
    def told(self) -> bool:
        """Whether enough is known to say if they qualify."""
        return bool(self.credentials) or self.years is not None


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet. ``count`` is None when the engine that counts is down."""

    value: str
    label: str
    count: int | None
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet of the column: some of its options, and how many there are."""

    name: str  # as in the address
    label: str
    options: tuple[Option, ...]
    total: int
    more: str  # the query string that shows all of them; empty when all are shown


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter; ``query`` is the search without it."""

    text: str
    query: str
    count: int | None = None  # how many jobs there would be, where that was asked


@dataclass(frozen=True, slots=True)
class Card:
    """A listing in a list, in the words of the card. Dates are put in words by the page."""

    id: int
    url: str
    title: str
    employer: str
    employer_url: str
    place: str
    states_note: str
    published_at: datetime | None
    pay_hourly: str
    pay_origin: str
    requirement: str
    tags: tuple[str, ...]
    miles: str = ""
    posted: str = ""
    confirmed: str = ""
    fit: None = None
    featured: bool = False

    def at(self, miles: float | None) -> "Card":
        """The card of a listing that is so far away."""
        if miles is None:
            return self
        whole = max(1, round(miles))
        return replace(self, miles=f"{whole:,} {'mile' if whole == 1 else 'miles'} away")

    def dated(self, posted: str) -> "Card":
        return replace(self, posted=posted or "when it is approved")


@dataclass(frozen=True, slots=True)
class Brief:
    """A listing in one line."""

    url: str
    title: str
    employer: str
    place: str
    pay: str


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a listing is no more. ``title`` is empty where it should not be shown again."""

    title: str
    reason: str
    at: datetime | None
    for_good: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search's results and all that the page says about them."""

    criteria: Criteria
    cards: tuple[Card, ...]
    total: int
    pages: int
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    heading: str
    understood: str
    sort: Sort
    sorts: tuple[Sort, ...]  # that make sense here
    notes: tuple[str, ...] = ()
    degraded: bool = False  # the engine is down; these come from the database
    partial: bool = False  # no listing has all the words; these have some
    nearest: tuple[Chip, ...] = ()  # searches with one filter less that find something
    nearby: str = ""  # the query string of remote work open to the place's state

    @property
    def distances(self) -> tuple[int, ...]:
        """Miles to choose from; none where no place is asked about."""
        if Sort.DISTANCE not in self.sorts:
            return ()
        return tuple(sorted({*MILES, self.criteria.miles}))


@dataclass(frozen=True, slots=True)
class Need:
    """One group of what is required: "CPC or CCS-P", and what the letters stand for."""

    text: str
    names: str


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """May somebody who lives in a state do this work? ``kind``: good, bad, or attention."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ListingView:
    """A listing as its own page shows it, and as its employer's preview does."""

    id: int
    slug: str
    url: str
    title: str
    employer: str
    employer_slug: str
    employer_kind: str
    employer_place: str
    employer_about: str  # Markdown
    employer_website: str
    place: str
    pay: str  # by the hour
    pay_origin: str
    assumptions: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    needs: tuple[Need, ...]
    preferred: tuple[str, ...]
    apprentice: str  # a sentence
    apprentice_welcome: bool
    state: str  # the code that was asked about, or ""
    answer: StateAnswer | None
    open_to: tuple[str, ...]  # the states' names, where the facts only count them
    states: tuple[tuple[str, str], ...]  # to choose from: code, name
    description: str  # Markdown
    published_at: datetime | None
    expires_at: datetime | None
    closes_on: date | None
