"""Passwords: hashed with argon2id, judged by how hard they are to guess."""

import threading
from functools import cache
from importlib import import_module
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from careercenter.errors import Invalid

SHORTEST, LONGEST = 12, 256
GUESSED = 72  # characters that the estimate looks at
HARD_ENOUGH = 3  # of 4

# OWASP's minimum: 26 ms here, where the library's default takes 215. Four at once leave the
# processor to those who search.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_turnstile = threading.BoundedSemaphore(4)
_nobody = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    with _turnstile:
        return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Takes as long for an account that does not exist (None) as for one that does."""
    with _turnstile:
        try:
            _hasher.verify(password_hash or _nobody, password[: LONGEST + 1])
        except (Argon2Error, InvalidHashError):
            return False
    return password_hash is not None


def check_strength(password: str, email: str) -> None:
    """Raises ``Invalid``. No rules of composition: length, and not easy to guess."""
    if len(password) < SHORTEST:
        raise Invalid(f"Use at least {SHORTEST} characters.", "password")
    if len(password) > LONGEST:
        raise Invalid(f"Use at most {LONGEST} characters.", "password")
    near = ["careercenter", "coding ahead", "medical coder", *email.lower().split("@")]
    guess = _zxcvbn().zxcvbn(password[:GUESSED], user_inputs=[*near, email.lower()])
    contains = email.split("@")[0].lower() in password.lower() or "careercenter" in password.lower()
    if guess["score"] < HARD_ENOUGH or contains:
        raise Invalid("Choose a password that is harder to guess.", "password")


@cache
def _zxcvbn() -> Any:
    """The library, when it is first asked: 8 MB of words that most processes never need."""
    return import_module("zxcvbn")
