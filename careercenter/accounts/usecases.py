"""Registering, signing in and out, and proving an address."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts import queries
from careercenter.accounts.models import (
    SESSION_LIFE,
    STAFF_SESSION_LIFE,
    RateBucket,
    Role,
    User,
    UserSession,
)
from careercenter.accounts.tokens import BadLink, Tokens, still_fresh
from careercenter.database import upsert
from careercenter.errors import Conflict, Invalid, TooMany

LETTERS_A_DAY = 5
WRONG = "Email or password is incorrect."


NO_PASSWORD = ""  # matches none


def register(session: Session, email: str, name: str, role: Role, now: datetime) -> None:
    """Make an account, or tell its owner that there is one. The caller learns neither.

    Whoever opens the mailed link chooses the password: who asks may be a stranger. Until then the
    account is worth nothing, and whoever asks next describes it anew.
    """
    user = queries.by_email(session, email)
    if user is None:
        user = add_user(session, email, name, NO_PASSWORD, role, now)
    elif not user.taken:
        user.name, user.role = name, role
    if may_write_to(session, email, now):
        letter = "already_registered" if user.taken else "confirm_address"
        outbox.send_email(session, letter, user.id, now)


def add_user(
    session: Session, email: str, name: str, password_hash: str, role: Role, now: datetime
) -> User:
    user = User(
        email=email.strip().lower(),
        name=name,
        password_hash=password_hash,
        role=role,
        created_at=now,
    )
    session.add(user)
    session.flush()  # the promises about it need its id
    return user


def confirm_address(
    session: Session, tokens: Tokens, token: str, name: str, password_hash: str, now: datetime
) -> User:
    """Raises ``BadLink`` for a link that is changed, old, or was used."""
    user_id, email = tokens.read_confirm(token)
    user = queries.locked(session, user_id)
    if user.email != email or user.taken:
        raise BadLink
    user.take(name, password_hash, user.role, now)
    return user


def join(
    session: Session, email: str, name: str, password_hash: str, role: Role, now: datetime
) -> User:
    """An account for an address that a mailed link has proved, also where somebody registered it
    and never confirmed. Raises ``Conflict`` for one that is in use.
    """
    user = queries.by_email(session, email)
    if user is None:
        user = add_user(session, email, name, password_hash, role, now)
    user = queries.locked(session, user.id)
    if user.taken:
        raise Conflict
    user.take(name, password_hash, role, now)
    return user


def sign_in(
    session: Session, email: str, proved: str | None, user_agent: str, now: datetime
) -> tuple[User, str]:
    """The user and the token of the new session.

    ``proved`` is the password hash that the password was found to match, if it matched: that takes
    long and happens before the transaction. Raises ``Invalid``, the same for every cause.
    """
    user = queries.by_email(session, email)
    if user is None or user.password_hash != proved or not user.active:
        raise Invalid(WRONG, "password")
    return user, open_session(session, user, user_agent, now)


def open_session(session: Session, user: User, user_agent: str, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    life = STAFF_SESSION_LIFE if user.staff else SESSION_LIFE
    session.add(
        UserSession(
            token_hash=queries.token_hash(token),
            user=user,
            user_agent=user_agent[:200],
            created_at=now,
            expires_at=now + life,
        )
    )
    return token


def prove(session: Session, token: str, user_id: int, proved: str | None, now: datetime) -> None:
    """The password was entered again, in this browser. Raises ``Invalid``; as in ``sign_in``."""
    user, opened = queries.by_id(session, user_id), queries.session_of(session, token, now)
    if opened is None or user.password_hash != proved:
        raise Invalid("Enter your current password.", "password")
    opened.proved_at = now


def sign_out(session: Session, token: str) -> None:
    hashed = queries.token_hash(token)
    session.execute(delete(UserSession).where(UserSession.token_hash == hashed))


def sign_out_everywhere(session: Session, user_id: int) -> None:
    session.execute(delete(UserSession).where(UserSession.user_id == user_id))


def ask_for_reset(session: Session, email: str, now: datetime) -> None:
    """The same work for an address that is known and for one that is not."""
    user = queries.by_email(session, email)
    allowed = may_write_to(session, email, now)
    if allowed and user is not None and user.disabled_at is None:
        letter = "reset_password" if user.confirmed else "confirm_address"
        outbox.send_email(session, letter, user.id, now)


def reset_password(
    session: Session, tokens: Tokens, token: str, password_hash: str, now: datetime
) -> None:
    """Set a new password by a mailed link; every browser is signed out. Raises ``BadLink``."""
    user_id, mark = tokens.read_reset(token)
    user = queries.locked(session, user_id)
    if not still_fresh(user, mark):
        raise BadLink
    _set_password(session, user, password_hash, now)


def change_password(
    session: Session, user_id: int, proved: str | None, password_hash: str, now: datetime
) -> User:
    """Every browser is signed out; the caller opens a new session for this one.

    ``proved`` is the hash that the current password was found to match, as in ``sign_in``.
    """
    user = queries.locked(session, user_id)
    if user.password_hash != proved:
        raise Invalid("Enter your current password.", "current")
    _set_password(session, user, password_hash, now)
    return user


def _set_password(session: Session, user: User, password_hash: str, now: datetime) -> None:
    user.password_hash = password_hash
    sign_out_everywhere(session, user.id)
    outbox.send_email(session, "password_changed", user.id, now)


def may_write_to(session: Session, email: str, now: datetime) -> bool:
    """Whether this address may get one more letter that anybody could have asked for."""
    key = f"letter:{queries.token_hash(email.strip().lower())[:24]}"
    try:
        count_attempts(session, [(key, LETTERS_A_DAY)], timedelta(days=1), now)
    except TooMany:
        return False
    return True


def count_attempts(
    session: Session, keys: Sequence[tuple[str, int]], window: timedelta, now: datetime
) -> None:
    """Count one attempt under each (key, limit). Raises ``TooMany`` above a limit.

    The caller commits before it goes on, whatever the outcome, so that a failure counts too.
    """
    start = datetime.fromtimestamp(
        now.timestamp() // window.total_seconds() * window.total_seconds(), UTC
    )
    for key, limit in keys:
        row = upsert(session, RateBucket).values(key=key, window_start=start, count=1)
        counted = row.on_conflict_do_update(
            index_elements=[RateBucket.key, RateBucket.window_start],
            set_={"count": RateBucket.count + 1},
        ).returning(RateBucket.count)
        if session.execute(counted).scalar_one() > limit:
            raise TooMany(int((start + window - now).total_seconds()) + 1)


def forget_old_attempts(session: Session, _: str, now: datetime) -> None:
    """A daily task: counters and sessions that no longer matter."""
    session.execute(delete(RateBucket).where(RateBucket.window_start < now - timedelta(days=2)))
    session.execute(delete(UserSession).where(UserSession.expires_at < now))
