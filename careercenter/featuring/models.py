"""Days as a featured posting that were bought."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base


class FeaturedPeriod(Base):
    """Without dates it waits until its posting is live. The posting's ``featured_until`` follows
    from these, and is what searches ask.
    """

    __tablename__ = "featured_period"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    source_ref: Mapped[str] = mapped_column(String(80), unique=True)  # checkout:7:1
    days: Mapped[int]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
