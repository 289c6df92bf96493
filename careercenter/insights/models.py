"""What visitors typed, counted by day, and the words that staff taught the search."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base

LONGEST_TEXT = 80  # characters of a search that are kept
LONGEST_TERM = 60
MOST_EQUIVALENTS = 10
MOST_WORDS = 3  # in a synonym: more would be a sentence, and Meilisearch takes no more
KEPT = timedelta(days=90)


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
