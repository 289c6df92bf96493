"""Plans, as finance staff edits them."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import finance_required
from careercenter.extensions import db
from careercenter.plans import queries, usecases
from careercenter.plans.forms import PlanForm
from careercenter.plans.models import Plan
from careercenter.web.rendering import render

blueprint = Blueprint("plans", __name__)


@blueprint.get("/staff/plans")
@finance_required
def every() -> ResponseReturnValue:
    return render("plans/plans.html", plans=queries.newest(db.session))


@blueprint.route("/staff/plans/<slug>", methods=["GET", "POST"])
@finance_required
def edit(slug: str) -> ResponseReturnValue:
    """A change is a new version, and holds for what is bought from now on."""
    plan = queries.by_slug(db.session, slug)
    form = PlanForm()
    if not form.is_submitted():
        return _page(plan, PlanForm.of(plan))
    if not (form.validate() and form.fits(plan.kind)):
        return _page(plan, form, 422)
    usecases.edit_plan(db.session, plan, form.seen(), form.terms(), current_user.user, clock.now())
    db.session.commit()
    flash("Saved. What was bought before keeps its terms.", "good")
    return redirect(url_for(".every"), 303)


def _page(plan: Plan, form: PlanForm, status: int = 200) -> ResponseReturnValue:
    versions = queries.versions(db.session, plan.slug)
    return render("plans/plan.html", plan=plan, form=form, versions=versions, status=status)
