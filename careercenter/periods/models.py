"""Days on the board that were bought."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base


class ListingPeriod(Base):
    """Days on the board that were bought. Approval gives dates; none come when revoked."""

    __tablename__ = "listing_period"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    source_ref: Mapped[str] = mapped_column(String(80), unique=True)  # checkout:7:1 | spend:…
    days: Mapped[int]
    free: Mapped[bool] = mapped_column(default=False)  # nothing was given that could come back
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
