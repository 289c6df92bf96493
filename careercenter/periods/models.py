"""Days on the board that were bought."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base

LEAST_UNUSED = 7  # whole days that are left, from which they come back
UNUSED_RULE = (
    "When you close a posting or mark it as filled with seven or more whole days left, they come "
    "back at once as one credit, good for that many days; free postings and those that stand in a "
    "slot give none back."
)


class ListingPeriod(Base):
    """Days on the board that were bought. Approval gives dates; none come when revoked."""

    __tablename__ = "listing_period"

    id: Mapped[int] = mapped_column(primary_key=True)
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"), index=True)
    source_ref: Mapped[str] = mapped_column(String(80), unique=True)  # checkout:7:1 | spend:…
    days: Mapped[int]
    free: Mapped[bool] = mapped_column(default=False)  # nothing was given that could come back
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("subscription.id"))  # its slot
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    @property
    def returns(self) -> bool:
        """Whether something was given for it that can come back."""
        return not self.free and self.subscription_id is None
