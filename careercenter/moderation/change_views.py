"""Changes of live postings that wait for a moderator: the old beside the new, and the verdicts."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import moderator_required
from careercenter.amending import usecases
from careercenter.amending.models import compare, imagined
from careercenter.extensions import db
from careercenter.moderation.forms import ObjectionForm
from careercenter.moderation.models import REASON_TEXTS
from careercenter.moderation.queries import flags
from careercenter.postings import queries as postings
from careercenter.revisions import queries
from careercenter.revisions.models import Revision, RevisionState
from careercenter.web.rendering import render

blueprint = Blueprint("changes", __name__)

REVISION = "/staff/revisions/<int(max=2147483647):revision_id>"
LAST_PAGE = 1_000_000


@blueprint.get("/staff/revisions")
@moderator_required
def waiting() -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    found = queries.waiting(db.session, number)
    return render("moderation/changes.html", waiting=found)


@blueprint.get(REVISION)
@moderator_required
def review(revision_id: int) -> ResponseReturnValue:
    return _page(queries.by_id(db.session, revision_id), ObjectionForm())


@blueprint.post(f"{REVISION}/approval")
@moderator_required
def approve(revision_id: int) -> ResponseReturnValue:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    posting_id = queries.by_id(db.session, revision_id).posting_id
    posting = postings.locked_any(db.session, posting_id)
    revision, now = queries.locked(db.session, revision_id), clock.now()
    usecases.approve_revision(db.session, posting, revision, current_user.user, zone, now)
    db.session.commit()
    flash("Visitors see the change now. The employer is told by mail.", "good")
    return redirect(url_for(".waiting"), 303)


@blueprint.post(f"{REVISION}/rejection")
@moderator_required
def reject(revision_id: int) -> ResponseReturnValue:
    form = ObjectionForm()
    if not form.validate_on_submit():
        return _page(queries.by_id(db.session, revision_id), form, 422)
    postings.locked_any(db.session, queries.by_id(db.session, revision_id).posting_id)
    revision, said = queries.locked(db.session, revision_id), form.objection()
    reason, moderator = REASON_TEXTS[said.reason], current_user.user
    usecases.reject_revision(db.session, revision, moderator, reason, said.words, clock.now())
    db.session.commit()
    flash("The posting stays as it was. The employer is told by mail.", "good")
    return redirect(url_for(".waiting"), 303)


def _page(revision: Revision, form: ObjectionForm, status: int = 200) -> ResponseReturnValue:
    employer, now = revision.posting.employer, clock.now()
    return render(
        "moderation/change.html",
        status=status,
        revision=revision,
        open=revision.state is RevisionState.WAITING,
        compared=compare(employer, revision.replaced, revision.proposed, now),
        flags=flags(imagined(employer, revision.proposed, now)),
        form=form,
    )
