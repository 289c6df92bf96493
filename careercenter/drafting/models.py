"""A posting that is still being written: what was typed, complete or not, right or wrong."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base

MOST_DRAFTS = 50  # an employer keeps at once
REMIND_AFTER = timedelta(days=3)  # without a change
TOO_OLD = timedelta(days=30)  # to be reminded of

Values = dict[str, list[str]]  # field → what was typed or ticked


class Draft(Base):
    """What an employer typed in the editor's steps; it becomes a posting when all of it is right.

    ``posting_id``: the posting that it will be written into, as it was at ``posting_version``;
    None for a new one. ``found``: field → the words of a pasted text that its value was read in,
    until somebody confirms it by saving that step.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    posting_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), unique=True)
    posting_version: Mapped[int | None]
    typed: Mapped[Values] = mapped_column(JSON)
    found: Mapped[Values] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def title(self) -> str:
        return next(iter(self.typed.get("title", ())), "").strip() or "A posting without a title"

    def with_typed(self, fields: frozenset[str], typed: Mapping[str, list[str]]) -> Values:
        """What is typed once ``fields`` are replaced; what else ``typed`` holds is not taken."""
        others = {name: values for name, values in self.typed.items() if name not in fields}
        return others | {name: list(typed[name]) for name in fields & typed.keys()}

    def keep(self, typed: Values, now: datetime) -> None:
        self.typed, self.changed_at = typed, now

    def confirm(self, fields: frozenset[str]) -> None:
        """Somebody looked at what was read in a text, and saved it."""
        self.found = {name: words for name, words in self.found.items() if name not in fields}
