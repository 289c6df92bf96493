"""What a landing page says."""

from dataclasses import dataclass

from careercenter.landings.topics import Topic, criteria_of, heading, landing_url
from careercenter.listings.criteria import Criteria
from careercenter.listings.models import Card

INDEXED_FROM = 5  # live listings: a page of fewer says too little to be found by


@dataclass(frozen=True, slots=True)
class Link:
    """``count`` is None while nothing can be counted."""

    text: str
    url: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Of the tops of ``count`` listings' hourly ranges, in cents: each is what a listing pays."""

    count: int
    low: int
    middle: int
    high: int

    @property
    def span(self) -> str:
        """ "$26.00–$33.50", of the middle half."""
        return f"{_dollars(self.low)}–{_dollars(self.high)}"

    @property
    def median(self) -> str:
        return _dollars(self.middle)


@dataclass(frozen=True, slots=True)
class Landing:
    topics: tuple[Topic, ...]
    total: int
    cards: tuple[Card, ...]
    pay: Quartiles | None
    bands: tuple[tuple[str, int, str], ...]  # of pay: words, listings, listings in words
    facts: tuple[tuple[str, str], ...]  # what share of them …
    employers: tuple[Link, ...]
    related: tuple[Group, ...]
    degraded: bool  # the engine is down; these come from the database

    @property
    def heading(self) -> str:
        return heading(self.topics)

    @property
    def url(self) -> str:
        return landing_url(self.topics)

    @property
    def criteria(self) -> Criteria:
        return criteria_of(self.topics)

    @property
    def jobs(self) -> str:
        """ "214 live jobs" """
        return f"{self.total:,} live {'job' if self.total == 1 else 'jobs'}"

    @property
    def description(self) -> str:
        """For search engines and whoever shares the page."""
        paid = ""
        if self.pay:
            paid = f" The middle half of them pays up to {self.pay.span} an hour."
        asked = "Each says what is paid, which credentials count and which states may apply."
        return f"{self.heading}: {self.jobs}.{paid} {asked}"

    @property
    def indexed(self) -> bool:
        return self.total >= INDEXED_FROM


@dataclass(frozen=True, slots=True)
class Directory:
    """All topics with live listings; without counts, all there are."""

    groups: tuple[Group, ...]
    total: int
    degraded: bool


def _dollars(cents: int) -> str:
    return f"${cents / 100:,.2f}"
