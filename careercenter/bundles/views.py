"""Buying credits: which bundle, and on to Stripe's page."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.billing import queries, till
from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import NOT_SOLD
from careercenter.bundles.forms import BundleForm
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.extensions import db
from careercenter.plans.models import Plan, PlanKind
from careercenter.plans.queries import on_sale, posting_plan
from careercenter.web.rendering import render

blueprint = Blueprint("bundles", __name__)


@blueprint.get("/hire/credits")
@member_may(Right.BUY)
def choose(member: Member) -> ResponseReturnValue:
    return _page(member, BundleForm())


@blueprint.post("/hire/credits/checkouts")
@member_may(Right.BUY)
def start(member: Member) -> ResponseReturnValue:
    """On to Stripe's page, with this bundle."""
    form, now, plans = BundleForm(), clock.now(), _bundles()
    plan = form.chosen(plans)
    if not form.validate() or plan is None:
        form.plan.errors = form.plan.errors or [NOT_SOLD]
        return _page(member, form, 422)
    purchase = Purchase(plan, None, PlanKind.BUNDLE)
    till.make_ready(member, now, lambda mine: queries.attempt_like(db.session, mine, purchase))
    return till.begin(member, purchase, now)


def _bundles() -> list[Plan]:
    return list(on_sale(db.session, PlanKind.BUNDLE))


def _page(member: Member, form: BundleForm, status: int = 200) -> ResponseReturnValue:
    plans = _bundles()
    form.offer(plans)
    return render(
        "bundles/choose.html",
        form=form,
        plans=plans,
        single=posting_plan(db.session),
        balance=member.employer.credit_balance,
        payments_on=bool(till.settings().stripe_secret_key),
        status=status,
    )
