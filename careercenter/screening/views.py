"""The employer writes the questions of a posting."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.extensions import db
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting
from careercenter.screening import queries, usecases
from careercenter.screening.forms import QuestionsForm, questions_form, shown_rows
from careercenter.screening.models import WITH_OPTIONS
from careercenter.web.rendering import render

blueprint = Blueprint("screening", __name__)

PATH = "/hire/postings/<int(max=2147483647):posting_id>/questions"
writer = member_may(Right.WRITE)


@blueprint.get(PATH)
@writer
def edit(member: Member, posting_id: int) -> ResponseReturnValue:
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    asked = queries.questions_of(db.session, posting.id)
    return _page(posting, questions_form(asked, formdata=None))


@blueprint.post(PATH)
@writer
def save(member: Member, posting_id: int) -> ResponseReturnValue:
    form = questions_form(())
    posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    if not form.validate_on_submit():
        return _page(posting, form, 422)
    usecases.write_questions(db.session, posting.id, form.questions())
    db.session.commit()
    flash("Saved. Whoever applies from now on is asked this.", "good")
    return redirect(url_for(".edit", posting_id=posting_id), 303)


@blueprint.post(f"{PATH}/copies")
@writer
def copy(member: Member, posting_id: int) -> ResponseReturnValue:
    """Ask what another of the employer's postings asks."""
    posting = postings.locked(db.session, member.employer_id, posting_id, _seen())
    other = postings.owned_by(db.session, member.employer_id, request.form.get("from", 0, type=int))
    asked = queries.questions_of(db.session, other.id)
    usecases.write_questions(db.session, posting.id, asked)
    db.session.commit()
    return redirect(url_for(".edit", posting_id=posting_id), 303)


def _page(posting: Posting, form: QuestionsForm, status: int = 200) -> ResponseReturnValue:
    form.version.data = posting.version
    return render(
        "screening/edit.html",
        posting=posting,
        form=form,
        rows=range(1, shown_rows(form) + 1),
        with_options=[kind.value for kind in WITH_OPTIONS],
        sets=queries.sets_of(db.session, posting.employer_id, posting.id),
        status=status,
    )


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)
