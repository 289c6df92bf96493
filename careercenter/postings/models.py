"""What employers write. A posting's public face is a listing."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from slugify import slugify
from sqlalchemy import ColumnElement, ForeignKey, Index, Numeric, String, Text, and_
from sqlalchemy.orm import Mapped, composite, mapped_column, query_expression, relationship

from careercenter.database import Base
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.postings.details import Apprentice as Apprentice
from careercenter.postings.details import CodingTest as CodingTest
from careercenter.postings.details import Conditions as Conditions
from careercenter.postings.details import Equipment as Equipment
from careercenter.postings.details import Place as Place
from careercenter.postings.details import PostingDetails as PostingDetails
from careercenter.postings.lifecycle import MOVES as MOVES
from careercenter.postings.lifecycle import PostingStatus as PostingStatus
from careercenter.postings.lists import Lists, read_lists
from careercenter.postings.rows import PostingCredential as PostingCredential
from careercenter.postings.rows import PostingTerm as PostingTerm
from careercenter.postings.rows import PostingYears as PostingYears
from careercenter.postings.rows import TermKind as TermKind
from careercenter.taxonomy.pay import Pay, hourly_range
from careercenter.taxonomy.requirements import Requirement

_slug = lru_cache(maxsize=16_384)(slugify)
S = PostingStatus


def slug_of(title: str) -> str:
    """The words of a posting's address."""
    return _slug(title, max_length=60, word_boundary=True) or "job"


class Posting(Base):
    """A job that an employer writes, pays for and ends. ``version`` guards against lost edits."""

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_feed", "search_seq", "id"),
        Index("ix_posting_employer", "employer_id", "title"),
        Index("ix_posting_live", "status", "expires_at", "employer_id", "published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
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
    conditions: Mapped[Conditions] = composite(
        "experience", "years", "shift", "equipment", "coding_test"
    )
    employer: Mapped[Employer] = relationship(lazy="joined", innerjoin=True)
    term_rows: Mapped[list[PostingTerm]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="PostingTerm.position"
    )
    credential_rows: Mapped[list[PostingCredential]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        order_by="PostingCredential.group, PostingCredential.position",
    )
    years_rows: Mapped[list[PostingYears]] = relationship(
        cascade="all, delete-orphan", order_by="PostingYears.topic"
    )

    # Filled by the queries that read lists with their posting; see ``lists`` below.
    terms_text: Mapped[str | None] = query_expression()
    credentials_text: Mapped[str | None] = query_expression()
    years_text: Mapped[str | None] = query_expression()

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
        return slug_of(self.title)

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
    def preferred(self) -> tuple[str, ...]:
        return self.lists.preferred

    @property
    def required(self) -> Requirement:
        return self.lists.required

    @property
    def details(self) -> PostingDetails:
        """What the employer wrote, as ``revise`` takes it."""
        return PostingDetails(
            title=self.title,
            role=self.role,
            coding_types=self.coding_types,
            specialties=self.specialties,
            required=self.required,
            preferred=self.preferred,
            apprentice=self.apprentice,
            setting=self.setting,
            states=self.states,
            place=self.place,
            employment=self.employment,
            pay=self.pay,
            description=self.description,
            closes_on=self.closes_on,
            conditions=self.conditions,
            years_in=self.years_in,
            code_sets=self.code_sets,
            software=self.software,
        )

    def revise(self, details: PostingDetails) -> None:
        """Write what the employer wrote. A live posting is not revised in place."""
        if not self.editable:
            raise Conflict
        hourly = hourly_range(details.pay)
        self.title, self.role, self.apprentice = details.title, details.role, details.apprentice
        self.setting, self.employment = details.setting, details.employment
        self.place, self.pay = details.place, details.pay
        self.hourly_low_cents, self.hourly_high_cents = hourly.low_cents, hourly.high_cents
        self.conditions = details.conditions
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

    def _terms(self, kind: TermKind) -> tuple[str, ...]:
        return self.lists.terms.get(kind, ())

    @property
    def lists(self) -> Lists:
        """From the texts, where the query read them and nothing was written since."""
        changed = self.__dict__.keys() & {"term_rows", "credential_rows", "years_rows"}
        terms, credentials, years = self.terms_text, self.credentials_text, self.years_text
        if changed or terms is None or credentials is None or years is None:
            lists = (self.term_rows, self.credential_rows, self.years_rows)
            return read_lists(*(",".join(row.entry for row in rows) for rows in lists))
        return read_lists(terms, credentials, years)

    def _write_lists(self, details: PostingDetails) -> None:
        lists = {
            TermKind.CODING_TYPE: details.coding_types,
            TermKind.SPECIALTY: details.specialties,
            TermKind.STATE: details.states,
            TermKind.CODE_SET: details.code_sets,
            TermKind.SOFTWARE: details.software,
        }
        self.term_rows = [
            PostingTerm(kind=kind, slug=slug, position=n)
            for kind, slugs in lists.items()
            for n, slug in enumerate(slugs)
        ]
        self.years_rows = [PostingYears(topic=t, years=n) for t, n in details.years_in.items()]
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
