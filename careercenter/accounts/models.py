"""The people who sign in, their sessions, and how often they tried."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from careercenter.accounts.browsers import browser_words
from careercenter.database import Base

SESSION_LIFE = timedelta(days=30)
STAFF_SESSION_LIFE = timedelta(hours=12)
FRESH = timedelta(minutes=10)  # after the password was entered


class Role(StrEnum):
    CANDIDATE = "candidate"
    EMPLOYER = "employer"
    MODERATOR = "moderator"
    FINANCE = "finance"
    OPERATOR = "operator"


STAFF = frozenset({Role.MODERATOR, Role.FINANCE, Role.OPERATOR})


class User(Base):
    """A person. What they do on the board hangs on ``role``, which stays once it is confirmed."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(80))
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role]
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]  # when the address was proved
    disabled_at: Mapped[datetime | None]

    @property
    def staff(self) -> bool:
        return self.role in STAFF

    @property
    def confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def taken(self) -> bool:
        """Whether it is somebody's; else whoever proves the address has it."""
        return self.confirmed or self.disabled_at is not None

    @property
    def active(self) -> bool:
        return self.confirmed and self.disabled_at is None

    def take(self, name: str, password_hash: str, role: Role, now: datetime) -> None:
        """By whoever has proved the address."""
        self.name, self.password_hash, self.role = name, password_hash, role
        self.confirmed_at = now


class UserSession(Base):
    """A browser that is signed in. Deleting the row signs it out."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the cookie's
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    user_agent: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]  # when the password was last entered again
    expires_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)

    @property
    def browser(self) -> str:
        return browser_words(self.user_agent)

    def valid(self, now: datetime) -> bool:
        return self.expires_at > now and self.user.disabled_at is None

    def fresh(self, now: datetime) -> bool:
        """Whether the password was entered so lately that money may be moved."""
        return now - (self.proved_at or self.created_at) <= FRESH


class RateBucket(Base):
    """How often something was tried in one window of time."""

    __tablename__ = "rate_bucket"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    window_start: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]
