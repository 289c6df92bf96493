"""The editor: where a posting starts, its steps, what is kept while somebody types, the preview."""

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.checks.models import Step
from careercenter.drafting import queries, usecases
from careercenter.drafting.pages import (
    advice,
    after,
    asked,
    beginning,
    check_page,
    earlier,
    editor,
    editor_page,
    read_typed,
    sent,
    start_form,
    start_page,
    step_page,
    today,
)
from careercenter.drafting.prefill import filled
from careercenter.drafting.writing import FIELDS, read, values_of
from careercenter.employers.access import member_may, member_required
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Conflict
from careercenter.extensions import db
from careercenter.listings.wording import listing_view
from careercenter.postings import queries as postings
from careercenter.postings.usecases import revise_posting
from careercenter.web.rendering import render

blueprint = Blueprint("drafting", __name__)

DRAFT = "/hire/drafts/<int(max=2147483647):draft_id>"
POSTING = "/hire/postings/<int(max=2147483647):posting_id>"
STEPS = "any(role,requirements,place,pay,description)"
KEPT = "What you typed is kept here: saving again writes it over what was saved meanwhile."
writer = member_may(Right.WRITE)


@blueprint.get("/hire/postings/new")
@writer
def start(member: Member) -> ResponseReturnValue:
    return start_page(member, start_form(member))


@blueprint.post("/hire/drafts")
@writer
def begin(member: Member) -> ResponseReturnValue:
    form = start_form(member)
    if not form.validate_on_submit():
        return start_page(member, form)
    posting = earlier(member, form.earlier_id)
    typed, found = filled(form, posting, current_app.extensions["places"], today(), asked())
    draft = usecases.begin_draft(db.session, member.employer_id, typed, found, clock.now())
    db.session.commit()
    return redirect(beginning(draft), 303)


@blueprint.post(f"{POSTING}/drafts")
@writer
def reopen(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.locked(db.session, member.employer_id, posting_id, seen())
    typed = values_of(posting.details, current_app.extensions["places"], today(), asked())
    draft = usecases.reopen_posting(db.session, posting, typed, clock.now())
    db.session.commit()
    return redirect(url_for(".step", draft_id=draft.id, step=Step.ROLE.value), 303)


@blueprint.get(f"{DRAFT}/<{STEPS}:step>")
@writer
def step(member: Member, draft_id: int, step: str) -> ResponseReturnValue:
    draft = queries.owned_by(db.session, member.employer_id, draft_id)
    return step_page(member, draft, Step(step), read_typed(draft.typed))


@blueprint.post(f"{DRAFT}/<{STEPS}:step>")
@writer
def save(member: Member, draft_id: int, step: str) -> ResponseReturnValue:
    """A right step leads to the next; "add" and "later" keep what is there and judge nothing."""
    here, now = Step(step), clock.now()
    draft = queries.locked(db.session, member.employer_id, draft_id, seen())
    typed = sent(draft, here)
    wanted = request.form.get("act", "")
    if wanted not in ("add", "later"):
        written = read_typed(typed)
        if here not in written.answered:
            return step_page(member, draft, here, written, refused=True)
        draft.confirm(FIELDS[here])
    draft.keep(typed, now)
    db.session.commit()
    return redirect(after(draft, here, wanted), 303)


@blueprint.post(f"{DRAFT}/<{STEPS}:step>/words")
@writer
def autosave(member: Member, draft_id: int, step: str) -> ResponseReturnValue:
    """Keep what is typed, right or not, and answer with the advice on it."""
    here = Step(step)
    draft = queries.locked(db.session, member.employer_id, draft_id, seen())
    typed = sent(draft, here)
    draft.keep(typed, clock.now())
    db.session.commit()
    return step_page(member, draft, here, read_typed(typed), fragment="drafting/_advice.html")


@blueprint.get(f"{DRAFT}/check")
@writer
def check(member: Member, draft_id: int) -> ResponseReturnValue:
    return check_page(member, queries.owned_by(db.session, member.employer_id, draft_id))


@blueprint.get(f"{DRAFT}/preview")
@writer
def look(member: Member, draft_id: int) -> ResponseReturnValue:
    """As visitors would see it; what is not complete leads to what is missing."""
    draft = queries.owned_by(db.session, member.employer_id, draft_id)
    written = read_typed(draft.typed)
    if not written.complete:
        return redirect(url_for(".check", draft_id=draft.id), 303)
    now = clock.now()
    posting = usecases.imagine_posting(member.employer, written.details, now)
    listing = listing_view(posting, now, request.args.get("state"))
    return render("drafting/look.html", draft=draft, listing=listing, apply_url=None)


@blueprint.post(f"{DRAFT}/posting")
@writer
def finish(member: Member, draft_id: int) -> ResponseReturnValue:
    draft = queries.locked(db.session, member.employer_id, draft_id, seen())
    written = read_typed(draft.typed)
    if not written.complete or advice(member, written).health.stops:
        return check_page(member, draft, status=422)
    details = written.form.details()
    posting = usecases.finish_draft(db.session, draft, member.employer, details, clock.now())
    db.session.commit()
    return redirect(url_for(".preview", posting_id=posting.id), 303)


@blueprint.post(f"{DRAFT}/removal")
@writer
def discard(member: Member, draft_id: int) -> ResponseReturnValue:
    draft = queries.locked(db.session, member.employer_id, draft_id, seen())
    usecases.discard_draft(db.session, draft)
    db.session.commit()
    flash("Discarded. Nothing of it is kept.", "good")
    return redirect(url_for(".start"), 303)


@blueprint.route(f"{POSTING}/edit", methods=["GET", "POST"])
@member_required
def edit(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    if not posting.editable:
        raise Conflict(usecases.UNEDITABLE)
    form = editor(posting)
    if not form.validate_on_submit():
        return editor_page(form, posting)
    try:
        posting = postings.locked(db.session, member.employer_id, posting_id, seen())
    except Conflict as error:
        return editor_page(form, posting, problems=[str(error), KEPT], status=409)
    revise_posting(posting, form.details())
    db.session.commit()
    return redirect(url_for(".preview", posting_id=posting_id), 303)


@blueprint.get(f"{POSTING}/preview")
@member_required
def preview(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    listing = listing_view(posting, clock.now(), request.args.get("state"))
    return render("drafting/preview.html", posting=posting, listing=listing, apply_url=None)


@blueprint.get(f"{POSTING}/check")
@member_required
def check_posting(member: Member, posting_id: int) -> ResponseReturnValue:
    """The score card of what may soon be paid for."""
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    places, own = current_app.extensions["places"], asked()
    written = read(values_of(posting.details, places, today(), own), places, today(), own)
    thoughts = advice(member, written)
    return render("drafting/check_posting.html", posting=posting, advice=thoughts)


def seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)
