"""What employers write. A posting's public face is a listing."""

from datetime import datetime
from functools import lru_cache

from slugify import slugify
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, composite, mapped_column, query_expression, relationship
from sqlalchemy.orm.attributes import flag_modified

from careercenter.database import Base
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.postings.details import AccuracyBasis as AccuracyBasis
from careercenter.postings.details import ApplyBy as ApplyBy
from careercenter.postings.details import Applying as Applying
from careercenter.postings.details import Apprentice as Apprentice
from careercenter.postings.details import BelowTarget as BelowTarget
from careercenter.postings.details import CodingTest as CodingTest
from careercenter.postings.details import Conditions as Conditions
from careercenter.postings.details import Disclosure as Disclosure
from careercenter.postings.details import Equipment as Equipment
from careercenter.postings.details import Extras as Extras
from careercenter.postings.details import Hiring as Hiring
from careercenter.postings.details import Mentoring as Mentoring
from careercenter.postings.details import Monitoring as Monitoring
from careercenter.postings.details import Per as Per
from careercenter.postings.details import Place as Place
from careercenter.postings.details import PostingDetails as PostingDetails
from careercenter.postings.details import Production as Production
from careercenter.postings.details import WhenTested as WhenTested
from careercenter.postings.details import Workplace as Workplace
from careercenter.postings.details import spoken_hour as spoken_hour
from careercenter.postings.lifecycle import LAST_DAYS, Lifecycle
from careercenter.postings.lifecycle import MOVES as MOVES
from careercenter.postings.lifecycle import CloseReason as CloseReason
from careercenter.postings.lifecycle import PostingStatus as PostingStatus
from careercenter.postings.lists import PARTED, Lists, read_lists, states_at
from careercenter.postings.particulars import PostingParticulars as PostingParticulars
from careercenter.postings.rows import PostingCredential as PostingCredential
from careercenter.postings.rows import PostingPlace as PostingPlace
from careercenter.postings.rows import PostingTerm as PostingTerm
from careercenter.postings.rows import PostingYears as PostingYears
from careercenter.postings.rows import TermKind as TermKind
from careercenter.postings.rows import (
    credential_columns,
    place_columns,
    term_columns,
    years_columns,
)
from careercenter.postings.written import Written
from careercenter.taxonomy.pay import Pay, hourly_range

_slug = lru_cache(maxsize=16_384)(slugify)
S = PostingStatus
CONFIDENTIAL = "Confidential employer"
LISTS = ("term_rows", "credential_rows", "years_rows", "place_rows")  # as their text has them


def slug_of(title: str) -> str:
    """The words of a posting's address."""
    return _slug(title, max_length=60, word_boundary=True) or "job"


class Posting(Lifecycle, Written, Base):
    """A job that an employer writes, pays for and ends. ``version`` guards against lost edits."""

    __tablename__ = "posting"
    __table_args__ = (
        Index("ix_posting_feed", "search_seq", "id"),
        Index("ix_posting_employer", "employer_id", "title"),
        Index(
            "ix_posting_live",
            "status",
            "expires_at",
            "employer_id",
            "published_at",
            "folded_into_id",
        ),
        Index("ix_posting_folded", "folded_into_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"))
    search_seq: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    place: Mapped[Place] = composite("city", "state", "zip", "latitude", "longitude")
    pay: Mapped[Pay] = composite(
        "pay_unit", "pay_low_cents", "pay_high_cents", "pay_pace", "pay_floor_cents"
    )
    conditions: Mapped[Conditions] = composite(
        "experience", "years", "shift", "equipment", "coding_test"
    )
    disclosure: Mapped[Disclosure] = composite(
        "team_delivery", "client", "confidential", "evergreen"
    )
    applying: Mapped[Applying] = composite("apply_by", "apply_to")
    employer: Mapped[Employer] = relationship(lazy="joined", innerjoin=True)
    folded_into: Mapped["Posting | None"] = relationship(remote_side="Posting.id")
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
    place_rows: Mapped[list[PostingPlace]] = relationship(
        cascade="all, delete-orphan", order_by="PostingPlace.position"
    )
    particulars: Mapped[PostingParticulars | None] = relationship(cascade="all, delete-orphan")

    # Filled by the queries that read lists with their posting; see ``lists`` below.
    lists_text: Mapped[str | None] = query_expression()

    __mapper_args__ = {"version_id_col": version}

    @property
    def slug(self) -> str:
        return slug_of(self.title)

    @property
    def shown_employer(self) -> str:
        """The employer's name as the public reads it."""
        return CONFIDENTIAL if self.confidential else self.employer.name

    @property
    def place_states(self) -> tuple[str, ...]:
        """The states of its places of work."""
        return states_at(self.state, self.more_places)

    def revise(self, details: PostingDetails) -> None:
        """Write what the employer wrote. A live posting is not revised in place."""
        if not self.editable:
            raise Conflict
        self._write(details)
        if self.status is S.REJECTED:
            self._move_to(S.DRAFT)

    def amend(self, details: PostingDetails) -> None:
        """Write what may be changed while it is on the board."""
        self.check_on_board()
        self._write(details)

    def _write(self, details: PostingDetails) -> None:
        hourly = hourly_range(details.pay)
        self.title, self.role, self.apprentice = details.title, details.role, details.apprentice
        self.setting, self.employment = details.setting, details.employment
        self.place, self.pay = details.place, details.pay
        self.hourly_low_cents, self.hourly_high_cents = hourly.low_cents, hourly.high_cents
        self.conditions = details.conditions
        self.disclosure, self.applying = details.disclosure, details.applying
        self.description, self.closes_on = details.description, details.closes_on
        self._write_lists(details)
        self.particulars = self.particulars or PostingParticulars()
        self.particulars.take(details)
        flag_modified(self, "title")  # a new version, also where only a list is another

    def may_renew(self, now: datetime) -> bool:
        """In its last days, unless it is the closing date that ends it."""
        if not self.is_live(now) or self.expires_at is None:
            return False
        closing = self.closes_on is not None and self.closes_on <= self.expires_at.date()
        return self.expires_at - now <= LAST_DAYS and not closing

    def read_particulars(self) -> PostingParticulars | None:
        return self.particulars

    @property
    def lists(self) -> Lists:
        """From their text, where the query read it and nothing was written since."""
        text = self.lists_text
        if text is None or not self.__dict__.keys().isdisjoint(LISTS):
            rows = (getattr(self, name) for name in LISTS)
            text = PARTED.join(",".join(row.entry for row in some) for some in rows)
        return read_lists(text)

    def _write_lists(self, details: PostingDetails) -> None:
        self.term_rows = [PostingTerm(**row) for row in term_columns(details)]
        self.years_rows = [PostingYears(**row) for row in years_columns(details)]
        self.place_rows = [PostingPlace(**row) for row in place_columns(details)]
        self.credential_rows = [PostingCredential(**row) for row in credential_columns(details)]
