"""Cards that were declined, for stolen ones are tried out where it costs nothing."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.database import Base
from careercenter.errors import TooMany

MOST = 5  # in an hour, before paying is locked
WINDOW = timedelta(hours=1)
LOCK = timedelta(hours=1)  # after the last of them


class DeclinedCard(Base):
    """One try, as Stripe counts it. Staff may forgive it."""

    __tablename__ = "declined_card"

    charge_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    checkout_id: Mapped[int] = mapped_column(ForeignKey("checkout.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)  # who began to pay
    declined_at: Mapped[datetime] = mapped_column(index=True)
    forgiven_at: Mapped[datetime | None]


class CardsLocked(TooMany):
    """Too many cards were declined (429)."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        why = f"{MOST} cards were declined within an hour, so paying by card is locked until then."
        self.args = (f"{self.args[0]} {why} You have not been charged.",)
