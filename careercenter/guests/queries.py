"""Finding what guests wrote, scoped to the browser that holds the key."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from careercenter.accounts.queries import token_hash
from careercenter.errors import Conflict
from careercenter.guests.models import KEPT_FOR, REMIND_AFTER, GuestDraft

MOST_REMINDED = 500  # in one go


def of_browser(session: Session, key: str, now: datetime) -> Sequence[GuestDraft]:
    """What a browser began and nobody claimed, the newest first."""
    mine = (GuestDraft.key_hash == token_hash(key), GuestDraft.claimed_at.is_(None))
    recent = GuestDraft.changed_at > now - KEPT_FOR
    return session.scalars(
        select(GuestDraft).where(*mine, recent).order_by(GuestDraft.id.desc())
    ).all()


def owned_by(session: Session, key: str, public_id: str) -> GuestDraft:
    """Raises ``NoResultFound`` for another browser's."""
    return session.scalars(_owned(key, public_id)).one()


def locked(session: Session, key: str, public_id: str, version: int) -> GuestDraft:
    """The browser's own, locked. Raises ``Conflict`` if it is not what was seen."""
    mine = _owned(key, public_id).with_for_update().execution_options(populate_existing=True)
    draft = session.scalars(mine).one()
    if draft.version != version:
        raise Conflict
    return draft


def by_public_id(session: Session, public_id: str) -> GuestDraft | None:
    """Anybody's: for whoever got the mailed link."""
    named = select(GuestDraft).where(GuestDraft.public_id == public_id)
    return session.scalars(named).one_or_none()


def locked_by_public_id(session: Session, public_id: str) -> GuestDraft:
    named = select(GuestDraft).where(GuestDraft.public_id == public_id)
    fresh = named.with_for_update().execution_options(populate_existing=True)
    return session.scalars(fresh).one()


def to_remind(session: Session, now: datetime) -> Sequence[GuestDraft]:
    """Those whose link has lain unused for three days, and who were never reminded; locked."""
    return session.scalars(
        select(GuestDraft)
        .where(
            GuestDraft.claimed_at.is_(None),
            GuestDraft.reminded_at.is_(None),
            GuestDraft.asked_at <= now - REMIND_AFTER,
            GuestDraft.changed_at > now - KEPT_FOR,
        )
        .order_by(GuestDraft.id)
        .limit(MOST_REMINDED)
        .with_for_update(skip_locked=True)
    ).all()


def _owned(key: str, public_id: str) -> Select[GuestDraft]:
    mine = (GuestDraft.key_hash == token_hash(key), GuestDraft.public_id == public_id)
    return select(GuestDraft).where(*mine, GuestDraft.claimed_at.is_(None))
