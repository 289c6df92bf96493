"""Changing a posting that is on the board, and the history of its changes."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.amending import usecases
from careercenter.amending.models import compare
from careercenter.custom_fields.queries import asked_fields
from careercenter.employers.access import member_may, member_required
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.postings import queries as postings
from careercenter.postings.form_values import typed_values
from careercenter.postings.forms import PostingForm, posting_form
from careercenter.postings.models import Posting
from careercenter.revisions import queries
from careercenter.revisions.models import RevisionState
from careercenter.revisions.usecases import withdraw_revision
from careercenter.web.rendering import render

blueprint = Blueprint("amending", __name__)

POSTING = "/hire/postings/<int(max=2147483647):posting_id>"
WAITS = "A moderator looks at the change. Until then visitors see the posting as it was."


@blueprint.route(f"{POSTING}/revision", methods=["GET", "POST"])
@member_may(Right.WRITE)
def amend(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    posting.check_on_board()
    form = _form(posting)
    if not form.validate_on_submit():
        return _page(posting, form)
    posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    try:
        revision = usecases.amend_posting(
            db.session, posting, form.details(), current_user.user, _zone(), clock.now()
        )
    except Invalid as error:
        db.session.rollback()
        posting = postings.owned_by(db.session, member.employer_id, posting_id)
        return _page(posting, form, str(error))
    waits = revision.state is RevisionState.WAITING
    db.session.commit()
    flash(WAITS if waits else "Saved. Visitors see it now.", "good")
    return redirect(url_for(".history", posting_id=posting_id), 303)


@blueprint.get(f"{POSTING}/revisions")
@member_required
def history(member: Member, posting_id: int) -> ResponseReturnValue:
    posting, now = postings.owned_by(db.session, member.employer_id, posting_id), clock.now()
    found = queries.of_posting(db.session, posting_id)
    return render(
        "amending/history.html",
        posting=posting,
        revisions=[
            (one, compare(posting.employer, one.replaced, one.proposed, now)) for one in found
        ],
    )


@blueprint.post(f"{POSTING}/revision/withdrawal")
@member_required
def withdraw(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    withdraw_revision(db.session, posting, clock.now())
    db.session.commit()
    flash("Taken back. The posting stays as it is.", "good")
    return redirect(url_for(".history", posting_id=posting_id), 303)


def _form(posting: Posting) -> PostingForm:
    """Filled with what waits, or with what is on the board."""
    data, asked = None, asked_fields(db.session)
    if request.method == "GET":
        waiting = queries.waiting_for(db.session, posting.id)
        data = typed_values(waiting.proposed if waiting else posting.details, asked)
    today = clock.now().astimezone(_zone()).date()
    return posting_form(asked)(current_app.extensions["places"], today, data=data)


def _page(posting: Posting, form: PostingForm, problem: str = "") -> ResponseReturnValue:
    if request.method == "GET":
        form.version.data = posting.version
    return render(
        "amending/form.html",
        posting=posting,
        form=form,
        problems=[problem] if problem else [],
        waiting=queries.waiting_for(db.session, posting.id),
        status=422 if form.errors or problem else 200,
    )


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    return zone
