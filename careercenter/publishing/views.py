"""Before a posting goes on the board: what it takes, and taking it."""

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.accounts.usecases import count_attempts
from careercenter.billing import queries as billing
from careercenter.billing import till
from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import NOT_SOLD, check_may_act, discount_on
from careercenter.copies.queries import live_repost
from careercenter.copies.usecases import Repost
from careercenter.coupons.forms import CodeForm
from careercenter.employers import queries as employers
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Invalid
from careercenter.extensions import db
from careercenter.periods.queries import renewing
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting
from careercenter.publishing import queries, usecases
from careercenter.publishing.forms import PayForm
from careercenter.publishing.models import Way
from careercenter.publishing.usecases import spend_credit
from careercenter.web.rendering import render

blueprint = Blueprint("publishing", __name__)

POSTING = "/hire/postings/<int(max=2147483647):posting_id>"
MOST_KEPT = 20  # codes in one browser; a cookie is small
MOST_CODES = 10  # tried by one employer in an hour
SENT = "Your posting was sent to a moderator. One credit was used."
RENEWED = "Renewed. One credit was used, and its last day moves within a minute."
SLOT = "Done. It stands in a slot of your subscription, and nothing was charged."
FREE = "Your posting was sent to a moderator. It costs nothing."


@blueprint.get(f"{POSTING}/checkout")
@member_may(Right.SPEND)
def review(member: Member, posting_id: int) -> ResponseReturnValue:
    """What it takes, before it is taken."""
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    now = clock.now()
    purchase = queries.days_for(db.session, posting, now)
    done = billing.bought(db.session, member.employer_id, purchase) if purchase else None
    if done is not None:
        return redirect(url_for("billing.checkout", public_id=done.public_id), 303)
    if not billing.payable(db.session, posting, now):
        return redirect(url_for("hire.posting", posting_id=posting_id), 303)
    return _page(member, posting, PayForm(version=posting.version))


@blueprint.post(f"{POSTING}/checkouts")
@member_may(Right.BUY)
def start(member: Member, posting_id: int) -> ResponseReturnValue:
    """On to Stripe's page, unless a coupon takes all."""
    now, form = clock.now(), PayForm()
    code = form.code.data or ""
    moved = till.make_ready(
        member, now, lambda mine: billing.page_open(db.session, mine, posting_id), code
    )
    seen = None if moved else form.seen()
    posting = billing.posting_to_pay(db.session, member.employer_id, posting_id, seen)
    try:
        answer = till.begin(member, replace(_purchase(posting), code=code), now)
    except Invalid as error:
        _forget_code(posting_id)
        return _page(member, posting, form, 422, [str(error)])
    except Repost as again:
        return _page(member, posting, form, 409, [str(again)])
    _forget_code(posting_id)
    return answer


@blueprint.post(f"{POSTING}/credit-uses")
@member_may(Right.SPEND)
def use_credit(member: Member, posting_id: int) -> ResponseReturnValue:
    form, now = PayForm(), clock.now()
    check_may_act(member)
    posting = billing.posting_to_pay(db.session, member.employer_id, posting_id, form.seen())
    employer = employers.locked(db.session, member.employer_id)
    renews = renewing(db.session, posting, now)
    try:
        spend_credit(db.session, employer, posting, now)
    except Invalid as error:
        return _page(member, posting, form, 422, [str(error)])
    except Repost as again:
        return _page(member, posting, form, 409, [str(again)])
    db.session.commit()
    flash(RENEWED if renews else SENT, "good")
    return redirect(url_for("hire.posting", posting_id=posting_id), 303)


@blueprint.post(f"{POSTING}/slot-uses")
@member_may(Right.SPEND)
def use_slot(member: Member, posting_id: int) -> ResponseReturnValue:
    form, now = PayForm(), clock.now()
    check_may_act(member)
    posting = billing.posting_to_pay(db.session, member.employer_id, posting_id, form.seen())
    employer = employers.locked(db.session, member.employer_id)
    try:
        usecases.take_slot(db.session, employer, posting, now)
    except Invalid as error:
        return _page(member, posting, form, 422, [str(error)])
    except Repost as again:
        return _page(member, posting, form, 409, [str(again)])
    db.session.commit()
    flash(SLOT, "good")
    return redirect(url_for("hire.posting", posting_id=posting_id), 303)


@blueprint.post(f"{POSTING}/free-uses")
@member_may(Right.SPEND)
def use_free_plan(member: Member, posting_id: int) -> ResponseReturnValue:
    form, now = PayForm(), clock.now()
    posting = billing.posting_to_pay(db.session, member.employer_id, posting_id, form.seen())
    employers.locked(db.session, member.employer_id)
    try:
        usecases.publish_free(db.session, posting, member, now)
    except Invalid as error:
        return _page(member, posting, form, 422, [str(error)])
    except Repost as again:
        return _page(member, posting, form, 409, [str(again)])
    db.session.commit()
    flash(FREE, "good")
    return redirect(url_for("hire.posting", posting_id=posting_id), 303)


@blueprint.post(f"{POSTING}/coupons")
@member_may(Right.BUY)
def apply_coupon(member: Member, posting_id: int) -> ResponseReturnValue:
    """Show the price with this code. This browser keeps it for this posting until it is used."""
    now, form = clock.now(), CodeForm()
    count_code(member)
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    purchase = replace(_purchase(posting), code=form.normal() or "-")
    try:
        discount_on(db.session, purchase, member.employer_id, now)
    except Invalid as error:
        form.code.errors = [str(error)]
        return _page(member, posting, PayForm(version=posting.version), 422, code_form=form)
    kept = list(session.get("coupons", {}).items())[-MOST_KEPT:]
    session["coupons"] = dict(kept) | {str(posting_id): purchase.code}
    return redirect(url_for(".review", posting_id=posting_id), 303)


@blueprint.post(f"{POSTING}/coupons/removal")
@member_may(Right.BUY)
def remove_coupon(_: Member, posting_id: int) -> ResponseReturnValue:
    """Show the price without it; nothing was written down anywhere else."""
    _forget_code(posting_id)
    return redirect(url_for(".review", posting_id=posting_id), 303)


def count_code(member: Member) -> None:
    """One more code tried, for good. Raises ``TooMany``."""
    key = f"coupon:{member.employer_id}"
    try:
        count_attempts(db.session, [(key, MOST_CODES)], till.HOUR, clock.now())
    finally:
        db.session.commit()


def _code(posting_id: int) -> str:
    """Of the coupon that was applied to this posting in this browser."""
    return str(session.get("coupons", {}).get(str(posting_id), ""))


def _forget_code(posting_id: int) -> None:
    kept = session.get("coupons", {})
    session["coupons"] = {other: code for other, code in kept.items() if other != str(posting_id)}


def _purchase(posting: Posting) -> Purchase:
    purchase = queries.days_for(db.session, posting, clock.now())
    if purchase is None:
        raise Invalid(NOT_SOLD)
    return purchase


def _page(
    member: Member,
    posting: Posting,
    form: PayForm,
    status: int = 200,
    problems: Sequence[str] = (),
    code_form: CodeForm | None = None,
) -> ResponseReturnValue:
    now, payments_on = clock.now(), bool(till.settings().stripe_secret_key)
    entitled = queries.entitlement_of(
        db.session, member, posting, payments_on, _code(posting.id), now
    )
    under_way = billing.attempt_under_way(db.session, posting.id)
    return render(
        "publishing/review.html",
        posting=posting,
        form=form,
        code_form=code_form or CodeForm(formdata=None),
        problems=problems,
        entitled=entitled,
        ways=Way,
        again=None if entitled.renews else live_repost(db.session, posting, now),
        under_way=under_way and billing.by_id(db.session, under_way.checkout_id),
        status=status,
    )
