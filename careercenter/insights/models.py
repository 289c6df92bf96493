"""What visitors typed, counted by day, and the words that staff taught the search."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base

LONGEST_TEXT = 80  # characters of a search that are kept
LONGEST_TERM = 60
MOST_EQUIVALENTS = 10
MOST_WORDS = 3  # in a synonym: more would be a sentence, and Meilisearch takes no more
KEPT = timedelta(days=90)
REACH_KEPT = timedelta(days=400)  # a year can be set beside the one before


class SearchedText(Base):
    """How often a text was searched for in a day of UTC. Nothing tells by whom."""

    __tablename__ = "searched_text"

    day: Mapped[date] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT), primary_key=True)
    searches: Mapped[int]
    empty: Mapped[int]  # searches that found nothing


class Synonym(Base):
    """A word or phrase and others that mean it, in lower case; they join those of the taxonomy."""

    __tablename__ = "synonym"

    id: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(String(LONGEST_TERM), unique=True)
    equivalents: Mapped[str] = mapped_column(String(LONGEST_TERM * MOST_EQUIVALENTS))
    both_ways: Mapped[bool]
    moderator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]

    moderator: Mapped[User] = relationship()

    @property
    def words(self) -> tuple[str, ...]:
        """The equivalents, one by one."""
        return tuple(self.equivalents.split(","))


class Act(StrEnum):
    """What somebody did with a listing."""

    IMPRESSION = "impression"  # it stood on a page they saw
    VIEW = "view"  # they opened it
    APPLY_START = "apply-start"  # they opened the page to apply


class Source(StrEnum):
    """The page it stood on, or where they came from."""

    SEARCH = "search"
    TOPIC = "topic"
    HOME = "home"
    EMPLOYER = "employer"
    LISTING = "listing"
    DESK = "desk"
    DIRECT = "direct"
    ENGINE = "engine"
    ELSEWHERE = "elsewhere"


SOURCE_WORDS = {
    Source.SEARCH: "A search here",
    Source.TOPIC: "Pages by topic and place",
    Source.HOME: "The front page and others here",
    Source.EMPLOYER: "Your page here",
    Source.LISTING: "Other listings",
    Source.DESK: "The candidate’s desk",
    Source.DIRECT: "Not told: a letter, a bookmark, typed",
    Source.ENGINE: "Web search engines",
    Source.ELSEWHERE: "Other sites",
}


class PostingReach(Base):
    """How often a listing was seen in a day of the board's zone. Nothing tells by whom."""

    __tablename__ = "posting_reach"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(12), primary_key=True)
    act: Mapped[str] = mapped_column(String(12), primary_key=True)
    times: Mapped[int]


@dataclass(frozen=True, slots=True)
class Reach:
    """How often a listing was seen, opened, begun to apply to, and applied to."""

    impressions: int = 0
    views: int = 0
    apply_starts: int = 0
    applications: int = 0

    def __add__(self, other: "Reach") -> "Reach":
        return Reach(
            self.impressions + other.impressions,
            self.views + other.views,
            self.apply_starts + other.apply_starts,
            self.applications + other.applications,
        )


@dataclass(frozen=True, slots=True)
class SynonymDetails:
    """What a moderator writes, in lower case."""

    term: str
    equivalents: tuple[str, ...]
    both_ways: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """A text over some days."""

    text: str
    searches: int
    empty: int  # of these, how many found nothing
