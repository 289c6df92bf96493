"""What employers write. A posting's public face is a listing."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from slugify import slugify
from sqlalchemy import ColumnElement, ForeignKey, Index, Numeric, String, Text, and_
from sqlalchemy.orm import Mapped, composite, mapped_column, relationship

from careercenter.database import Base
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.taxonomy.pay import Pay, hourly_range
from careercenter.taxonomy.requirements import Alternative, Requirement


class PostingStatus(StrEnum):
    DRAFT = "draft"
    CHECKOUT = "checkout"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    PAUSED = "paused"
    REJECTED = "rejected"
    FILLED = "filled"
    CLOSED = "closed"
    REMOVED = "removed"


_slug = lru_cache(maxsize=16_384)(slugify)

# Expiry is not a status: it is a published posting whose time has passed.
S = PostingStatus
MOVES: dict[PostingStatus, frozenset[PostingStatus]] = {
    S.DRAFT: frozenset({S.CHECKOUT, S.IN_REVIEW}),
    S.CHECKOUT: frozenset({S.DRAFT, S.IN_REVIEW}),
    S.IN_REVIEW: frozenset({S.PUBLISHED, S.REJECTED}),
    S.REJECTED: frozenset({S.DRAFT}),
    S.PUBLISHED: frozenset({S.PAUSED, S.FILLED, S.CLOSED, S.REMOVED}),
    S.PAUSED: frozenset({S.PUBLISHED, S.FILLED, S.CLOSED, S.REMOVED}),
    S.FILLED: frozenset({S.CHECKOUT}),
    S.CLOSED: frozenset({S.CHECKOUT}),
    S.REMOVED: frozenset(),
}


class Apprentice(StrEnum):
    """May a new coder apply? Every posting answers."""

    YES = "yes"
    NO = "no"
    CASE_BY_CASE = "case-by-case"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the work is done; degrees are None where the place is unknown to the table."""

    city: str = ""
    state: str = ""
    zip: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PostingDetails:
    """Everything an employer writes in one posting. Slugs are the taxonomy's; money is cents."""

    title: str
    role: str
    coding_types: tuple[str, ...]
    specialties: tuple[str, ...]
    required: Requirement
    preferred: tuple[str, ...]  # credentials
    apprentice: Apprentice
    setting: str
    states: tuple[str, ...]  # where one may live; empty when the setting needs no list
    place: Place  # empty for work that has none
    employment: str
    pay: Pay
    description: str  # Markdown
    closes_on: date | None


class Posting(Base):
    """A job that an employer writes, pays for and ends. ``version`` guards against lost edits."""

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_feed", "search_seq", "id"),
        Index("ix_posting_live", "status", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
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
    description: Mapped[str] = mapped_column(Text)
    closes_on: Mapped[date | None]
    status: Mapped[PostingStatus] = mapped_column(default=PostingStatus.DRAFT)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]  # the first time
    ended_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    search_seq: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    place: Mapped[Place] = composite("city", "state", "zip", "latitude", "longitude")
    pay: Mapped[Pay] = composite(
        "pay_unit", "pay_low_cents", "pay_high_cents", "pay_pace", "pay_floor_cents"
    )
    employer: Mapped[Employer] = relationship(lazy="joined", innerjoin=True)
    term_rows: Mapped[list["PostingTerm"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="PostingTerm.position"
    )
    credential_rows: Mapped[list["PostingCredential"]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        order_by="PostingCredential.group, PostingCredential.position",
    )

    __mapper_args__ = {"version_id_col": version}

    @classmethod
    def live(cls, now: datetime) -> ColumnElement[bool]:
        """What visitors may find: the one rule for the site, the feeds and the index."""
        return and_(cls.status == PostingStatus.PUBLISHED, cls.expires_at > now)

    def is_live(self, now: datetime) -> bool:
        return self.status is S.PUBLISHED and self.expires_at is not None and self.expires_at > now

    def is_expired(self, now: datetime) -> bool:
        begun = self.status in (S.PUBLISHED, S.PAUSED)
        return begun and not (self.expires_at and self.expires_at > now)

    @property
    def editable(self) -> bool:
        return self.status in (S.DRAFT, S.REJECTED)

    @property
    def slug(self) -> str:
        return _slug(self.title, max_length=60, word_boundary=True) or "job"

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
    def preferred(self) -> tuple[str, ...]:
        return tuple(row.credential for row in self.credential_rows if not row.required)

    @property
    def required(self) -> Requirement:
        groups: dict[int, list[Alternative]] = {}
        for row in self.credential_rows:
            if row.required:
                alternative = Alternative(row.credential, row.within_months)
                groups.setdefault(row.group, []).append(alternative)
        return Requirement(tuple(tuple(group) for group in groups.values()))

    def revise(self, details: PostingDetails) -> None:
        """Write what the employer wrote. A live posting is not revised in place."""
        if not self.editable:
            raise Conflict
        hourly = hourly_range(details.pay)
        self.title, self.role, self.apprentice = details.title, details.role, details.apprentice
        self.setting, self.employment = details.setting, details.employment
        self.place, self.pay = details.place, details.pay
        self.hourly_low_cents, self.hourly_high_cents = hourly.low_cents, hourly.high_cents
        self.description, self.closes_on = details.description, details.closes_on
        self._write_lists(details)
        if self.status is S.REJECTED:
            self._move_to(S.DRAFT)

    def open_checkout(self) -> None:
        self._move_to(S.CHECKOUT)

    def leave_checkout(self) -> None:
        self._move_to(S.DRAFT)

    def submit(self, now: datetime) -> None:
        self._move_to(S.IN_REVIEW)
        self.submitted_at = now

    def publish(self, now: datetime, expires_at: datetime) -> None:
        self._move_to(S.PUBLISHED, S.IN_REVIEW)
        self.published_at = self.published_at or now
        self.expires_at = expires_at

    def reject(self) -> None:
        self._move_to(S.REJECTED)

    def pause(self) -> None:
        self._move_to(S.PAUSED)

    def resume(self) -> None:
        self._move_to(S.PUBLISHED, S.PAUSED)

    def fill(self, now: datetime) -> None:
        self._move_to(S.FILLED)
        self.ended_at = now

    def close(self, now: datetime) -> None:
        self._move_to(S.CLOSED)
        self.ended_at = now

    def remove(self, now: datetime) -> None:
        self._move_to(S.REMOVED)
        self.ended_at = now

    def _move_to(self, status: PostingStatus, *origins: PostingStatus) -> None:
        if status not in MOVES[self.status] or self.status not in (origins or MOVES):
            raise Conflict
        self.status = status

    def _terms(self, kind: "TermKind") -> tuple[str, ...]:
        return tuple(row.slug for row in self.term_rows if row.kind is kind)

    def _write_lists(self, details: PostingDetails) -> None:
        lists = {
            TermKind.CODING_TYPE: details.coding_types,
            TermKind.SPECIALTY: details.specialties,
            TermKind.STATE: details.states,
        }
        self.term_rows = [
            PostingTerm(kind=kind, slug=slug, position=n)
            for kind, slugs in lists.items()
            for n, slug in enumerate(slugs)
        ]
        self.credential_rows = [
            PostingCredential(
                group=number,
                position=n,
                credential=alternative.credential,
                within_months=alternative.within_months,
                required=True,
            )
            for number, group in enumerate(details.required.groups)
            for n, alternative in enumerate(group)
        ] + [
            PostingCredential(group=-1, position=n, credential=slug, required=False)
            for n, slug in enumerate(details.preferred)
        ]


class TermKind(StrEnum):
    CODING_TYPE = "coding-type"
    SPECIALTY = "specialty"
    STATE = "state"  # whose residents may do this work


class PostingTerm(Base):
    """One value of one of a posting's lists."""

    __tablename__ = "posting_term"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    kind: Mapped[TermKind] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]


class PostingCredential(Base):
    """One alternative of its ``group``; every group must be met. Group -1 is what is preferred."""

    __tablename__ = "posting_credential"

    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), primary_key=True)
    group: Mapped[int] = mapped_column("group_number", primary_key=True)
    credential: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    within_months: Mapped[int | None]  # of hire; None: at hire
    required: Mapped[bool]
