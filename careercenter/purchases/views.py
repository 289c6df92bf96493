"""Purchases as finance staff sees them; every step of one, as its employer does."""

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from careercenter import clock
from careercenter.accounts.access import finance_required, fresh_sign_in, is_fresh
from careercenter.billing import queries as billing
from careercenter.billing import till
from careercenter.billing.models import Checkout
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Conflict, Invalid
from careercenter.extensions import db
from careercenter.periods.models import UNUSED_RULE
from careercenter.purchases import queries
from careercenter.purchases.forms import RefundForm
from careercenter.purchases.steps import steps_of
from careercenter.refunds import goods, usecases
from careercenter.refunds import queries as refunds
from careercenter.web.rendering import render

blueprint = Blueprint("purchases", __name__)

LAST_PAGE = 10_000
CHECKOUT = "/staff/checkouts/<public_id>"
REFUND = CHECKOUT + "/refunds/<int(max=2147483647):refund_id>"
ON_ITS_WAY = "Your money is on its way back. Banks take five to ten days."
fresh = fresh_sign_in("purchases.show", "public_id")


@blueprint.get("/pricing/rules")
def rules() -> ResponseReturnValue:
    """What happens to money when, for everybody."""
    limit = till.settings().refund_limit_cents
    return render("purchases/rules.html", limit_cents=limit, unused_rule=UNUSED_RULE)


@blueprint.get("/staff/checkouts")
@finance_required
def every() -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    text = request.args.get("q", "").strip()[:100]
    found = queries.checkouts(db.session, text, number)
    return render("purchases/purchases.html", found=found, text=text)


@blueprint.get(CHECKOUT)
@finance_required
def show(public_id: str) -> ResponseReturnValue:
    return _page(queries.by_public_id(db.session, public_id), RefundForm(formdata=None))


@blueprint.post(f"{CHECKOUT}/payments/<intent>/refunds")
@finance_required
@fresh
def request_refund(public_id: str, intent: str) -> ResponseReturnValue:
    """All of it or a part; above the limit a second person approves."""
    form, checkout = RefundForm(), _locked(public_id)
    payment = refunds.payment_of(db.session, checkout.id, intent)
    if form.seen.data != str(len(refunds.refunds_of(db.session, checkout.id))):
        raise Conflict
    if not form.validate():
        return _page(checkout, form, 422)
    wish = form.wish(current_user.user, till.settings().refund_limit_cents)
    try:
        refund = usecases.request_refund(db.session, checkout, payment, wish, _zone(), clock.now())
    except Invalid as error:
        form.amount.errors = [str(error)]
        return _page(checkout, form, 422)
    waits = refund.state.value == "waiting"
    return _done(public_id, "A second person must approve it." if waits else "It is on its way.")


@blueprint.post(f"{REFUND}/approval")
@finance_required
@fresh
def approve(public_id: str, refund_id: int) -> ResponseReturnValue:
    checkout = _locked(public_id)
    refund = refunds.locked(db.session, checkout.id, refund_id)
    usecases.approve_refund(db.session, refund, current_user.user, _zone(), clock.now())
    return _done(public_id, "Approved. The refund is on its way.")


@blueprint.post(f"{REFUND}/refusal")
@finance_required
def decline(public_id: str, refund_id: int) -> ResponseReturnValue:
    refund = refunds.locked(db.session, _locked(public_id).id, refund_id)
    usecases.decline_refund(refund, current_user.user, clock.now())
    return _done(public_id, "Not approved. Nothing goes back.")


@blueprint.post(f"{CHECKOUT}/release")
@finance_required
@fresh
def release(public_id: str) -> ResponseReturnValue:
    usecases.release_held(db.session, _locked(public_id), clock.now())
    return _done(public_id, "Released. The employer has what was bought.")


@blueprint.post(f"{CHECKOUT}/revocation")
@finance_required
@fresh
def revoke(public_id: str) -> ResponseReturnValue:
    person = current_user.user
    usecases.revoke_held(db.session, _locked(public_id), person, _zone(), clock.now())
    return _done(public_id, "Revoked. All of the money goes back.")


@blueprint.get("/hire/checkouts/<public_id>/steps")
@member_may(Right.BUY)
def steps(member: Member, public_id: str) -> ResponseReturnValue:
    checkout = billing.of_employer(db.session, member.employer_id, public_id)
    return render(
        "purchases/steps.html",
        checkout=checkout,
        steps=steps_of(db.session, checkout),
        choice=usecases.choice(db.session, checkout) is not None,
    )


@blueprint.post("/hire/checkouts/<public_id>/refunds")
@member_may(Right.BUY)
def choose_money(member: Member, public_id: str) -> ResponseReturnValue:
    """The money instead of the credit that a payment became."""
    checkout = _mine(member, public_id)
    usecases.choose_money(db.session, checkout, member.user, _zone(), clock.now())
    db.session.commit()
    flash(ON_ITS_WAY, "good")
    return redirect(url_for(".steps", public_id=public_id), 303)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.config["BOARD_ZONE"]
    return zone


def _mine(member: Member, public_id: str) -> Checkout:
    """Locked."""
    mine = queries.id_of_employer(db.session, member.employer_id, public_id)
    return billing.locked(db.session, mine)


def _locked(public_id: str) -> Checkout:
    return billing.locked(db.session, queries.by_public_id(db.session, public_id).id)


def _done(public_id: str, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "good")
    return redirect(url_for(".show", public_id=public_id), 303)


def _page(checkout: Checkout, form: RefundForm, status: int = 200) -> ResponseReturnValue:
    paid = refunds.payments_of(db.session, checkout.id)
    gone = refunds.refunds_of(db.session, checkout.id)
    form.seen.data = str(len(gone))
    return render(
        "purchases/purchase.html",
        checkout=checkout,
        form=form,
        fresh=is_fresh(),
        payments=[(payment, refunds.left_of(db.session, payment)) for payment in paid],
        refunds=gone,
        unused=sum(it.left for it in goods.unspent_of(db.session, checkout)),
        bought=sum(line.credits for line in checkout.lines),
        steps=steps_of(db.session, checkout),
        status=status,
    )
