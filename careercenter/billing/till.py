"""The way to Stripe's page and back, for views: each step commits before Stripe is called."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from careercenter import clock
from careercenter.accounts.usecases import count_attempts
from careercenter.billing import queries, settling, usecases
from careercenter.billing.gateway import Payments, PaymentsRefused, step
from careercenter.billing.models import AttemptState, Checkout, PaymentAttempt
from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import AlreadyPaid
from careercenter.config import Settings
from careercenter.declines.usecases import check_not_locked
from careercenter.employers import queries as employers
from careercenter.employers.models import Member
from careercenter.errors import Unavailable
from careercenter.extensions import db, may_write

HOUR = timedelta(hours=1)
UnderWay = Callable[[int], PaymentAttempt | None]
MOST_STARTS = 10  # of checkouts, by one employer in an hour
MOST_CLICKS = 30  # that lead on to a page that is open


def settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def payments() -> Payments:
    payments: Payments = current_app.extensions["payments"]
    return payments


def make_ready(member: Member, now: datetime, under_way: UnderWay, code: str = "") -> bool:
    """What must have happened before a checkout begins, each step committed by itself.

    A coupon may leave nothing to pay, so that Stripe need not know them. ``under_way`` finds, for
    an employer, the attempt that is under way for the same thing.

    True: an earlier payment page had all but run out and was ended, which moved the posting.
    """
    usecases.check_may_act(member)
    check_not_locked(db.session, member, now)
    paid = bool(settings().stripe_secret_key)
    if not paid and not code:
        usecases.check_may_pay(settings())
    employer_id, customer_id = member.employer_id, member.employer.stripe_customer_id
    called, email = member.employer.name, member.user.email
    _count(f"checkout:{employer_id}", MOST_STARTS, now)
    if customer_id is None and paid and not code:
        customer_id = payments().create_customer(employer_id, called, email)
        employers.locked(db.session, employer_id).stripe_customer_id = customer_id
        db.session.commit()
    attempt = under_way(employer_id)
    if attempt is None or attempt.state is not AttemptState.OPEN or attempt.usable(now):
        return False
    end_page(queries.by_id(db.session, attempt.checkout_id), now)
    return True


def check_going_on(member: Member, now: datetime) -> None:
    """Raises ``Forbidden`` and ``TooMany``. Committed."""
    usecases.check_may_act(member)
    check_not_locked(db.session, member, now)
    _count(f"payment:{member.employer_id}", MOST_CLICKS, now)


def _count(key: str, most: int, now: datetime) -> None:
    """One more in this hour, for good. Raises ``TooMany``."""
    try:
        count_attempts(db.session, [(key, most)], HOUR, now)
    finally:
        db.session.commit()


def begin(member: Member, purchase: Purchase, now: datetime) -> ResponseReturnValue:
    """On to Stripe's page, or to that of a purchase that is paid. Our row stands before the call;
    a second click finds it. What is bought for is locked.
    """
    try:
        checkout = usecases.start_checkout(db.session, purchase, member, settings(), now)
    except AlreadyPaid as paid:
        return redirect(url_for("billing.checkout", public_id=paid.public_id), 303)
    attempt = checkout.live_attempt()
    if attempt is None:
        db.session.commit()
        return redirect(url_for("billing.checkout", public_id=checkout.public_id), 303)
    return go_to(attempt)


def go_to(attempt: PaymentAttempt) -> ResponseReturnValue:
    """To its page at Stripe, which is made now if it was not."""
    url, ids = attempt.url, (attempt.checkout_id, attempt.id)
    params, key, discount = attempt.params, attempt.idempotency_key, attempt.discount_cents
    db.session.commit()
    step("after-row")
    return redirect(url or _open_page(*ids, params, key, discount), 303)


def _open_page(
    checkout_id: int, attempt_id: int, params: Mapping[str, Any], key: str, discount: int
) -> str:
    """Make the session, or ask again for the one that was made; return its page."""
    try:
        remote = payments().create_session(params, key, discount)
    except PaymentsRefused as refused:
        checkout = queries.locked(db.session, checkout_id)
        settling.refuse_attempt(db.session, checkout, attempt_id, refused)
        db.session.commit()
        raise
    queries.locked_attempt(db.session, attempt_id).note(remote)
    db.session.commit()
    step("after-note")
    return remote.url


def end_page(checkout: Checkout, now: datetime) -> None:
    """See that no more money is taken by the page that is open, then settle."""
    attempt = checkout.live_attempt()
    if attempt is None:
        return
    checkout_id, attempt_id = checkout.id, attempt.id
    remote_id = attempt.stripe_session_id
    db.session.commit()
    try:
        remote = payments().expire_session(remote_id) if remote_id else None
    except PaymentsRefused as refused:
        checkout = queries.locked(db.session, checkout_id)
        settling.refuse_attempt(db.session, checkout, attempt_id, refused)
    else:
        checkout = queries.locked(db.session, checkout_id)
        settling.cancel_checkout(db.session, checkout, remote, now)
    db.session.commit()


def settle(checkout_id: int, session_id: str) -> None:
    """Ask Stripe and write down what it says. Where it is silent, a webhook will tell."""
    db.session.commit()
    try:
        remote = payments().retrieve_session(session_id, hurried=True)
    except (Unavailable, PaymentsRefused):
        return
    may_write()
    checkout = queries.locked(db.session, checkout_id)
    settling.settle_checkout(db.session, checkout, remote, clock.now())
    step("before-settled")
    db.session.commit()
    step("after-settled")
