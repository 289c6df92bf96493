"""Views that only a member of an employer may enter, and what each role may do there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter.accounts.access import employer_required
from careercenter.employers.models import Member
from careercenter.employers.queries import member_of
from careercenter.employers.rights import ROLE_WORDS, Right
from careercenter.errors import Forbidden
from careercenter.extensions import SAFE, db

P = ParamSpec("P")
MemberView = Callable[Concatenate[Member, P], ResponseReturnValue]
View = Callable[P, ResponseReturnValue]


def member_may(right: Right) -> Callable[[MemberView[P]], View[P]]:
    """Give the view the ``Member`` as its first argument if the role has this right, else 403."""
    return lambda view: _guard(view, right)


def member_required(view: MemberView[P]) -> View[P]:
    """As ``member_may``, for reading or else for writing: who names no right gets the narrow one.

    Whoever has no organization names one.
    """
    return _guard(view, None)


def _guard(view: MemberView[P], right: Right | None) -> View[P]:
    @employer_required
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        member = member_of(db.session, current_user.id)
        if member is None:
            return redirect(url_for("profile.edit"), 303)
        check_right(member, right or (Right.READ if request.method in SAFE else Right.WRITE))
        g.member = member  # templates ask it what to offer
        return view(member, *args, **kwargs)

    return guarded


def check_right(member: Member, right: Right) -> None:
    """Raises ``Forbidden``, in words that say whom to ask."""
    if not member.may(right):
        role = ROLE_WORDS[member.role].lower()
        raise Forbidden(f"Your account can't do that. Your role is {role}; an owner can change it.")
