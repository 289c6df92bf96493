"""Paying for a posting, coming back from paying, and what Stripe sends."""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.billing import queries, till, usecases
from careercenter.billing.forms import PayForm
from careercenter.billing.gateway import InvalidEvent, PaymentsRefused
from careercenter.billing.models import PaymentState
from careercenter.billing.placing import Purchase
from careercenter.copies.queries import live_repost
from careercenter.copies.usecases import Repost
from careercenter.credits.queries import became_credit, newest_entries
from careercenter.employers import queries as employers
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Invalid, NotFound
from careercenter.extensions import csrf, db
from careercenter.periods.queries import renewing
from careercenter.plans.models import PlanKind
from careercenter.plans.queries import posting_plan
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting
from careercenter.web.errors import error_page
from careercenter.web.rendering import render

blueprint = Blueprint("billing", __name__)

LARGEST_EVENT = 512 * 1024  # bytes
SENT = "Your posting was sent to a moderator. One credit was used."
RENEWED = "Renewed. One credit was used, and its last day moves within a minute."
LAST_PAGE = 10_000
POSTING = "/hire/postings/<int(max=2147483647):posting_id>"


@blueprint.url_value_preprocessor
def allow_event(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Events may be larger than forms."""
    if endpoint == "billing.webhook":
        request.max_content_length = LARGEST_EVENT


@blueprint.app_errorhandler(PaymentsRefused)
def refused(error: PaymentsRefused) -> ResponseReturnValue:
    return error_page(502, str(error))


@blueprint.get(f"{POSTING}/checkout")
@member_may(Right.SPEND)
def review(member: Member, posting_id: int) -> ResponseReturnValue:
    """What will be bought, before it is."""
    posting = postings.owned_by(db.session, member.employer_id, posting_id)
    now = clock.now()
    done = queries.bought(db.session, member.employer_id, _days_for(posting, now))
    if done is not None:
        return redirect(url_for(".checkout", public_id=done.public_id), 303)
    if not queries.payable(db.session, posting, now):
        return redirect(url_for("hire.posting", posting_id=posting_id), 303)
    return _review_page(member, posting, PayForm(version=posting.version))


@blueprint.post(f"{POSTING}/checkouts")
@member_may(Right.BUY)
def start(member: Member, posting_id: int) -> ResponseReturnValue:
    """On to Stripe's page."""
    now, form = clock.now(), PayForm()
    moved = till.make_ready(
        member, now, lambda mine: queries.page_open(db.session, mine, posting_id)
    )
    seen = None if moved else form.seen()
    posting = queries.posting_to_pay(db.session, member.employer_id, posting_id, seen)
    try:
        return till.begin(member, _days_for(posting, now), now)
    except Repost as again:
        return _review_page(member, posting, form, 409, [str(again)])


@blueprint.post(f"{POSTING}/credit-uses")
@member_may(Right.SPEND)
def use_credit(member: Member, posting_id: int) -> ResponseReturnValue:
    form, now = PayForm(), clock.now()
    posting = queries.posting_to_pay(db.session, member.employer_id, posting_id, form.seen())
    employer = employers.locked(db.session, member.employer_id)
    renews = renewing(db.session, posting, now)
    try:
        usecases.spend_credit(db.session, employer, posting, now)
    except Invalid as error:
        return _review_page(member, posting, form, 422, [str(error)])
    except Repost as again:
        return _review_page(member, posting, form, 409, [str(again)])
    db.session.commit()
    flash(RENEWED if renews else SENT, "good")
    return redirect(url_for("hire.posting", posting_id=posting_id), 303)


@blueprint.get("/hire/checkouts/<public_id>")
@member_may(Right.SPEND)
def checkout(member: Member, public_id: str) -> ResponseReturnValue:
    """Where one comes back to from paying. It shows what is true, never what the address says."""
    employer_id = member.employer_id
    checkout = queries.of_employer(db.session, employer_id, public_id)
    session_id = request.args.get("session_id")
    known = [attempt.stripe_session_id for attempt in checkout.attempts]
    if session_id is not None and session_id not in known:
        raise NotFound
    live = checkout.live_attempt()
    ask = session_id or (live.stripe_session_id if live else None)
    if ask and checkout.payment_state is not PaymentState.PAID:
        till.settle(checkout.id, ask)
        checkout = queries.of_employer(db.session, employer_id, public_id)
    waiting = session_id is not None and checkout.payment_state is PaymentState.AWAITING
    credited = became_credit(db.session, checkout.id)
    return render("billing/checkout.html", checkout=checkout, waiting=waiting, credited=credited)


@blueprint.post("/hire/checkouts/<public_id>/payments")
@member_may(Right.BUY)
def go_on(member: Member, public_id: str) -> ResponseReturnValue:
    """To the payment page that is open, whatever is bought."""
    now, checkout = clock.now(), queries.of_employer(db.session, member.employer_id, public_id)
    attempt = checkout.live_attempt()
    if attempt is None or not attempt.usable(now):
        return redirect(url_for(".checkout", public_id=public_id), 303)
    return till.go_to(attempt)


@blueprint.post("/hire/checkouts/<public_id>/cancellation")
@member_may(Right.BUY)
def cancel(member: Member, public_id: str) -> ResponseReturnValue:
    """Back to editing. If the money was quicker, the money stands."""
    checkout = queries.of_employer(db.session, member.employer_id, public_id)
    checkout_id, posting_id = checkout.id, checkout.posting_id
    till.end_page(checkout, clock.now())
    state = queries.by_id(db.session, checkout_id).payment_state
    if state in (PaymentState.PAID, PaymentState.PROCESSING):
        return redirect(url_for(".checkout", public_id=public_id), 303)
    flash("The payment was canceled. You have not been charged.")
    if posting_id is None:
        return redirect(url_for(".history"), 303)
    return redirect(url_for("hire.posting", posting_id=posting_id), 303)


@blueprint.get("/hire/billing")
@member_may(Right.BUY)
def history(member: Member) -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render(
        "billing/history.html",
        checkouts=queries.page_of_employer(db.session, member.employer_id, number),
        entries=newest_entries(db.session, member.employer_id),
        balance=member.employer.credit_balance,
    )


@blueprint.post("/webhooks/stripe")
@csrf.exempt
def webhook() -> ResponseReturnValue:
    """Keep what Stripe sent and promise to look; nothing is believed here."""
    signature, now = request.headers.get("Stripe-Signature", ""), clock.now()
    try:
        event = till.payments().verify_event(request.get_data(), signature, now)
    except InvalidEvent:
        return {"error": {"message": "That request could not be understood."}}, 400
    usecases.receive_event(db.session, event, till.settings(), now)
    db.session.commit()
    return {"received": True}


def _days_for(posting: Posting, now: datetime) -> Purchase:
    """Days for it: to go on the board, or to stay. Raises ``Invalid`` where none are sold."""
    plan = posting_plan(db.session)
    if plan is None:
        raise Invalid(usecases.NOT_SOLD)
    renews = renewing(db.session, posting, now)
    return Purchase(plan, posting, PlanKind.EXTENSION if renews else PlanKind.POSTING)


def _review_page(
    member: Member, posting: Posting, form: PayForm, status: int = 200, problems: Sequence[str] = ()
) -> ResponseReturnValue:
    now, under_way = clock.now(), queries.attempt_under_way(db.session, posting.id)
    purchase = _days_for(posting, now)
    renews = purchase.kind is PlanKind.EXTENSION
    return render(
        "billing/review.html",
        posting=posting,
        form=form,
        problems=problems,
        balance=member.employer.credit_balance,
        renews=renews,
        under_way=under_way and queries.by_id(db.session, under_way.checkout_id),
        again=None if renews else live_repost(db.session, posting, now),
        plan=purchase.plan,
        payments_on=bool(till.settings().stripe_secret_key),
        status=status,
    )
