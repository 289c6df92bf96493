"""Coming back from paying, and what Stripe sends."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.billing import queries, till, usecases
from careercenter.billing.gateway import InvalidEvent, PaymentsRefused
from careercenter.billing.models import PaymentState
from careercenter.credits.queries import became_credit, newest_entries
from careercenter.employers.access import member_may
from careercenter.employers.models import Member
from careercenter.employers.rights import Right
from careercenter.errors import NotFound
from careercenter.extensions import csrf, db
from careercenter.web.errors import error_page
from careercenter.web.rendering import render

blueprint = Blueprint("billing", __name__)

LARGEST_EVENT = 512 * 1024  # bytes
LAST_PAGE = 10_000


@blueprint.url_value_preprocessor
def allow_event(endpoint: str | None, values: dict[str, object] | None) -> None:
    """Events may be larger than forms."""
    if endpoint == "billing.webhook":
        request.max_content_length = LARGEST_EVENT


@blueprint.app_errorhandler(PaymentsRefused)
def refused(error: PaymentsRefused) -> ResponseReturnValue:
    return error_page(502, str(error))


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
    now, employer_id = clock.now(), member.employer_id
    till.check_going_on(member, now)
    checkout = queries.of_employer(db.session, employer_id, public_id)
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
