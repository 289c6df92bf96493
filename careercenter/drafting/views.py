"""The editor, and the preview of what was written."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.employers.access import member_required
from careercenter.employers.models import Member
from careercenter.errors import Conflict
from careercenter.extensions import db
from careercenter.listings.wording import card_of, listing_view
from careercenter.postings import queries as postings
from careercenter.postings import usecases
from careercenter.postings.form_values import values_of
from careercenter.postings.forms import PostingForm
from careercenter.postings.models import Posting
from careercenter.web.rendering import render

blueprint = Blueprint("drafting", __name__)

KEPT = "What you typed is kept here: saving again writes it over what was saved meanwhile."
UNEDITABLE = "A posting can be changed while it is a draft, or after it was turned down."


@blueprint.route("/hire/postings/new", methods=["GET", "POST"])
@member_required
def draft(member: Member) -> ResponseReturnValue:
    form = _editor()
    if not form.validate_on_submit():
        return _editor_page(form)
    posting = usecases.draft_posting(db.session, member.employer, form.details(), clock.now())
    db.session.commit()
    return redirect(url_for(".preview", posting_id=posting.id), 303)


@blueprint.route("/hire/postings/<int(max=2147483647):posting_id>/edit", methods=["GET", "POST"])
@member_required
def edit(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    if not posting.editable:
        raise Conflict(UNEDITABLE)
    form = _editor(posting)
    if not form.validate_on_submit():
        return _editor_page(form, posting)
    try:
        posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    except Conflict as error:
        return _editor_page(form, posting, problems=[str(error), KEPT], status=409)
    usecases.revise_posting(posting, form.details())
    db.session.commit()
    return redirect(url_for(".preview", posting_id=posting_id), 303)


@blueprint.get("/hire/postings/<int(max=2147483647):posting_id>/preview")
@member_required
def preview(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    listing = listing_view(posting, clock.now(), request.args.get("state"))
    return render("drafting/preview.html", posting=posting, listing=listing, apply_url=None)


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)


def _editor(posting: Posting | None = None) -> PostingForm:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    today = clock.now().astimezone(zone).date()
    shown = posting if request.method == "GET" else None
    data = values_of(shown) if shown else None
    return PostingForm(current_app.extensions["places"], today, data=data)


def _editor_page(
    form: PostingForm,
    posting: Posting | None = None,
    problems: Sequence[str] = (),
    status: int | None = None,
) -> ResponseReturnValue:
    """What was typed is kept; sent again, it stands against the version that is shown now."""
    card = card_of(posting) if posting else None
    if posting:
        form.version.data = posting.version
    status = status or (422 if form.errors else 200)
    return render(
        "drafting/editor.html",
        form=form,
        posting=posting,
        card=card,
        problems=problems,
        status=status,
    )
