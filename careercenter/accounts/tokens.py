"""Signed links in letters. Each purpose has its own salt, age and way of being used once."""

from datetime import timedelta
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer

from careercenter.accounts.models import User
from careercenter.config import Settings
from careercenter.errors import DomainError

CONFIRM_AGE = timedelta(days=3)
RESET_AGE = timedelta(hours=1)


class BadLink(DomainError):
    """The link was changed, is too old, or was used (400)."""

    def __init__(self) -> None:
        super().__init__("That link is invalid or has expired.")


class Tokens:
    def __init__(self, settings: Settings) -> None:
        keys = [*reversed(settings.secret_key_fallbacks), settings.secret_key]
        self._keys = keys
        self._confirm = URLSafeTimedSerializer(keys, salt="confirm-address")
        self._reset = URLSafeTimedSerializer(keys, salt="reset-password")

    def link(self, purpose: str, public_id: str) -> str:
        """Names a row that itself knows until when, and how often, the link may be followed."""
        return str(URLSafeSerializer(self._keys, salt=purpose).dumps(public_id))

    def read_link(self, purpose: str, token: str) -> str:
        """The row's public id."""
        try:
            return str(URLSafeSerializer(self._keys, salt=purpose).loads(token))
        except BadSignature as error:
            raise BadLink from error

    def confirm(self, user: User) -> str:
        return str(self._confirm.dumps([user.id, user.email]))

    def read_confirm(self, token: str) -> tuple[int, str]:
        """The user's id and the address that this link proves."""
        user_id, email = _load(self._confirm, token, CONFIRM_AGE)
        return int(str(user_id)), str(email)

    def reset(self, user: User) -> str:
        return str(self._reset.dumps([user.id, _mark(user)]))

    def read_reset(self, token: str) -> tuple[int, str]:
        """The user's id and the mark of the password that this link may replace."""
        user_id, mark = _load(self._reset, token, RESET_AGE)
        return int(str(user_id)), str(mark)


class RowTokens:
    """Links that name a row by its id and are of no use after an age."""

    def __init__(self, settings: Settings, purpose: str, age: timedelta) -> None:
        keys = [*reversed(settings.secret_key_fallbacks), settings.secret_key]
        self._serializer, self._age = URLSafeTimedSerializer(keys, salt=purpose), age

    def make(self, row_id: int) -> str:
        return str(self._serializer.dumps(row_id))

    def read(self, token: str) -> int:
        """The row's id. Raises ``BadLink``."""
        return int(str(_load(self._serializer, token, self._age)))


def still_fresh(user: User, mark: str) -> bool:
    """False once the password was changed: a reset link works once."""
    return _mark(user) == mark


def _mark(user: User) -> str:
    return user.password_hash[-12:]


def _load(serializer: URLSafeTimedSerializer, token: str, age: timedelta) -> Any:
    try:
        return serializer.loads(token, max_age=int(age.total_seconds()))
    except BadSignature as error:
        raise BadLink from error
