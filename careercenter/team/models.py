"""Invitations to act for an employer."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.employers.models import Employer, MemberRole

GOOD_FOR = timedelta(days=7)
INVITATIONS_A_DAY = 30  # of one employer


class Invitation(Base):
    """Changed under the employer's lock. The mailed link names it by ``public_id``."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))  # lower case
    role: Mapped[MemberRole]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    employer: Mapped[Employer] = relationship(lazy="joined", innerjoin=True)
    invited_by: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @property
    def waiting(self) -> bool:
        """Neither accepted nor withdrawn; its time may have passed."""
        return self.accepted_at is None and self.withdrawn_at is None

    def is_open(self, now: datetime) -> bool:
        return self.waiting and self.expires_at > now
