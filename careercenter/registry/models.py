"""The record of organizations that became one."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.models import User
from careercenter.database import Base
from careercenter.employers.models import Employer


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
