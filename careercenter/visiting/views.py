"""The panel "what do I qualify for", and what a visitor hid or saw."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import safe_next
from careercenter.accounts.models import Role
from careercenter.candidates.models import Qualifications
from careercenter.candidates.queries import qualifications_of
from careercenter.candidates.usecases import qualify, take_part
from careercenter.extensions import db
from careercenter.listings.cards import live_briefs
from careercenter.listings.visitors import as_answers, told_on
from careercenter.postings.queries import public, public_employer
from careercenter.saved import queries, usecases
from careercenter.saved.access import remember, this_device
from careercenter.saved.models import Hidden
from careercenter.visiting.forms import QualificationsForm, values_of
from careercenter.web.rendering import render

blueprint = Blueprint("visiting", __name__)


@blueprint.route("/jobs/fit", methods=["GET", "POST"])
def fit() -> ResponseReturnValue:
    form = QualificationsForm(data=values_of(_told()))
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render("visiting/fit.html", form=form, next=_next(), told=_told(), status=status)
    _keep(form.qualifications())
    db.session.commit()
    flash("Every job now says whether you qualify.", "good")
    return redirect(_next(), 303)


@blueprint.post("/jobs/fit/removal")
def forget() -> ResponseReturnValue:
    _keep(Qualifications())
    db.session.commit()
    flash("What you told us about yourself is forgotten.", "good")
    return redirect(_next(), 303)


@blueprint.get("/jobs/hidden")
def hidden() -> ResponseReturnValue:
    found = _hidden()
    return render(
        "visiting/hidden.html",
        listings=queries.titles(db.session, found.listings),
        employers=queries.employer_names(db.session, found.employers),
    )


@blueprint.route("/jobs/hidden/<int(max=2147483647):posting_id>", methods=["GET", "POST"])
def hide(posting_id: int) -> ResponseReturnValue:
    posting = public(db.session, posting_id, clock.now())
    if request.method == "GET":
        return render("visiting/hide.html", posting=posting, next=_next())
    if _candidate():
        usecases.hide_listing(db.session, current_user.id, posting_id, clock.now())
        db.session.commit()
    else:
        device = this_device()
        device.hide(posting_id)
        remember(device)
    flash(f"“{posting.title}” is hidden from your searches.", "good")
    return redirect(_next(), 303)


@blueprint.post("/jobs/hidden/removal")
def show_all() -> ResponseReturnValue:
    device = this_device()
    device.show_everything()
    remember(device)
    if _candidate():
        usecases.show_everything(db.session, current_user.id)
        db.session.commit()
    return redirect(url_for(".hidden"), 303)


@blueprint.post("/jobs/hidden/<int(max=2147483647):posting_id>/removal")
def show(posting_id: int) -> ResponseReturnValue:
    device = this_device()
    device.show(posting_id)
    remember(device)
    if _candidate():
        usecases.show_listing(db.session, current_user.id, posting_id)
        db.session.commit()
    return redirect(url_for(".hidden"), 303)


@blueprint.post("/jobs/hidden/employers/<slug>")
def hide_employer(slug: str) -> ResponseReturnValue:
    employer = public_employer(db.session, slug)
    if _candidate():
        usecases.hide_employer(db.session, current_user.id, employer.id, clock.now())
        db.session.commit()
    else:
        device = this_device()
        device.hide_employer(slug)
        remember(device)
    flash(f"Jobs of {employer.name} are hidden from your searches.", "good")
    return redirect(_next(), 303)


@blueprint.post("/jobs/hidden/employers/<slug>/removal")
def show_employer(slug: str) -> ResponseReturnValue:
    employer = public_employer(db.session, slug)
    device = this_device()
    device.show_employer(slug)
    remember(device)
    if _candidate():
        usecases.show_employer(db.session, current_user.id, employer.id)
        db.session.commit()
    return redirect(url_for(".hidden"), 303)


@blueprint.route("/jobs/recent", methods=["GET", "POST"])
def recent() -> ResponseReturnValue:
    device = this_device()
    if request.method == "POST":
        device.start()
        remember(device)
        return redirect(url_for(".recent"), 303)
    seen = live_briefs(db.session, device.seen, clock.now())
    return render("visiting/recent.html", seen=seen, remembers=device.in_use)


def _told() -> Qualifications:
    """The account's, and where it holds nothing the browser's."""
    if _candidate():
        kept = qualifications_of(db.session, current_user.id, clock.now().date())
        if kept.told:
            return kept
    return told_on(this_device())


def _keep(told: Qualifications) -> None:
    """In the account of whoever is signed in as a candidate; else in the browser."""
    device = this_device()
    if _candidate():
        candidate = take_part(db.session, current_user.id)
        qualify(db.session, candidate, told, clock.now().date())
        device.tell(None)
    else:
        device.tell(as_answers(told))
    remember(device)


def _hidden() -> Hidden:
    found = this_device().hidden
    if not _candidate():
        return found
    own = queries.hidden_by(db.session, current_user.id)
    return Hidden(found.listings | own.listings, found.employers | own.employers)


def _candidate() -> bool:
    return current_user.is_authenticated and current_user.role is Role.CANDIDATE


def _next() -> str:
    """Where they came from: as the address says, or else as their browser does."""
    came = urlsplit(request.referrer or "")
    here = f"{came.path}?{came.query}" if came.query else came.path
    before = here if came.netloc == request.host and not here.startswith("/jobs/hidden") else ""
    home = url_for("listings.search")
    return safe_next(request.values.get("next"), safe_next(before, home))
