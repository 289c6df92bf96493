"""Who is asking, and view decorators that say who may enter."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from flask import abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user, login_user
from werkzeug.wrappers import Response

from careercenter import clock
from careercenter.accounts import queries
from careercenter.accounts.models import STAFF, Role, User
from careercenter.extensions import db, login_manager

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

KEPT = ("device", "guest")  # of a cookie, when somebody signs in: what the browser remembers

# Werkzeug drops control characters from a Location, so "/\t/evil.test" would leave the site.
_SAFE_PATH = re.compile(r"/(?![/\\])[!-\[\]-~]*")


class SignedIn(UserMixin):  # type: ignore[misc]
    """The person of this request. Its id is the token of a session row, not the user's."""

    def __init__(self, user: User, token: str) -> None:
        self.user = user
        self.token = token

    def get_id(self) -> str:
        return self.token

    @property
    def id(self) -> int:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def role(self) -> Role:
        return self.user.role


@login_manager.user_loader
def load(token: str) -> SignedIn | None:
    found = queries.session_of(db.session, token, clock.now())
    return SignedIn(found.user, token) if found else None


def ask_to_sign_in() -> Response:
    path = request.full_path.rstrip("?") if request.method == "GET" else "/"
    return redirect(url_for("accounts.login", next=path))


login_manager.unauthorized_handler(ask_to_sign_in)


def begin_session(user: User, token: str) -> None:
    """Tell the browser. A fresh cookie, so that one planted before is worth nothing."""
    kept = {key: session[key] for key in KEPT if key in session}
    session.clear()
    session.update(kept)
    session.permanent = True
    login_user(SignedIn(user, token))


def role_required(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Let in those of a role; others who are signed in get 403, strangers the sign-in page."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return ask_to_sign_in()
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        guarded.access = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


signed_in = role_required(*Role)
candidate_required = role_required(Role.CANDIDATE)
employer_required = role_required(Role.EMPLOYER)
moderator_required = role_required(Role.MODERATOR)
finance_required = role_required(Role.FINANCE)
staff_required = role_required(*STAFF)


def fresh_sign_in(page: str, *names: str) -> Callable[[View[P]], View[P]]:
    """Under a role's decorator: who entered the password some time ago does it again, and is led to
    ``page`` after it, with those of the address's values that ``names`` names.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not is_fresh():
                values: dict[str, Any] = {name: kwargs[name] for name in names}
                back = url_for(page, **values)
                return redirect(url_for("accounts.prove", next=back), 303)
            return view(*args, **kwargs)

        return guarded

    return decorate


def is_fresh() -> bool:
    """Whether whoever asks entered the password a few minutes ago."""
    now = clock.now()
    opened = queries.session_of(db.session, current_user.token, now)
    return opened is not None and opened.fresh(now)


def safe_next(target: str | None, default: str) -> str:
    """A path of this site, or ``default``."""
    if target and _SAFE_PATH.fullmatch(target) and "//" not in target:
        return target
    return default


def caller_key(purpose: str) -> str:
    """A counter's key for the address that asks; the address itself is not kept."""
    secret = str(current_app.config["SECRET_KEY"]).encode()
    address = (request.remote_addr or "").encode()
    return f"{purpose}:ip:{hashlib.blake2b(address, key=secret[:64], digest_size=12).hexdigest()}"


def desk_url(role: Role) -> str:
    """Where a person of this role starts."""
    if role is Role.EMPLOYER:
        return url_for("hire.desk")
    desks = {
        Role.CANDIDATE: "me.desk",
        Role.MODERATOR: "moderation.queue",
        Role.FINANCE: "books.health",
    }
    return url_for(desks.get(role, "accounts.settings"))
