"""Finding people and their sessions."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.accounts.models import User, UserSession


def by_email(session: Session, email: str) -> User | None:
    return session.scalars(select(User).where(User.email == email.strip().lower())).one_or_none()


def password_hash_of(session: Session, email: str) -> str | None:
    wanted = select(User.password_hash).where(User.email == email.strip().lower())
    return session.scalar(wanted)


def by_id(session: Session, user_id: int | str) -> User:
    return session.scalars(select(User).where(User.id == int(user_id))).one()


def is_taken(session: Session, email: str) -> bool:
    """Whether the address is somebody's, see ``User.taken``."""
    user = by_email(session, email)
    return user is not None and user.taken


def locked(session: Session, user_id: int) -> User:
    found = select(User).where(User.id == user_id).with_for_update()
    return session.scalars(found.execution_options(populate_existing=True)).one()


def session_of(session: Session, token: str, now: datetime) -> UserSession | None:
    """The signed-in browser that holds this token, if it may still be used."""
    found = session.scalars(
        select(UserSession).where(UserSession.token_hash == token_hash(token))
    ).one_or_none()
    return found if found and found.valid(now) else None


def sessions_of(session: Session, user_id: int, now: datetime) -> Sequence[UserSession]:
    return session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.expires_at > now)
        .order_by(UserSession.created_at.desc())
    ).all()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
