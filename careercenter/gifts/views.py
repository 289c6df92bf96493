"""Employers as finance staff sees them: credits, gifts, and who is a non-profit."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import finance_required
from careercenter.credits.queries import newest_entries
from careercenter.credits.usecases import gift_credits
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer
from careercenter.extensions import db
from careercenter.gifts import queries, usecases
from careercenter.gifts.forms import GiftForm, NonprofitForm
from careercenter.web.fields import clean
from careercenter.web.rendering import render

blueprint = Blueprint("gifts", __name__)

EMPLOYER = "/staff/credits/<int(max=2147483647):employer_id>"
LAST_PAGE = 10_000
LONGEST = 254  # characters of what is looked for


@blueprint.get("/staff/credits")
@finance_required
def every() -> ResponseReturnValue:
    words = clean(request.args.get("q"))[:LONGEST]
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    found = queries.employers_like(db.session, words, number)
    return render("gifts/employers.html", employers=found, words=words)


@blueprint.get(EMPLOYER)
@finance_required
def show(employer_id: int) -> ResponseReturnValue:
    employer = queries.employer_by_id(db.session, employer_id)
    return _page(employer, GiftForm(version=employer.version))


@blueprint.post(f"{EMPLOYER}/gifts")
@finance_required
def give(employer_id: int) -> ResponseReturnValue:
    form = GiftForm()
    if not form.validate():
        return _page(queries.employer_by_id(db.session, employer_id), form, 422)
    employer = employers.locked_version(db.session, employer_id, form.seen())
    count, reason = form.credits.data, form.reason.data
    gift_credits(db.session, employer, count, reason, clock.now(), current_user.user)
    db.session.commit()
    flash("Given. The reason stands in the employer’s ledger.", "good")
    return redirect(url_for(".show", employer_id=employer_id), 303)


@blueprint.post(f"{EMPLOYER}/nonprofit-status")
@finance_required
def set_nonprofit(employer_id: int) -> ResponseReturnValue:
    form = NonprofitForm()
    employer = employers.locked_version(db.session, employer_id, form.seen())
    usecases.call_nonprofit(employer, form.nonprofit.data, current_user.user, clock.now())
    db.session.commit()
    flash("Saved.", "good")
    return redirect(url_for(".show", employer_id=employer_id), 303)


def _page(employer: Employer, form: GiftForm, status: int = 200) -> ResponseReturnValue:
    return render(
        "gifts/employer.html",
        employer=employer,
        form=form,
        nonprofit=NonprofitForm.of(employer),
        entries=newest_entries(db.session, employer.id),
        status=status,
    )
