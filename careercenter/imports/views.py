"""Import: a file, what its columns are, a trial that changes nothing, the run, and what it did."""

from typing import Any

from flask import Blueprint, request, url_for
from flask import redirect as go
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from careercenter import clock
from careercenter.billing.usecases import check_may_act
from careercenter.employers.access import check_right, member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.imports import queries, usecases
from careercenter.imports.fields import FIELDS, NEEDED
from careercenter.imports.forms import FileForm, MappingForm, RunForm, mapping_form
from careercenter.imports.models import MOST_BYTES, Format, Import, ImportStatus, Outcome
from careercenter.web.rendering import render
from careercenter.web.uploads import allow_file

blueprint = Blueprint("imports", __name__)

LAST_PAGE = 1_000_000
ONE = "/hire/imports/<int(max=2147483647):import_id>"
writer = member_may(Right.WRITE)


@blueprint.url_value_preprocessor
def allow_large_body(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "imports.upload":
        allow_file(MOST_BYTES, times=1)


@blueprint.get("/hire/imports")
@writer
def index(member: Member) -> ResponseReturnValue:
    return _index_page(member, FileForm(formdata=None))


@blueprint.post("/hire/imports")
@writer
def upload(member: Member) -> ResponseReturnValue:
    form = FileForm()
    try:
        name, source = form.source()
    except Invalid as error:
        form.file.errors = [str(error)]
        return _index_page(member, form, 413 if form.too_large else 422)
    opened = usecases.open_import(db.session, member, name, source, clock.now())
    db.session.commit()
    return _to(opened)


@blueprint.get(ONE)
@writer
def show(member: Member, import_id: int) -> ResponseReturnValue:
    source = queries.owned(db.session, member.employer_id, import_id)
    if source.status is ImportStatus.MAPPING:
        return _mapping_page(source, mapping_form(source, formdata=None))
    chosen = request.args.get("outcome", "")
    outcome = Outcome(chosen) if chosen in {*Outcome} else None
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render(
        "imports/show.html",
        fragment="imports/_progress.html",
        source=source,
        counts=queries.counts(db.session, source.id),
        rows=queries.rows_page(db.session, source.id, outcome, number),
        outcome=outcome,
        form=RunForm(formdata=None, data={"version": source.version}),
        balance=member.employer.credit_balance,
    )


@blueprint.post(f"{ONE}/trials")
@writer
def check(member: Member, import_id: int) -> ResponseReturnValue:
    source = queries.locked(db.session, member.employer_id, import_id, _seen())
    form = mapping_form(source)
    if not form.validate_on_submit():
        return _mapping_page(source, form, 422)
    try:
        usecases.check_import(db.session, source, form.asked(), clock.now())
    except Invalid as error:
        form[error.field].errors = [str(error)]
        return _mapping_page(source, form, 422)
    db.session.commit()
    return _to(source)


@blueprint.post(f"{ONE}/mappings")
@writer
def map_again(member: Member, import_id: int) -> ResponseReturnValue:
    source = queries.locked(db.session, member.employer_id, import_id, _seen())
    source.move_to(ImportStatus.MAPPING)
    db.session.commit()
    return _to(source)


@blueprint.post(f"{ONE}/runs")
@writer
def run(member: Member, import_id: int) -> ResponseReturnValue:
    form = RunForm()
    if form.spends.data:
        check_right(member, Right.SPEND)
        check_may_act(member)
    source = queries.locked(db.session, member.employer_id, import_id, _seen())
    usecases.run_import(
        db.session, source, whole=form.whole.data, spends=form.spends.data, now=clock.now()
    )
    db.session.commit()
    return _to(source)


@blueprint.post(f"{ONE}/cancellation")
@writer
def cancel(member: Member, import_id: int) -> ResponseReturnValue:
    source = queries.locked(db.session, member.employer_id, import_id, _seen())
    usecases.cancel_import(source, clock.now())
    db.session.commit()
    return go(url_for(".index"), 303)


def _index_page(member: Member, form: FileForm, status: int = 200) -> ResponseReturnValue:
    latest = queries.latest(db.session, member.employer_id)
    return render("imports/index.html", form=form, latest=latest, status=status)


def _mapping_page(source: Import, form: MappingForm, status: int = 200) -> ResponseReturnValue:
    return render(
        "imports/mapping.html",
        source=source,
        form=form,
        fields=FIELDS,
        needed=NEEDED,
        table=source.format is Format.CSV,
        samples=queries.first_rows(db.session, source.id),
        status=status,
    )


def _to(source: Import) -> Response:
    return go(url_for(".show", import_id=source.id), 303)


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)
