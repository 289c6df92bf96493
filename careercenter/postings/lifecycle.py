"""A posting's life: its states, its times, and how it moves from one state to the next."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, ForeignKey, and_
from sqlalchemy.orm import Mapped, mapped_column

from careercenter.errors import Conflict

LAST_DAYS = timedelta(days=5)  # on the board, in which it may be renewed


class PostingStatus(StrEnum):
    DRAFT = "draft"
    CHECKOUT = "checkout"
    IN_REVIEW = "in-review"
    PUBLISHED = "published"
    PAUSED = "paused"
    REJECTED = "rejected"
    FILLED = "filled"
    CLOSED = "closed"
    REMOVED = "removed"


class CloseReason(StrEnum):
    """Why an employer takes a posting off the board without having filled it by the board."""

    ELSEWHERE = "elsewhere"  # found somebody by another way
    ON_HOLD = "on-hold"
    CANCELED = "canceled"
    MISTAKE = "mistake"
    OTHER = "other"


# Neither expiry nor waiting for an hour is a status: the clock tells them of what is published.
S = PostingStatus
MOVES: dict[PostingStatus, frozenset[PostingStatus]] = {
    S.DRAFT: frozenset({S.CHECKOUT, S.IN_REVIEW}),
    S.CHECKOUT: frozenset({S.DRAFT, S.IN_REVIEW}),
    S.IN_REVIEW: frozenset({S.PUBLISHED, S.REJECTED, S.DRAFT}),
    S.REJECTED: frozenset({S.DRAFT}),
    S.PUBLISHED: frozenset({S.PAUSED, S.FILLED, S.CLOSED, S.REMOVED, S.DRAFT}),
    S.PAUSED: frozenset({S.PUBLISHED, S.FILLED, S.CLOSED, S.REMOVED}),
    S.FILLED: frozenset({S.CHECKOUT, S.DRAFT}),
    S.CLOSED: frozenset({S.CHECKOUT, S.DRAFT}),
    S.REMOVED: frozenset(),
}
BEFORE_REVIEW = frozenset({S.DRAFT, S.CHECKOUT, S.REJECTED, S.IN_REVIEW})


class Lifecycle:
    """The part of a posting that moves. ``goes_live_at`` is what the employer chose; approval
    turns it into ``published_at``, when the present run on the board began or will begin.
    """

    status: Mapped[PostingStatus] = mapped_column(default=PostingStatus.DRAFT)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    goes_live_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    first_published_at: Mapped[datetime | None]
    reposts: Mapped[int] = mapped_column(default=0)  # runs on the board after the first
    confirmed_at: Mapped[datetime | None]  # when the employer last said that it is true
    paused_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    close_reason: Mapped[CloseReason | None]
    expires_at: Mapped[datetime | None]
    featured_until: Mapped[datetime | None]  # billing writes it
    auto_renews: Mapped[bool] = mapped_column(default=False)  # by a credit or in a slot
    folded_into_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"))  # a copy

    @classmethod
    def live(cls, now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
        """What visitors may find: the one rule for the site, the feeds and the index."""
        return and_(cls.upcoming(now), cls.published_at <= now)

    @classmethod
    def upcoming(cls, now: datetime | BindParameter[Any]) -> ColumnElement[bool]:
        """What is live or will be at its hour: an index holds it, and tells by the clock."""
        alone = cls.folded_into_id.is_(None)
        return and_(cls.status == S.PUBLISHED, cls.expires_at > now, alone)

    def is_live(self, now: datetime) -> bool:
        if self.status is not S.PUBLISHED or self.folded_into_id is not None:
            return False
        if self.published_at is None or self.expires_at is None:
            return False
        return self.published_at <= now < self.expires_at

    def is_scheduled(self, now: datetime) -> bool:
        """Approved, and its hour has not come."""
        begins = self.status is S.PUBLISHED and self.published_at
        return bool(begins and begins > now)

    def is_expired(self, now: datetime) -> bool:
        """What is paused does not expire: its days wait."""
        return self.status is S.PUBLISHED and not (self.expires_at and self.expires_at > now)

    @property
    def reconfirmed_at(self) -> datetime | None:
        """When its employer confirmed it after it was posted."""
        if self.confirmed_at is None or self.published_at is None:
            return None
        return self.confirmed_at if self.confirmed_at > self.published_at else None

    @property
    def editable(self) -> bool:
        return self.status in (S.DRAFT, S.REJECTED)

    def check_on_board(self) -> None:
        """Raises ``Conflict`` for what is neither live, nor scheduled, nor paused."""
        if self.status not in (S.PUBLISHED, S.PAUSED):
            raise Conflict

    def open_checkout(self) -> None:
        self._move_to(S.CHECKOUT)

    def leave_checkout(self) -> None:
        self._move_to(S.DRAFT, S.CHECKOUT)

    def submit(self, now: datetime) -> None:
        self._move_to(S.IN_REVIEW)
        self.submitted_at = now

    def withdraw(self) -> None:
        """Back from review, before anybody decided."""
        self._move_to(S.DRAFT, S.IN_REVIEW)

    def schedule(self, at: datetime | None) -> None:
        """Go live no earlier than ``at``; None: as soon as it is approved."""
        if self.status not in BEFORE_REVIEW:
            raise Conflict
        self.goes_live_at = at

    def publish(self, begins_at: datetime, expires_at: datetime) -> None:
        """Approval. ``begins_at`` may be in the future."""
        self._move_to(S.PUBLISHED, S.IN_REVIEW)
        if self.first_published_at is None:
            self.first_published_at = begins_at
        else:
            self.reposts += 1
        self.published_at, self.expires_at = begins_at, expires_at
        self.confirmed_at = begins_at
        self.goes_live_at = self.ended_at = self.close_reason = None

    def reschedule(self, begins_at: datetime, expires_at: datetime, now: datetime) -> None:
        """Approved, with its hour still to come: another hour."""
        if not self.is_scheduled(now):
            raise Conflict
        if self.first_published_at == self.published_at:
            self.first_published_at = begins_at
        self.published_at = self.confirmed_at = begins_at
        self.expires_at = expires_at

    def confirm(self, now: datetime) -> None:
        """The employer says that it is still true."""
        self.confirmed_at = now

    def reject(self) -> None:
        self._move_to(S.REJECTED)

    def pause(self, now: datetime) -> None:
        """The days that are left wait until it is resumed."""
        if not self.is_live(now):
            raise Conflict
        self._move_to(S.PAUSED)
        self.paused_at = now

    def resume(self, expires_at: datetime) -> None:
        """``expires_at``: when its days end now that they go on."""
        self._move_to(S.PUBLISHED, S.PAUSED)
        self.paused_at, self.expires_at = None, expires_at

    def fill(self, now: datetime) -> None:
        self._move_to(S.FILLED)
        self.ended_at = now

    def close(self, now: datetime, reason: CloseReason | None = None) -> None:
        self._move_to(S.CLOSED)
        self.ended_at, self.close_reason = now, reason

    def relist(self, now: datetime) -> None:
        """A draft again, to be looked over, paid for and reviewed once more."""
        if self.status is S.PUBLISHED and not self.is_expired(now):
            raise Conflict
        self._move_to(S.DRAFT, S.PUBLISHED, S.FILLED, S.CLOSED)
        self.ended_at = self.close_reason = self.goes_live_at = None

    def remove(self, now: datetime) -> None:
        self._move_to(S.REMOVED)
        self.ended_at = now

    def _move_to(self, status: PostingStatus, *origins: PostingStatus) -> None:
        if status not in MOVES[self.status] or self.status not in (origins or MOVES):
            raise Conflict
        self.status = status
