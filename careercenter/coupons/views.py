"""Coupons, as finance staff makes and ends them."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from careercenter import clock
from careercenter.accounts.access import finance_required
from careercenter.coupons import queries, usecases
from careercenter.coupons.forms import CouponForm
from careercenter.employers.queries import id_of_slug
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.plans.models import PlanKind
from careercenter.plans.queries import on_sale
from careercenter.web.rendering import render

blueprint = Blueprint("coupons", __name__)

LAST_PAGE = 10_000


@blueprint.get("/staff/coupons")
@finance_required
def every() -> ResponseReturnValue:
    return _page(_form())


@blueprint.post("/staff/coupons")
@finance_required
def create() -> ResponseReturnValue:
    form, zone = _form(), _zone()
    employer_id = id_of_slug(db.session, form.employer.data) if form.employer.data else None
    if not form.validate():
        return _page(form, 422)
    if form.employer.data and employer_id is None:
        form.employer.errors = ["Enter the last part of the address of an employer’s page."]
        return _page(form, 422)
    try:
        terms = form.terms(employer_id, zone)
        usecases.create_coupon(db.session, terms, current_user.user, clock.now())
    except Invalid as error:
        form.code.errors = [str(error)]
        return _page(form, 422)
    db.session.commit()
    flash("The coupon can be used.", "good")
    return redirect(url_for(".every"), 303)


@blueprint.post("/staff/coupons/<int(max=2147483647):coupon_id>/end")
@finance_required
def end(coupon_id: int) -> ResponseReturnValue:
    usecases.end_coupon(queries.by_id(db.session, coupon_id), clock.now())
    db.session.commit()
    flash("Nobody can use it any more. Purchases that were begun with it go on.", "good")
    return redirect(url_for(".every"), 303)


def _form() -> CouponForm:
    form = CouponForm()
    plans = on_sale(db.session, PlanKind.POSTING)  # at whose checkout a code can be typed
    form.plans.choices = [SelectChoice(plan.slug, f"{plan.name} ({plan.slug})") for plan in plans]
    return form


def _page(form: CouponForm, status: int = 200) -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render(
        "coupons/coupons.html",
        form=form,
        coupons=queries.page(db.session, number),
        now=clock.now(),
        status=status,
    )


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    return zone
