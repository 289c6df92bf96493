"""What a candidate hides everywhere, and what a browser remembers of whoever uses it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.database import Base
from careercenter.employers.models import Employer
from careercenter.postings.models import Posting

MOST_HIDDEN = 100  # listings a browser remembers; the cookie holds four kilobytes
MOST_EMPLOYERS = 20
MOST_SEEN = 10
LATEST = 2**32  # seconds: the year 2106
QUIET = timedelta(minutes=30)  # after which a visit has ended


class HiddenListing(Base):
    """ "Not for me"."""

    __tablename__ = "hidden_listing"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    created_at: Mapped[datetime]

    posting: Mapped[Posting] = relationship()


class HiddenEmployer(Base):
    __tablename__ = "hidden_employer"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    created_at: Mapped[datetime]

    employer: Mapped[Employer] = relationship()


@dataclass(frozen=True, slots=True)
class Hidden:
    """Ids of listings and slugs of employers."""

    listings: frozenset[int] = frozenset()
    employers: frozenset[str] = frozenset()


@dataclass(slots=True)
class Device:
    """What one browser remembers, in its own signed cookie. ``data`` is JSON of ours.

    Whatever else the cookie should hold counts as nothing. A browser is not asked to remember
    anything before its user wants something that needs it.
    """

    data: dict[str, Any] = field(default_factory=dict)

    @property
    def in_use(self) -> bool:
        return bool(self.data)

    @property
    def hidden(self) -> Hidden:
        return Hidden(frozenset(self._list("ids", int)), frozenset(self._list("who", str)))

    @property
    def seen(self) -> list[int]:
        """The listings that were opened, the last first."""
        return self._list("seen", int)

    @property
    def answers(self) -> Mapping[str, Any] | None:
        """What was told of oneself; the shape is the form's."""
        told = self.data.get("fit")
        return told if isinstance(told, dict) else None

    def tell(self, answers: Mapping[str, Any] | None) -> None:
        self.data.pop("fit", None)
        if answers:
            self.data["fit"] = dict(answers)

    def hide(self, posting_id: int) -> None:
        kept = [n for n in self._list("ids", int) if n != posting_id]
        self.data["ids"] = [*kept, posting_id][-MOST_HIDDEN:]

    def show(self, posting_id: int) -> None:
        if posting_id in self.hidden.listings:
            self.data["ids"] = [n for n in self._list("ids", int) if n != posting_id]

    def hide_employer(self, slug: str) -> None:
        kept = [s for s in self._list("who", str) if s != slug]
        self.data["who"] = [*kept, slug][-MOST_EMPLOYERS:]

    def show_employer(self, slug: str) -> None:
        if slug in self.hidden.employers:
            self.data["who"] = [s for s in self._list("who", str) if s != slug]

    def start(self) -> None:
        """Remember from now on."""
        self.data.setdefault("seen", [])

    def show_everything(self) -> None:
        self.data.pop("ids", None)
        self.data.pop("who", None)

    def see(self, posting_id: int) -> None:
        others = [n for n in self.seen if n != posting_id]
        self.data["seen"] = [posting_id, *others][:MOST_SEEN]

    def visit(self, now: datetime) -> None:
        """Note the visit; after half an hour of quiet it is another one."""
        last = self._moment("at")
        if last is None or now - last > QUIET:
            self.data["before"] = int(last.timestamp()) if last else None
        if last is None or now - last > QUIET / 3:
            self.data["at"] = int(now.timestamp())

    @property
    def last_visit(self) -> datetime | None:
        """When the visit before this one ended."""
        return self._moment("before")

    def _moment(self, key: str) -> datetime | None:
        seconds = self.data.get(key)
        if isinstance(seconds, int) and 0 < seconds < LATEST:
            return datetime.fromtimestamp(seconds, UTC)
        return None

    def _list(self, key: str, kind: type) -> list[Any]:
        values = self.data.get(key)
        return [v for v in values if isinstance(v, kind)] if isinstance(values, list) else []
