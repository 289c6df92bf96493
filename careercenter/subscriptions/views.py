"""An employer's subscription: taken on Stripe's page, changed and left here."""

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.billing import queries as billing
from careercenter.billing import till
from careercenter.billing.placing import Purchase
from careercenter.billing.remote import PaymentsRefused
from careercenter.billing.usecases import NOT_SOLD, check_may_act
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Conflict, NotFound
from careercenter.extensions import db
from careercenter.plans.models import Plan, PlanKind
from careercenter.plans.queries import on_sale
from careercenter.slots import queries, usecases
from careercenter.slots.models import RemoteSubscription, Subscription
from careercenter.subscriptions.forms import SubscriptionForm
from careercenter.subscriptions.gateway import Change, Subscriptions
from careercenter.web.rendering import render

blueprint = Blueprint("subscriptions", __name__)

HAS_ONE = "You have a subscription already. Change it instead."
SAME = "That is the plan you have."
CARD = "Your card was not accepted, so nothing was changed. Use another card, then try again."


@blueprint.get("/hire/subscription")
@member_may(Right.BUY)
def show(member: Member) -> ResponseReturnValue:
    return _page(member, SubscriptionForm())


@blueprint.post("/hire/subscription/checkouts")
@member_may(Right.BUY)
def start(member: Member) -> ResponseReturnValue:
    """On to Stripe's page, with what was chosen."""
    form, now = SubscriptionForm(), clock.now()
    plan = form.chosen(_plans())
    if not form.validate() or plan is None:
        form.plan.errors = form.plan.errors or [NOT_SOLD]
        return _page(member, form, 422)
    if queries.running_of(db.session, member.employer_id) is not None:
        raise Conflict(HAS_ONE)
    wanted = Purchase(plan, None, PlanKind.SUBSCRIPTION)
    till.make_ready(member, now, lambda mine: billing.attempt_like(db.session, mine, wanted))
    return till.begin(member, wanted, now)


@blueprint.post("/hire/subscription/changes")
@member_may(Right.BUY)
def change(member: Member) -> ResponseReturnValue:
    """To another plan, at once."""
    check_may_act(member)
    form, running = SubscriptionForm(), _running(member)
    plan = form.chosen(_plans())
    if not form.validate() or plan is None or plan.slug == running.plan:
        form.plan.errors = form.plan.errors or [SAME if plan else NOT_SOLD]
        return _page(member, form, 422)
    wanted = Change(_seen(running, form), plan)
    try:
        _ask(running, lambda gateway: gateway.change(wanted))
    except PaymentsRefused:
        form.plan.errors = [CARD]
        return _page(member, form, 422)
    flash("Changed. Your slots are as the new plan says from now on.", "good")
    return redirect(url_for(".show"), 303)


@blueprint.post("/hire/subscription/ending")
@member_may(Right.BUY)
def leave(member: Member) -> ResponseReturnValue:
    """At the end of the period that is paid."""
    return _leave(member, True, "It ends with the period that is paid. Nothing more is charged.")


@blueprint.post("/hire/subscription/continuation")
@member_may(Right.BUY)
def stay(member: Member) -> ResponseReturnValue:
    """After all."""
    return _leave(member, False, "It goes on.")


def _leave(member: Member, leaving: bool, said: str) -> ResponseReturnValue:
    running = _seen(_running(member), SubscriptionForm())
    stripe_id = running.stripe_subscription_id
    _ask(running, lambda gateway: gateway.leave_at_end(stripe_id, leaving))
    flash(said, "good")
    return redirect(url_for(".show"), 303)


def _ask(running: Subscription, call: Callable[[Subscriptions], RemoteSubscription]) -> None:
    """Let Stripe change it, then write down what Stripe says. Nothing is open meanwhile."""
    subscription_id = running.id
    db.session.commit()
    remote = call(current_app.extensions["subscriptions"])
    locked = queries.locked(db.session, subscription_id)
    usecases.follow(db.session, locked, remote, clock.now())
    db.session.commit()


def _running(member: Member) -> Subscription:
    running = queries.running_of(db.session, member.employer_id)
    if running is None:
        raise NotFound
    return running


def _seen(running: Subscription, form: SubscriptionForm) -> Subscription:
    if running.version != form.seen():
        raise Conflict
    return running


def _plans() -> list[Plan]:
    return list(on_sale(db.session, PlanKind.SUBSCRIPTION))


def _page(member: Member, form: SubscriptionForm, status: int = 200) -> ResponseReturnValue:
    now, running, plans = clock.now(), queries.running_of(db.session, member.employer_id), _plans()
    if running is not None:
        form.version.data = running.version
    form.offer(plans)
    return render(
        "subscriptions/subscription.html",
        form=form,
        plans=plans,
        running=running,
        slots=queries.slots_of(db.session, member.employer_id, now),
        used=queries.slots_used(db.session, member.employer_id, now),
        bills=queries.invoices_of(db.session, running.id) if running else (),
        payments_on=bool(till.settings().stripe_secret_key),
        status=status,
    )
