"""The review queue and the verdicts; what is searched for, and what the search was taught."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import moderator_required
from careercenter.copies.queries import copies_of
from careercenter.employers.queries import lookalikes, owner_addresses
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.insights import queries as insights
from careercenter.insights.usecases import forget_synonym, teach_synonym
from careercenter.listings.wording import listing_view
from careercenter.moderation import queries, usecases
from careercenter.moderation.forms import ObjectionForm, SynonymForm
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting
from careercenter.taxonomy.vocabularies import SYNONYMS
from careercenter.verification.queries import facts_of
from careercenter.web.rendering import render

blueprint = Blueprint("moderation", __name__)

LAST_PAGE = 1_000_000
LONGEST_SEARCH = 100


@blueprint.get("/staff/review")
@moderator_required
def queue() -> ResponseReturnValue:
    waiting = postings.awaiting_review(db.session, _page_number())
    return render("moderation/queue.html", waiting=waiting, now=clock.now(), waited=queries.waited)


@blueprint.get("/staff/review/<int(max=2147483647):posting_id>")
@moderator_required
def review(posting_id: int) -> ResponseReturnValue:
    posting = postings.any_posting(db.session, posting_id)
    return _review_page(posting, ObjectionForm(data={"version": posting.version}))


@blueprint.post("/staff/review/<int(max=2147483647):posting_id>/approval")
@moderator_required
def approve(posting_id: int) -> ResponseReturnValue:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    posting = postings.locked_any(db.session, posting_id, _seen())
    usecases.approve_posting(db.session, posting, current_user.user, zone, clock.now())
    db.session.commit()
    flash(f"“{posting.title}” is live. The employer is told by mail.", "good")
    return redirect(url_for(".queue"), 303)


@blueprint.post("/staff/review/<int(max=2147483647):posting_id>/rejection")
@moderator_required
def reject(posting_id: int) -> ResponseReturnValue:
    form = ObjectionForm()
    if not form.validate_on_submit():
        return _review_page(postings.any_posting(db.session, posting_id), form, 422)
    posting = postings.locked_any(db.session, posting_id, _seen())
    usecases.reject_posting(db.session, posting, current_user.user, form.objection(), clock.now())
    db.session.commit()
    flash(f"“{posting.title}” was turned down. The employer is told by mail.", "good")
    return redirect(url_for(".queue"), 303)


@blueprint.get("/staff/postings")
@moderator_required
def all_postings() -> ResponseReturnValue:
    text = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    found = queries.postings_like(db.session, text, _page_number())
    return render("moderation/postings.html", found=found, text=text, now=clock.now())


@blueprint.post("/staff/postings/<int(max=2147483647):posting_id>/removal")
@moderator_required
def remove(posting_id: int) -> ResponseReturnValue:
    form = ObjectionForm()
    if not form.validate_on_submit():
        return _review_page(postings.any_posting(db.session, posting_id), form, 422)
    posting = postings.locked_any(db.session, posting_id, _seen())
    usecases.remove_posting(db.session, posting, current_user.user, form.objection(), clock.now())
    db.session.commit()
    flash(f"“{posting.title}” was removed. The employer is told by mail.", "good")
    return redirect(url_for(".all_postings"), 303)


@blueprint.get("/staff/searches")
@moderator_required
def searches() -> ResponseReturnValue:
    empty = request.args.get("show") != "all"
    found = insights.searched_page(db.session, clock.now(), _page_number(), empty=empty)
    return render("moderation/searches.html", found=found, empty=empty)


@blueprint.get("/staff/synonyms")
@moderator_required
def synonyms() -> ResponseReturnValue:
    term = request.args.get("term", "")[:LONGEST_SEARCH]
    return _synonyms_page(SynonymForm(formdata=None, data={"term": term, "both_ways": True}))


@blueprint.post("/staff/synonyms")
@moderator_required
def teach() -> ResponseReturnValue:
    form = SynonymForm()
    if not form.validate_on_submit():
        return _synonyms_page(form, 422)
    try:
        teach_synonym(db.session, form.details(), current_user.user, clock.now())
    except Invalid as error:
        form.term.errors = [str(error)]
        return _synonyms_page(form, 422)
    db.session.commit()
    flash("The search knows it from now on.", "good")
    return redirect(url_for(".synonyms"), 303)


@blueprint.post("/staff/synonyms/<int(max=2147483647):synonym_id>/removal")
@moderator_required
def forget(synonym_id: int) -> ResponseReturnValue:
    forget_synonym(db.session, synonym_id)
    db.session.commit()
    flash("The search has forgotten it.", "good")
    return redirect(url_for(".synonyms"), 303)


def _synonyms_page(form: SynonymForm, status: int = 200) -> ResponseReturnValue:
    return render(
        "moderation/synonyms.html",
        status=status,
        form=form,
        taught=insights.taught(db.session),
        built_in=sorted(SYNONYMS.items()),
    )


def _review_page(posting: Posting, form: ObjectionForm, status: int = 200) -> ResponseReturnValue:
    now = clock.now()
    return render(
        "moderation/review.html",
        status=status,
        posting=posting,
        listing=listing_view(posting, now, request.args.get("state")),
        apply_url=None,
        form=form,
        flags=queries.flags(posting),
        decisions=queries.decisions_on(db.session, posting.id),
        against=queries.rejections_of(db.session, posting.employer_id),
        checked=facts_of(db.session, posting.employer),
        counts=postings.count_by_status(db.session, posting.employer_id),
        alike=lookalikes(db.session, posting.employer),
        addresses=owner_addresses(db.session, posting.employer_id),
        waiting=postings.awaiting_review(db.session, 1),
        waited=queries.waited,
        now=now,
        copies=copies_of(db.session, posting),
    )


def _seen() -> int:
    """The version that the moderator saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)


def _page_number() -> int:
    return min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
