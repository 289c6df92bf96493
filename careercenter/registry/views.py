"""Staff look employers up, and make one of two that are the same."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import moderator_required
from careercenter.employers.queries import lookalikes
from careercenter.employers.rights import ROLE_WORDS
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.postings.queries import count_by_status
from careercenter.registry import queries, usecases
from careercenter.registry.forms import MergeForm
from careercenter.team.queries import members_of
from careercenter.verification.queries import documents_of, facts_of
from careercenter.web.rendering import render

blueprint = Blueprint("registry", __name__)

LAST_PAGE = 1_000_000
LONGEST_SEARCH = 100
ONE = "/staff/employers/<int(max=2147483647):employer_id>"


@blueprint.get("/staff/employers")
@moderator_required
def all_employers() -> ResponseReturnValue:
    text = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    found = queries.employers_like(db.session, text, number)
    return render("registry/employers.html", found=found, text=text)


@blueprint.get(ONE)
@moderator_required
def employer(employer_id: int) -> ResponseReturnValue:
    return _employer_page(employer_id, MergeForm(formdata=None))


@blueprint.post(f"{ONE}/merge")
@moderator_required
def merge(employer_id: int) -> ResponseReturnValue:
    form, version = MergeForm(), request.form.get("version", -1, type=int)
    if not form.validate_on_submit():
        return _employer_page(employer_id, form, 422)
    slug = form.slug.data
    try:
        done = usecases.merge_employers(
            db.session, employer_id, version, slug, current_user.user, clock.now()
        )
    except Invalid as error:
        form.slug.errors = [str(error)]
        return _employer_page(employer_id, form, 422)
    kept_id = done.kept_id
    moved = f"{done.postings} postings, {done.members} members and {done.credits} credits"
    db.session.commit()
    flash(f"Merged: {moved} moved. The old address leads here.", "good")
    return redirect(url_for(".employer", employer_id=kept_id), 303)


def _employer_page(employer_id: int, form: MergeForm, status: int = 200) -> ResponseReturnValue:
    found = queries.employer(db.session, employer_id)
    return render(
        "registry/employer.html",
        status=status,
        employer=found,
        alike=lookalikes(db.session, found),
        checked=facts_of(db.session, found),
        documents=documents_of(db.session, employer_id),
        members=members_of(db.session, employer_id),
        roles=ROLE_WORDS,
        counts=count_by_status(db.session, employer_id),
        went=queries.merge_of(db.session, employer_id),
        came=queries.merges_into(db.session, employer_id),
        form=form,
    )
