"""An agency's copy of an employer's own posting is folded under it, and unfolded."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import moderator_required
from careercenter.extensions import db
from careercenter.moderation import usecases
from careercenter.moderation.change_views import blueprint as blueprint
from careercenter.postings import queries as postings

POSTING = "/staff/postings/<int(max=2147483647):posting_id>"
BEYOND = 2**31


@blueprint.post(f"{POSTING}/folding")
@moderator_required
def fold(posting_id: int) -> ResponseReturnValue:
    original_id = _number("original")
    first, second = sorted((posting_id, original_id))
    locked = {one: postings.locked_any(db.session, one) for one in (first, second)}
    posting = locked[posting_id]
    postings.check_version(posting, _number("version"))
    usecases.fold(db.session, posting, locked[original_id], current_user.user, clock.now())
    db.session.commit()
    flash("Folded. Searches find the employer’s own posting only.", "good")
    return redirect(url_for("moderation.review", posting_id=posting_id), 303)


@blueprint.post(f"{POSTING}/unfolding")
@moderator_required
def unfold(posting_id: int) -> ResponseReturnValue:
    posting = postings.locked_any(db.session, posting_id, _number("version"))
    usecases.unfold(db.session, posting, current_user.user, clock.now())
    db.session.commit()
    flash("It stands for itself again.", "good")
    return redirect(url_for("moderation.review", posting_id=posting_id), 303)


def _number(name: str) -> int:
    """What the form carried; -1, which nothing has, where it carries nonsense."""
    number = request.form.get(name, -1, type=int)
    return number if 0 <= number < BEYOND else -1
