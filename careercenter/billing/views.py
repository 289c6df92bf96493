"""Paying for a posting, coming back from paying, and what Stripe sends."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.accounts.usecases import count_attempts
from careercenter.billing import queries, settling, usecases
from careercenter.billing.forms import PayForm
from careercenter.billing.gateway import (
    InvalidEvent,
    Payments,
    PaymentsRefused,
    step,
)
from careercenter.billing.models import AttemptState, Checkout, PaymentState
from careercenter.billing.period_queries import renewing
from careercenter.billing.usecases import AlreadyPaid
from careercenter.config import Settings
from careercenter.employers import queries as employers
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import Invalid, NotFound, Unavailable
from careercenter.extensions import csrf, db, may_write
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting
from careercenter.web.errors import error_page
from careercenter.web.rendering import render

blueprint = Blueprint("billing", __name__)

LARGEST_EVENT = 512 * 1024  # bytes
SENT = "Your posting was sent to a moderator. One credit was used."
RENEWED = "Renewed. One credit was used, and its last day moves within a minute."
HOUR = timedelta(hours=1)
LAST_PAGE = 10_000
MOST_STARTS = 10  # of checkouts, by one employer in an hour
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
    done = queries.bought(db.session, posting, now)
    if done is not None:
        return redirect(url_for(".checkout", public_id=done.public_id), 303)
    if not queries.payable(db.session, posting, now):
        return redirect(url_for("hire.posting", posting_id=posting_id), 303)
    return _review_page(member, posting, PayForm(version=posting.version))


@blueprint.post(f"{POSTING}/checkouts")
@member_may(Right.BUY)
def start(member: Member, posting_id: int) -> ResponseReturnValue:
    """On to Stripe's page. Our row stands before Stripe is called; a second click finds it."""
    now, employer_id = clock.now(), member.employer_id
    version = None if _make_ready(member, posting_id, now) else PayForm().seen()
    posting = queries.posting_to_pay(db.session, employer_id, posting_id, version)
    try:
        attempt = usecases.start_checkout(db.session, posting, member, _settings(), now)
    except AlreadyPaid as paid:
        return redirect(url_for(".checkout", public_id=paid.public_id), 303)
    url, ids = attempt.url, (attempt.checkout_id, attempt.id)
    params, key = attempt.params, attempt.idempotency_key
    db.session.commit()
    step("after-row")
    return redirect(url or _open_page(*ids, params, key), 303)


@blueprint.post(f"{POSTING}/credit-uses")
@member_may(Right.SPEND)
def use_credit(member: Member, posting_id: int) -> ResponseReturnValue:
    form = PayForm()
    posting = queries.posting_to_pay(db.session, member.employer_id, posting_id, form.seen())
    employer = employers.locked(db.session, member.employer_id)
    now, renews = clock.now(), renewing(db.session, posting, clock.now())
    try:
        usecases.spend_credit(db.session, employer, posting, now, _settings().posting_days)
    except Invalid as error:
        return _review_page(member, posting, form, 422, [str(error)])
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
        _settle(checkout.id, ask)
        checkout = queries.of_employer(db.session, employer_id, public_id)
    waiting = session_id is not None and checkout.payment_state is PaymentState.AWAITING
    credited = queries.became_credit(db.session, checkout.id)
    return render("billing/checkout.html", checkout=checkout, waiting=waiting, credited=credited)


@blueprint.post("/hire/checkouts/<public_id>/cancellation")
@member_may(Right.BUY)
def cancel(member: Member, public_id: str) -> ResponseReturnValue:
    """Back to editing. If the money was quicker, the money stands."""
    checkout = queries.of_employer(db.session, member.employer_id, public_id)
    checkout_id, posting_id = checkout.id, checkout.posting_id
    _end_page(checkout, clock.now())
    state = queries.by_id(db.session, checkout_id).payment_state
    if state in (PaymentState.PAID, PaymentState.PROCESSING):
        return redirect(url_for(".checkout", public_id=public_id), 303)
    flash("The payment was canceled. You have not been charged.")
    return redirect(url_for("hire.posting", posting_id=posting_id), 303)


@blueprint.get("/hire/billing")
@member_may(Right.BUY)
def history(member: Member) -> ResponseReturnValue:
    number = min(max(1, request.args.get("page", 1, type=int)), LAST_PAGE)
    return render(
        "billing/history.html",
        checkouts=queries.page_of_employer(db.session, member.employer_id, number),
        entries=queries.newest_entries(db.session, member.employer_id),
        balance=member.employer.credit_balance,
    )


@blueprint.post("/webhooks/stripe")
@csrf.exempt
def webhook() -> ResponseReturnValue:
    """Keep what Stripe sent and promise to look; nothing is believed here."""
    signature, now = request.headers.get("Stripe-Signature", ""), clock.now()
    try:
        event = _payments().verify_event(request.get_data(), signature, now)
    except InvalidEvent:
        return {"error": {"message": "That request could not be understood."}}, 400
    usecases.receive_event(db.session, event, _settings(), now)
    db.session.commit()
    return {"received": True}


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _payments() -> Payments:
    payments: Payments = current_app.extensions["payments"]
    return payments


def _review_page(
    member: Member, posting: Posting, form: PayForm, status: int = 200, problems: Sequence[str] = ()
) -> ResponseReturnValue:
    under_way = queries.attempt_under_way(db.session, posting.id)
    return render(
        "billing/review.html",
        posting=posting,
        form=form,
        problems=problems,
        balance=member.employer.credit_balance,
        renews=renewing(db.session, posting, clock.now()),
        under_way=under_way and queries.by_id(db.session, under_way.checkout_id),
        price_cents=_settings().posting_price_cents,
        days=_settings().posting_days,
        payments_on=bool(_settings().stripe_secret_key),
        status=status,
    )


def _make_ready(member: Member, posting_id: int, now: datetime) -> bool:
    """What must have happened before a checkout begins, each step committed by itself.

    True: an earlier payment page had all but run out and was ended, which moved the posting.
    """
    usecases.check_may_buy(member, _settings())
    employer_id, customer_id = member.employer_id, member.employer.stripe_customer_id
    called, email = member.employer.name, member.user.email
    try:
        count_attempts(db.session, [(f"checkout:{employer_id}", MOST_STARTS)], HOUR, now)
    finally:
        db.session.commit()
    if customer_id is None:
        customer_id = _payments().create_customer(employer_id, called, email)
        employers.locked(db.session, employer_id).stripe_customer_id = customer_id
        db.session.commit()
    attempt = queries.attempt_under_way(db.session, posting_id)
    if attempt is None or attempt.state is not AttemptState.OPEN or attempt.usable(now):
        return False
    checkout = queries.by_id(db.session, attempt.checkout_id)
    if checkout.employer_id != employer_id:
        return False
    _end_page(checkout, now)
    return True


def _open_page(checkout_id: int, attempt_id: int, params: Mapping[str, Any], key: str) -> str:
    """Make the session, or ask again for the one that was made; return its page."""
    try:
        remote = _payments().create_session(params, key)
    except PaymentsRefused as refused:
        checkout = queries.locked(db.session, checkout_id)
        settling.refuse_attempt(db.session, checkout, attempt_id, refused)
        db.session.commit()
        raise
    queries.locked_attempt(db.session, attempt_id).note(remote)
    db.session.commit()
    step("after-note")
    return remote.url


def _end_page(checkout: Checkout, now: datetime) -> None:
    """See that no more money is taken by the page that is open, then settle."""
    attempt = checkout.live_attempt()
    if attempt is None:
        return
    checkout_id, attempt_id = checkout.id, attempt.id
    remote_id = attempt.stripe_session_id
    db.session.commit()
    try:
        remote = _payments().expire_session(remote_id) if remote_id else None
    except PaymentsRefused as refused:
        checkout = queries.locked(db.session, checkout_id)
        settling.refuse_attempt(db.session, checkout, attempt_id, refused)
    else:
        checkout = queries.locked(db.session, checkout_id)
        settling.cancel_checkout(db.session, checkout, remote, now)
    db.session.commit()


def _settle(checkout_id: int, session_id: str) -> None:
    """Ask Stripe and write down what it says. Where it is silent, a webhook will tell."""
    db.session.commit()
    try:
        remote = _payments().retrieve_session(session_id, hurried=True)
    except (Unavailable, PaymentsRefused):
        return
    may_write()
    checkout = queries.locked(db.session, checkout_id)
    settling.settle_checkout(db.session, checkout, remote, clock.now())
    step("before-settled")
    db.session.commit()
    step("after-settled")
