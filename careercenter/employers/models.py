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


@dataclass(frozen=True, slots=True)
class EmployerDetails:
    name: str
    kind: str  # taxonomy: employer kinds
    about: str = ""  # Markdown
    website: str = ""
    city: str = ""
    state: str = ""
    direct: bool = True
    delivery: Delivery = Delivery.UNDISCLOSED


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
    delivery: Mapped[Delivery] = mapped_column(default=Delivery.UNDISCLOSED)
    credit_balance: Mapped[int] = mapped_column(default=0)
    stripe_customer_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    created_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


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
