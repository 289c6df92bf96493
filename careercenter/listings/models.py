"""What a search found, and a listing as pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from careercenter.listings.code_search import Way
from careercenter.listings.criteria import Criteria
from careercenter.listings.index import Sort

PER_PAGE = 20
MILES = (10, 25, 50, 100, 250)


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
        return bool(self.credentials or self.years_in) or self.years is not None

    @property
    def seeing_all(self) -> "Visitor":
        """The same, with nothing hidden from them."""
        return replace(self, hidden=frozenset(), hidden_employers=frozenset())


@dataclass(frozen=True, slots=True)
class FitLine:
    """One thing that is asked for, and how it stands: met, later, missing, or unknown."""

    text: str
    status: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """Does the visitor qualify? ``status`` is met, later or missing."""

    text: str
    status: str
    lines: tuple[FitLine, ...] = ()


@dataclass(slots=True)  # not frozen: a page makes a hundred and fifty, three times as fast
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
    open: bool
    searched: bool = False  # its values can be searched just now
    find: str = ""  # and this is what they were searched for


@dataclass(frozen=True, slots=True)
class Bar:
    """A band of the pay: "$25" to "$30", how many listings reach up to it, how high to draw it."""

    label: str
    count: int
    height: int  # of 40, which the highest has; at least 1 where there is any
    chosen: bool


@dataclass(frozen=True, slots=True)
class LaneView:
    """A way to qualify: how many listings there are, and the search for them."""

    text: str
    count: int
    query: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that may go, or another search that is offered; ``query`` is the search then."""

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
    confirmed_at: datetime | None = None  # by the employer, after it was posted
    fit: Fit | None = None
    new: bool = False  # since the visitor was here last
    hide_url: str = ""
    standing: str = ""  # why it stands where it does
    featured: bool = False

    def at(self, miles: float | None) -> "Card":
        """The card of a listing that is so far away."""
        if miles is None:
            return self
        whole = max(1, round(miles))
        return replace(self, miles=f"{whole:,} {'mile' if whole == 1 else 'miles'} away")


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
    instead: str = ""  # where the employer advertises the same job itself


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a search's results and all that the page says about them."""

    criteria: Criteria
    cards: tuple[Card, ...]
    total: int
    pages: int
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    heading: str = ""
    understood: tuple[str, ...] = ()
    sort: Sort = Sort.NEWEST
    sorts: tuple[Sort, ...] = ()  # that make sense here
    first: tuple[str, ...] = ()  # names of specialties that come first by relevance
    ways: tuple[Way, ...] = ()  # to read a code otherwise
    bars: tuple[Bar, ...] = ()  # the pay of what is found, whatever pay is asked for
    lanes: tuple[LaneView, ...] = ()  # where something is known of the visitor
    notes: tuple[str, ...] = ()
    degraded: bool = False  # the engine is down; these come from the database
    partial: bool = False  # no listing has all the words; these have some
    nearest: tuple[Chip, ...] = ()  # searches with one filter less that find something
    related: tuple[Chip, ...] = ()  # searches beside this one
    nearby: str = ""  # the query string of remote work open to the place's state
    featured: tuple[Card, ...] = ()  # paid for, and matching; they stand apart
    hidden: int = 0  # listings and employers that the visitor does not want to see

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
class FactSection:
    """Facts of one subject in words, and the names of those that are not stated."""

    title: str
    facts: tuple[tuple[str, str], ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StateAnswer:
    """May somebody who lives in a state do this work? ``kind``: good, bad, or attention."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingView:
    """A listing as its own page shows it, and as its employer's preview does."""

    id: int
    slug: str
    url: str
    title: str
    employer: str
    employer_slug: str = ""  # of one that keeps its name back there is no more than the kind
    employer_kind: str
    employer_place: str = ""
    employer_about: str = ""  # Markdown
    employer_logo: str | None = None  # its key
    employer_website: str = ""
    place: str
    pay: str  # by the hour
    pay_origin: str
    assumptions: tuple[str, ...]
    pay_notes: tuple[str, ...]  # sentences
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
    first_published_at: datetime | None
    reposts: int  # how often it came back after it had ended
    confirmed_at: datetime | None  # by its employer, after it was posted
    expires_at: datetime | None
    closes_on: date | None
    sections: tuple[FactSection, ...] = ()  # the facts beside those that decide first
    volume: str = ""  # a sentence beside the volume: what is common
    others: str = ""  # another: what live postings ask
    apprentice_notes: tuple[str, ...] = ()  # sentences
    apply_out: str = ""  # the address of the employer's own page
