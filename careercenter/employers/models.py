"""The organizations that hire, and the people who act for them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.employers.rights import RIGHTS, Right
from careercenter.employers.rights import MemberRole as MemberRole


class Delivery(StrEnum):
    """Where an employer has its coding done."""

    ONSHORE = "onshore"  # in the United States only
    MIXED = "mixed"
    OFFSHORE = "offshore"
    UNDISCLOSED = "undisclosed"


class Clients(StrEnum):
    """Whether an agency's postings say for whom the work is."""

    NAMED = "named"
    UNDISCLOSED = "undisclosed"


@dataclass(frozen=True, slots=True)
class Town:
    city: str
    state: str  # code

    @property
    def label(self) -> str:
        return f"{self.city}, {self.state}"


@dataclass(frozen=True, slots=True)
class EmployerDetails:
    name: str
    kind: str  # taxonomy: employer kinds
    about: str = ""  # Markdown
    website: str = ""
    city: str = ""
    state: str = ""
    direct: bool = True
    clients: Clients | None = None  # of an agency; None: not said
    delivery: Delivery = Delivery.UNDISCLOSED
    places: tuple[Town, ...] = ()  # beside the first


class Employer(Base):
    """An organization. ``credit_balance`` always equals the sum of its ledger entries."""

    __tablename__ = "employer"
    __table_args__ = (CheckConstraint("credit_balance >= 0", name="credit_balance"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(40))  # taxonomy: employer kinds
    about: Mapped[str] = mapped_column(Text, default="")  # Markdown
    website: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(2), default="")
    direct: Mapped[bool] = mapped_column(default=True)  # hires for its own work, not for clients
    clients: Mapped[Clients | None]
    delivery: Mapped[Delivery] = mapped_column(default=Delivery.UNDISCLOSED)
    logo_key: Mapped[str | None] = mapped_column(String(64), unique=True)  # in the file store
    weekly_letter: Mapped[bool] = mapped_column(default=True)
    credit_balance: Mapped[int] = mapped_column(default=0)
    stripe_customer_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]
    owes_at: Mapped[datetime | None]  # since when an invoice is overdue for too long
    nonprofit_at: Mapped[datetime | None]  # when staff had seen that it is one
    nonprofit_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # of staff
    version: Mapped[int] = mapped_column()

    place_rows: Mapped[list["EmployerPlace"]] = relationship(
        cascade="all, delete-orphan", order_by="EmployerPlace.position"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def places(self) -> tuple[Town, ...]:
        """Where it is, beside its first place."""
        return tuple(Town(row.city, row.state) for row in self.place_rows)

    def describe(self, details: EmployerDetails) -> None:
        self.name, self.kind = details.name, details.kind
        self.about, self.website = details.about, details.website
        self.city, self.state = details.city, details.state
        self.direct, self.clients = details.direct, details.clients
        self.delivery = details.delivery
        if details.places != self.places:
            self.place_rows = [
                EmployerPlace(position=n, city=town.city, state=town.state)
                for n, town in enumerate(details.places)
            ]


class EmployerPlace(Base):
    """A further place of an employer."""

    __tablename__ = "employer_place"

    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    city: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(2))


class Member(Base):
    """A person acting for an employer. A person acts for one.

    It is changed under the employer's lock, so that there is always an owner.
    """

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(primary_key=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), unique=True)
    role: Mapped[MemberRole] = mapped_column(default=MemberRole.OWNER)
    joined_at: Mapped[datetime | None]  # None: before this was noted
    version: Mapped[int] = mapped_column()

    employer: Mapped[Employer] = relationship(lazy="joined", innerjoin=True)
    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}

    def may(self, right: str) -> bool:
        """``right``: a ``Right``, or its value, as templates write it."""
        return Right(right) in RIGHTS[self.role]


class EmployerMerge(Base):
    """What was one employer's is now another's. Never edited; its old address leads on."""

    __tablename__ = "employer_merge"

    gone_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    old_slug: Mapped[str] = mapped_column(String(100), unique=True)
    moderator_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    merged_at: Mapped[datetime]
    postings: Mapped[int]  # how many moved
    members: Mapped[int]
    credits: Mapped[int]

    gone: Mapped[Employer] = relationship(foreign_keys=gone_id)
    kept: Mapped[Employer] = relationship(foreign_keys=kept_id)
    moderator: Mapped[User] = relationship()
