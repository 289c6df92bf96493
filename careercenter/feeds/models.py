"""What feeds and sitemaps are made of."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

BEFORE_ANY = datetime(2026, 1, 1, tzinfo=UTC)  # a feed must have a date, also without entries


@dataclass(frozen=True, slots=True)
class Entry:
    """One listing in a feed. ``key`` stays the same for ever; ``url`` is absolute."""

    key: str
    url: str
    title: str
    author: str
    summary: str
    published_at: datetime
    fields: tuple[tuple[str, str], ...] = ()  # of FIELDS; those that say nothing are left out
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """``own_url`` is the feed's address, ``page_url`` that of the same as a page."""

    title: str
    key: str
    own_url: str
    page_url: str
    terms_url: str  # what may be done with it
    entries: tuple[Entry, ...]

    @property
    def updated_at(self) -> datetime:
        return max((entry.published_at for entry in self.entries), default=BEFORE_ANY)


@dataclass(frozen=True, slots=True)
class Address:
    """A line of a sitemap. ``changed_on`` is left out where it is not known."""

    url: str
    changed_on: date | None = None
