"""The contract with the search index: documents, queries, results, settings.

An engine reads (``ListingSearch``); the embedded engine and ``search_sync`` write. All of them
take the names, the order of attributes and the word lists from here, so that they answer alike.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from careercenter.taxonomy.vocabularies import SYNONYMS


class Facet(StrEnum):
    """A many-valued property that visitors filter by and see counted. Values are slugs."""

    ROLE = "role"
    CODING_TYPE = "coding_type"
    SPECIALTY = "specialty"  # with the parents of each
    CREDENTIAL = "credential"  # accepted: required or an alternative of it
    APPRENTICE = "apprentice"  # yes | no | case-by-case
    SETTING = "setting"
    STATE = "state"  # where one may live and do this work; NOT_STATED where nothing is said
    EMPLOYMENT = "employment"
    EXPERIENCE = "experience"  # the level
    CODE_SET = "code_set"
    SOFTWARE = "software"
    SHIFT = "shift"
    EQUIPMENT = "equipment"  # who provides it
    CODING_TEST = "coding_test"
    CITY = "city"  # of work tied to a place: "des-moines-ia"
    EMPLOYER = "employer"  # the employer's slug
    EMPLOYER_KIND = "employer_kind"
    DIRECT = "direct"  # yes | no: whether who hires is who the work is for
    DELIVERY = "delivery"  # where the employer has its coding done
    PAY_BAND = "pay_band"  # the top of the hourly range; its own selection is RangeField.PAY
    FIT = "fit"  # the smallest sets of credentials that do: "cpc+crc"; NOTHING where none is asked
    NEARLY = "nearly"  # the same sets, each with one credential left out
    LANE = "lane"  # the sets that do for an apprentice, where apprentices are welcome
    YEARS_IN = "years_in"  # asked for in a topic, each up to the last: "urology-1", "urology-2"


NOT_STATED = "not-stated"
NOTHING = "nothing"  # the empty set of credentials
PAY_BANDS = tuple(range(15, 80, 5))  # dollars an hour: where each begins; the first holds less too


def years_in(topic: str, years: int) -> str:
    """So many years in a coding type or specialty, as a value of YEARS_IN."""
    return f"{topic}-{years}"


def credential_set(credentials: Iterable[str]) -> str:
    """A set of credentials as a value of FIT, NEARLY and LANE."""
    return "+".join(sorted(credentials)) or NOTHING


class RangeField(StrEnum):
    """A number that visitors bound."""

    PAY = "pay"  # cents an hour; a listing is in if its hourly range reaches in
    POSTED = "posted"  # whole seconds since the epoch
    YEARS = "years"  # of coding, in whatever, that are asked for
    FEATURED = "featured"  # until when, in whole seconds since the epoch; 0: it never was


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    PAY = "pay"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class Range:
    """Both ends belong to it; ``None`` leaves an end open."""

    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A circle: degrees and miles."""

    latitude: float
    longitude: float
    miles: float


@dataclass(frozen=True, slots=True)
class ListingDocument:
    """A live posting as the index holds it. ``version`` is the posting's ``search_seq``."""

    id: int
    version: int
    texts: Mapping[str, str]  # one for each of SETTINGS.searchable; parts of a list joined by ";"
    facets: Mapping[Facet, tuple[str, ...]]
    pay_min: int  # cents an hour
    pay_max: int  # cents an hour
    posted_at: datetime  # not found before
    expires_at: datetime
    quality: int  # a small integer, higher is better
    points: tuple[tuple[float, float], ...] = ()  # latitude, longitude of each place of work
    years: int = 0  # of coding, in whatever, that are asked for
    featured: int = 0  # until when, in whole seconds since the epoch


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked. Inside a facet values are alternatives; facets narrow each other."""

    text: str = ""  # words; "quoted" is a phrase; the last word is a prefix
    filters: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    excluded: Mapping[Facet, frozenset[str]] = field(default_factory=dict)  # has none of these
    hidden: frozenset[int] = frozenset()  # ids that are left out
    ranges: Mapping[RangeField, Range] = field(default_factory=dict)
    near: tuple[Near, ...] = ()  # inside any of these circles
    facets: tuple[Facet, ...] = ()  # which to count
    sort: Sort = Sort.RELEVANCE
    first: Mapping[Facet, frozenset[str]] = field(
        default_factory=dict
    )  # by relevance, what has one of these comes before all that has none
    page: int = 1
    per_page: int = 20
    partial: bool = (
        False  # False: every word must be met; True: words may be dropped from the right
    )
    explain: bool = False  # say of each hit why it stands where it does


@dataclass(frozen=True, slots=True)
class Standing:
    """What a hit is ordered by: the first difference decides."""

    words: int  # of the query's terms, how many it meets
    typos: int  # forgiven on the way; fewer is better
    attributes: tuple[str, ...]  # of SETTINGS.searchable, the best for each term; none: not known
    quality: int
    day: date  # of posting, the latest first
    sort: Sort = Sort.RELEVANCE
    lead: float | None = None  # by which: seconds since the epoch, cents an hour, or miles
    first: bool | None = None  # whether it has what comes first; None where nothing does


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    version: int
    miles: float | None = None  # to the nearest circle's centre, where one was asked for
    standing: Standing | None = None  # where it was asked to explain


Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, the exact total, and for each facet asked for its values with counts.

    Counts are disjunctive: a facet's own selection does not change them. Values are ordered by
    count, then by slug; those with no hits are left out unless they are selected.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[Facet, Counts]
    engine: str
    seq: int  # how far the engine had followed the feed
    corrected: tuple[tuple[str, str], ...] = ()  # a word no listing has, and what it was taken for


@dataclass(frozen=True, slots=True)
class Health:
    ok: bool
    engine: str
    documents: int
    seq: int


class ListingSearch(Protocol):
    """What the pages need of a search engine. Raises ``SearchDown`` when it cannot answer."""

    def search(self, query: Query, now: datetime) -> Results: ...

    def suggest(
        self, facet: Facet, prefix: str, query: Query, limit: int = 10
    ) -> list[tuple[str, int]]: ...

    def health(self) -> Health: ...


class SearchDown(Exception):
    """The engine does not answer."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules of matching that every engine follows."""

    searchable: tuple[str, ...]  # best first: a word met in an earlier attribute ranks higher
    stop_words: frozenset[str]
    exact_words: frozenset[str]  # who types one of these means just it
    exact_attributes: frozenset[str]  # match without typos
    synonyms: Mapping[str, tuple[str, ...]]
    one_typo: int = 5  # letters a word must have for one typo to be forgiven
    two_typos: int = 9
    max_words: int = 10


SETTINGS = Settings(
    searchable=(
        "title",
        "credentials",
        "specialties",
        "coding",
        "employer",
        "place",
        "keywords",
        "description",
    ),
    stop_words=frozenset("a an and as at by for in of on or the to with".split()),
    exact_words=frozenset(
        "cpc ccs coc cic crc rhit rhia cpma cdeo cardiology radiology oncology urology neurology"
        " nephrology".split()
    ),
    exact_attributes=frozenset({"credentials"}),
    synonyms=SYNONYMS,
)
