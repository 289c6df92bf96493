"""The organization's own page at the desk, and its logo for everybody."""

from io import BytesIO
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import employer_required
from careercenter.employers import queries as employers
from careercenter.employers.access import check_right, member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.employers.usecases import found_employer
from careercenter.errors import Conflict, Invalid, NotFound
from careercenter.extensions import db
from careercenter.profile import gateway, queries, usecases
from careercenter.profile.forms import MOST_BYTES, LogoForm, OrganizationForm, values_of
from careercenter.storage import Storage
from careercenter.web.errors import status_of
from careercenter.web.rendering import render
from careercenter.web.uploads import allow_file

blueprint = Blueprint("profile", __name__)

YEAR = 31_536_000  # seconds


@blueprint.url_value_preprocessor
def allow_large_body(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if endpoint == "profile.save_logo":
        allow_file(MOST_BYTES)


@blueprint.route("/hire/organization", methods=["GET", "POST"])
@employer_required
def edit() -> ResponseReturnValue:
    member = employers.member_of(db.session, current_user.id)
    if member is not None:
        check_right(member, Right.DESCRIBE)
    shown = member if request.method == "GET" else None
    data = values_of(shown.employer) if shown else None
    form = OrganizationForm(current_app.extensions["places"], data=data)
    if not form.validate_on_submit():
        return _edit_page(member, form, LogoForm(formdata=None), 422 if form.errors else 200)
    now = clock.now()
    if member is None:
        _check_new()
        found_employer(db.session, current_user.id, form.details(), now)
    else:
        usecases.revise_employer(db.session, member.employer_id, _seen(), form.details(), now)
    db.session.commit()
    flash("Saved. Visitors see this beside your jobs.", "good")
    return redirect(url_for("hire.desk"), 303)


@blueprint.post("/hire/organization/logo")
@member_may(Right.DESCRIBE)
def save_logo(member: Member) -> ResponseReturnValue:
    """Redrawn and stored while no transaction is open; then shown, or soon deleted."""
    form, employer_id = LogoForm(), member.employer_id
    if not form.validate_on_submit():
        return _edit_page(member, _filled(member), form, 422)
    try:
        file_name, content = form.upload()
        key = usecases.expect_logo(db.session, employer_id, clock.now())
        db.session.commit()
        _storage().save(key, gateway.redraw(file_name, content))
    except Invalid as error:
        form.file.errors = [str(error)]
        return _edit_page(member, _filled(member), form, status_of(error))
    usecases.show_logo(db.session, employers.locked(db.session, employer_id), key, clock.now())
    db.session.commit()
    flash("This is your logo from now on.", "good")
    return redirect(url_for(".edit"), 303)


@blueprint.post("/hire/organization/logo/removal")
@member_may(Right.DESCRIBE)
def remove_logo(member: Member) -> ResponseReturnValue:
    employer = employers.locked(db.session, member.employer_id)
    usecases.show_logo(db.session, employer, None, clock.now())
    db.session.commit()
    flash("Your initials stand in its place.", "good")
    return redirect(url_for(".edit"), 303)


@blueprint.get("/files/logos/<key>.webp")
def logo(key: str) -> ResponseReturnValue:
    """A key is never used for another picture, so a browser may keep it."""
    if not queries.is_shown(db.session, key):
        raise NotFound
    db.session.commit()  # nothing is open while the file store is read
    response = send_file(BytesIO(_storage().read(key)), mimetype="image/webp")
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def _seen() -> int:
    """The version that the person saw; -1, which no row has, where the form carries nonsense."""
    return request.form.get("version", -1, type=int)


def _check_new() -> None:
    """Raises ``Conflict`` for the form of an organization that one has left meanwhile."""
    if request.form.get("version"):
        raise Conflict


def _filled(member: Member) -> OrganizationForm:
    data = values_of(member.employer)
    return OrganizationForm(current_app.extensions["places"], formdata=None, data=data)


def _edit_page(
    member: Member | None, form: OrganizationForm, logo_form: LogoForm, status: int
) -> ResponseReturnValue:
    return render("profile/edit.html", status=status, form=form, logo_form=logo_form, member=member)


def _storage() -> Storage:
    storage: Storage = current_app.extensions["storage"]
    return storage
