"""Claims of organizations that are on the board already."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.employers.models import Employer
from careercenter.errors import Conflict

LINK_LIFE = timedelta(days=3)
LONGEST_WORDS = 1_000


class Claim(Base):
    """A person asks to act for an employer. Staff decide once the work address is proved."""

    __tablename__ = "claim"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))  # at work, lower case
    words: Mapped[str] = mapped_column(Text, default="")  # to staff
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  # when the work address was proved
    approved_at: Mapped[datetime | None]
    rejected_at: Mapped[datetime | None]
    moderator_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    answer: Mapped[str] = mapped_column(Text, default="")  # to the person
    version: Mapped[int] = mapped_column()

    employer: Mapped[Employer] = relationship(lazy="joined", innerjoin=True)
    user: Mapped[User] = relationship(foreign_keys=user_id, lazy="joined", innerjoin=True)
    moderator: Mapped[User | None] = relationship(foreign_keys=moderator_id)

    __mapper_args__ = {"version_id_col": version}

    @property
    def waiting(self) -> bool:
        return self.approved_at is None and self.rejected_at is None

    def awaits_proof(self, now: datetime) -> bool:
        """Whether the link that was mailed still works."""
        open_ = self.waiting and self.confirmed_at is None
        return open_ and now - self.asked_at <= LINK_LIFE

    def approve(self, moderator: User, now: datetime) -> None:
        """Never before the work address is proved."""
        if not self.waiting or self.confirmed_at is None:
            raise Conflict
        self.moderator, self.approved_at = moderator, now

    def reject(self, moderator: User, answer: str, now: datetime) -> None:
        if not self.waiting:
            raise Conflict
        self.moderator, self.rejected_at, self.answer = moderator, now, answer
