"""What an employer writes in a posting: the columns, and how the lists beside them are read."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal

from sqlalchemy import Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.employers.models import Delivery
from careercenter.postings.details import (
    ApplyBy,
    Apprentice,
    CodingTest,
    Custom,
    Equipment,
    Extras,
    Hiring,
    Mentoring,
    Place,
    PostingDetails,
    Production,
    Workplace,
)
from careercenter.postings.lists import Lists
from careercenter.postings.particulars import Part, PostingParticulars
from careercenter.postings.rows import TermKind
from careercenter.taxonomy.requirements import Requirement


class Written:
    """The part of ``Posting`` that ``revise`` writes."""

    title: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(40))
    apprentice: Mapped[Apprentice]
    setting: Mapped[str] = mapped_column(String(40))
    city: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    zip: Mapped[str] = mapped_column(String(5), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    employment: Mapped[str] = mapped_column(String(40))
    pay_unit: Mapped[str] = mapped_column(String(40))
    pay_low_cents: Mapped[int]
    pay_high_cents: Mapped[int]
    pay_pace: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))  # units an hour
    pay_floor_cents: Mapped[int | None]  # guaranteed, an hour
    hourly_low_cents: Mapped[int]
    hourly_high_cents: Mapped[int]
    experience: Mapped[str] = mapped_column(String(40), default="")
    years: Mapped[int] = mapped_column(default=0)
    shift: Mapped[str] = mapped_column(String(40), default="")
    equipment: Mapped[Equipment | None]
    coding_test: Mapped[CodingTest | None]
    team_delivery: Mapped[Delivery | None]  # where it is not as the employer says of itself
    client: Mapped[str] = mapped_column(String(100), default="")
    confidential: Mapped[bool] = mapped_column(default=False)
    evergreen: Mapped[bool] = mapped_column(default=False)
    apply_by: Mapped[ApplyBy] = mapped_column(default=ApplyBy.BOARD)
    apply_to: Mapped[str] = mapped_column(String(500), default="")
    description: Mapped[str] = mapped_column(Text)
    closes_on: Mapped[date | None]

    @property
    def lists(self) -> Lists:
        raise NotImplementedError

    def read_particulars(self) -> PostingParticulars | None:
        raise NotImplementedError

    @property
    def coding_types(self) -> tuple[str, ...]:
        return self._terms(TermKind.CODING_TYPE)

    @property
    def specialties(self) -> tuple[str, ...]:
        return self._terms(TermKind.SPECIALTY)

    @property
    def states(self) -> tuple[str, ...]:
        return self._terms(TermKind.STATE)

    @property
    def excluded(self) -> tuple[str, ...]:
        """States, where they were written so; ``states`` then holds the rest."""
        return self._terms(TermKind.EXCLUDED_STATE)

    @property
    def code_sets(self) -> tuple[str, ...]:
        return self._terms(TermKind.CODE_SET)

    @property
    def software(self) -> tuple[str, ...]:
        return self._terms(TermKind.SOFTWARE)

    @property
    def years_in(self) -> Mapping[str, int]:
        """Coding type or specialty → years of it that are asked for."""
        return self.lists.years_in

    @property
    def more_places(self) -> tuple[Place, ...]:
        return self.lists.more_places

    @property
    def preferred(self) -> tuple[str, ...]:
        return self.lists.preferred

    @property
    def required(self) -> Requirement:
        return self.lists.required

    @property
    def mentoring(self) -> Mentoring:
        return self._part(Mentoring)

    @property
    def production(self) -> Production:
        return self._part(Production)

    @property
    def workplace(self) -> Workplace:
        return self._part(Workplace)

    @property
    def hiring(self) -> Hiring:
        return self._part(Hiring)

    @property
    def extras(self) -> Extras:
        return self._part(Extras)

    @property
    def custom(self) -> Custom:
        return self._part(Custom)

    @property
    def details(self) -> PostingDetails:
        """What the employer wrote, as ``revise`` takes it."""
        return PostingDetails(
            **{one.name: getattr(self, one.name) for one in fields(PostingDetails)}
        )

    def _terms(self, kind: TermKind) -> tuple[str, ...]:
        return self.lists.terms.get(kind, ())

    def _part(self, kind: type[Part]) -> Part:
        particulars = self.read_particulars()
        return particulars.part(kind) if particulars else kind()
