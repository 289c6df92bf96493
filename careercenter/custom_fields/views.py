"""Moderators add fields to the form of a posting, change their words and retire them."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.accounts.access import moderator_required
from careercenter.custom_fields import queries, usecases
from careercenter.custom_fields.forms import NewFieldForm, WordsForm, words_form
from careercenter.custom_fields.models import KIND_WORDS, CustomField
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.web.rendering import render

blueprint = Blueprint("custom_fields", __name__)

LAST_PAGE = 10_000
ONE = "/staff/fields/<int(max=2147483647):field_id>"


@blueprint.get("/staff/fields")
@moderator_required
def every() -> ResponseReturnValue:
    return _list_page(NewFieldForm(formdata=None))


@blueprint.post("/staff/fields")
@moderator_required
def add() -> ResponseReturnValue:
    form = NewFieldForm()
    if not form.validate_on_submit():
        return _list_page(form, 422)
    try:
        usecases.add_field(db.session, form.new(), clock.now())
    except Invalid as error:
        form[error.field or "key"].errors = [str(error)]
        return _list_page(form, 422)
    db.session.commit()
    flash("Added. Whoever writes a posting from now on is asked it.", "good")
    return redirect(url_for(".every"), 303)


@blueprint.get(ONE)
@moderator_required
def field(field_id: int) -> ResponseReturnValue:
    field = queries.by_id(db.session, field_id)
    return _field_page(field, words_form(field.kind, field.words))


@blueprint.post(ONE)
@moderator_required
def change(field_id: int) -> ResponseReturnValue:
    field = queries.locked(db.session, field_id, _seen())
    form = words_form(field.kind, field.words)
    if not form.validate_on_submit():
        return _field_page(field, form, 422)
    field.say(form.words())
    db.session.commit()
    flash("Saved. It is asked in these words from now on.", "good")
    return redirect(url_for(".every"), 303)


@blueprint.post(f"{ONE}/retirement")
@moderator_required
def retire(field_id: int) -> ResponseReturnValue:
    queries.locked(db.session, field_id, _seen()).retire(clock.now())
    db.session.commit()
    flash("Retired. It is asked no more; what was answered stays on the listings.", "good")
    return redirect(url_for(".every"), 303)


def _list_page(form: NewFieldForm, status: int = 200) -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render(
        "custom_fields/fields.html",
        form=form,
        fields=queries.page(db.session, number),
        kinds=KIND_WORDS,
        status=status,
    )


def _field_page(field: CustomField, form: WordsForm, status: int = 200) -> ResponseReturnValue:
    form.version.data = str(field.version)
    return render(
        "custom_fields/field.html", field=field, form=form, kinds=KIND_WORDS, status=status
    )


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)
