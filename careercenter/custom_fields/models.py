"""Fields that staff adds to the form of a posting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import JSON, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from careercenter.database import Base
from careercenter.errors import Conflict

MOST_FIELDS = 20  # asked at once
MOST_CHOICES = 30
LONGEST_LABEL = 80
LONGEST_HINT = 200
LONGEST_CHOICE = 80
LONGEST_LINE = 200
LONGEST_TEXT = 2000


class FieldKind(StrEnum):
    TEXT = "text"
    LONG = "long"
    CHOICE = "choice"
    MANY = "many"
    BOOLEAN = "boolean"
    NUMBER = "number"


KIND_WORDS: Mapping[FieldKind, str] = {
    FieldKind.TEXT: "A line of text",
    FieldKind.LONG: "A longer text",
    FieldKind.CHOICE: "One of several choices",
    FieldKind.MANY: "Any number of choices",
    FieldKind.BOOLEAN: "Yes or no",
    FieldKind.NUMBER: "A number",
}
WITH_CHOICES = frozenset({FieldKind.CHOICE, FieldKind.MANY})


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What staff may change later. ``least`` and ``most``: of a number, None for no bound."""

    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    required: bool = False


@dataclass(frozen=True, slots=True)
class AskedField:
    """A field as the form of a posting asks it."""

    key: str
    kind: FieldKind
    words: FieldWords

    @property
    def name(self) -> str:
        """Of the field in the form: no other begins so."""
        return f"custom_{self.key}"


class CustomField(Base):
    """Its key and kind never change: answers that were given rest on them."""

    __tablename__ = "custom_field"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[FieldKind]
    label: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    hint: Mapped[str] = mapped_column(String(LONGEST_HINT))
    choices: Mapped[list[str]] = mapped_column(JSON)
    least: Mapped[Decimal | None] = mapped_column(Numeric(11, 2))
    most: Mapped[Decimal | None] = mapped_column(Numeric(11, 2))
    required: Mapped[bool]
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @validates("key", "kind")
    def _keep(self, name: str, value: str) -> str:
        if getattr(self, name) not in (None, value):
            raise Conflict
        return value

    @property
    def words(self) -> FieldWords:
        return FieldWords(
            self.label, self.hint, tuple(self.choices), self.least, self.most, self.required
        )

    @property
    def asked(self) -> AskedField:
        return AskedField(self.key, self.kind, self.words)

    def say(self, words: FieldWords) -> None:
        """Raises ``Conflict`` once it is retired."""
        if self.retired_at is not None:
            raise Conflict
        self.label, self.hint, self.choices = words.label, words.hint, list(words.choices)
        self.least, self.most, self.required = words.least, words.most, words.required

    def retire(self, now: datetime) -> None:
        """It is asked no more; what was answered stays. Raises ``Conflict`` the second time."""
        if self.retired_at is not None:
            raise Conflict
        self.retired_at = now
