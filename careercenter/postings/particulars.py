"""The many small facts of a posting that only its own page shows: one row beside the posting's."""

from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import JSON, Dialect, ForeignKey, Numeric, String, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base
from careercenter.postings.details import (
    AccuracyBasis,
    BelowTarget,
    Custom,
    CustomAnswer,
    Extras,
    Hiring,
    Mentoring,
    Monitoring,
    Per,
    PostingDetails,
    Production,
    WhenTested,
    Workplace,
)

Part = TypeVar("Part", Mentoring, Production, Workplace, Hiring, Extras, Custom)


class SlugList(TypeDecorator[tuple[str, ...]]):
    """Slugs as one text. For lists that nobody filters by: those have rows of their own."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        return ",".join(value or ())

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:
        return tuple(value.split(",")) if value else ()


class AnswerList(TypeDecorator[tuple[CustomAnswer, ...]]):
    """Answers with the words they answer, as data. Nobody filters by them."""

    impl = JSON
    cache_ok = True

    def process_bind_param(
        self, value: tuple[CustomAnswer, ...] | None, dialect: Dialect
    ) -> list[dict[str, Any]]:
        return [asdict(answer) for answer in value or ()]

    def process_result_value(
        self, value: list[dict[str, Any]] | None, dialect: Dialect
    ) -> tuple[CustomAnswer, ...]:
        return tuple(
            CustomAnswer(one["key"], one["label"], tuple(one["values"])) for one in value or ()
        )


class PostingParticulars(Base):
    """The columns are the fields of the dataclasses in ``details``, by their names."""

    __tablename__ = "posting_particulars"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    apprentice_reason: Mapped[str] = mapped_column(String(200), default="")
    mentor: Mapped[str] = mapped_column(String(80), default="")
    signs_letter: Mapped[bool | None]
    units: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    piece: Mapped[str] = mapped_column(String(40), default="")
    per: Mapped[Per | None]
    ramp_weeks: Mapped[int | None]
    accuracy: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    accuracy_basis: Mapped[AccuracyBasis | None]
    audit_sample: Mapped[int | None]
    below_target: Mapped[BelowTarget | None]
    onsite_days: Mapped[int | None]
    training_days: Mapped[int | None]
    near_miles: Mapped[int | None]
    zone: Mapped[str] = mapped_column(String(40), default="")
    from_hour: Mapped[int | None]
    until_hour: Mapped[int | None]
    monitoring: Mapped[Monitoring | None]
    wired_mbps: Mapped[int | None]
    us_data_only: Mapped[bool | None]
    test_minutes: Mapped[int | None]
    test_time: Mapped[WhenTested | None]
    screenings: Mapped[tuple[str, ...]] = mapped_column(SlugList(400), default=())
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    openings: Mapped[int | None]
    bonuses: Mapped[tuple[str, ...]] = mapped_column(SlugList(400), default=())
    benefits: Mapped[tuple[str, ...]] = mapped_column(SlugList(800), default=())
    extras: Mapped[str] = mapped_column(String(300), default="")
    answers: Mapped[tuple[CustomAnswer, ...] | None] = mapped_column(AnswerList, default=())

    def part(self, kind: type[Part]) -> Part:
        return kind(**{column.name: getattr(self, column.name) for column in fields(kind)})

    def take(self, details: PostingDetails) -> None:
        for name, value in particular_columns(details).items():
            setattr(self, name, value)


def particular_columns(details: PostingDetails) -> dict[str, object]:
    """The columns of a posting's particulars."""
    parts = (
        details.mentoring,
        details.production,
        details.workplace,
        details.hiring,
        details.extras,
        details.custom,
    )
    return {column.name: getattr(part, column.name) for part in parts for column in fields(part)}
