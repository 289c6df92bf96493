"""Views that only a member of an employer may enter."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter.accounts.access import employer_required
from careercenter.employers.models import Member
from careercenter.employers.queries import member_of
from careercenter.extensions import db

P = ParamSpec("P")


def member_required(
    view: Callable[Concatenate[Member, P], ResponseReturnValue],
) -> Callable[P, ResponseReturnValue]:
    """Give the view the ``Member`` as its first argument; whoever has no organization names one."""

    @employer_required
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        member = member_of(db.session, current_user.id)
        if member is None:
            return redirect(url_for("hire.organization"), 303)
        return view(member, *args, **kwargs)

    return guarded
