"""The pages around a payment, as an employer meets them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from careercenter.accounts.models import Role
from careercenter.billing.gateway import PaymentsRefused
from careercenter.billing.models import AttemptState, Checkout, PaymentAttempt, PaymentState
from careercenter.credits import usecases as credits
from careercenter.postings.models import PostingStatus
from tests.factories import make_employer, make_posting, make_user, owner_of

STRIPE = "https://checkout.stripe.com/c/pay/"


@pytest.fixture
def pay(owner_client, draft):
    """Press Pay. Without a version: the one that the page shows."""

    def pay(version=None):
        form = {"version": draft.version if version is None else version}
        return owner_client.post(f"/hire/postings/{draft.id}/checkouts", data=form)

    return pay


@pytest.fixture
def bought(session, pay, draft):
    """A checkout whose page at Stripe is open."""
    assert pay().status_code == 303
    return session.scalars(select(Checkout)).one()


def count(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_the_price_is_shown_before_anything_is_bought(owner_client, draft):
    page = owner_client.get(f"/hire/postings/{draft.id}/checkout")
    assert page.status_code == 200
    for words in ("Profee coder, urology", "$249", "30 days", "TEST PAYMENTS", "Pay $249"):
        assert words in page.text
    assert "Use one credit" not in page.text


def test_paying_leads_to_stripe(session, pay, draft, payments):
    response = pay()
    assert (response.status_code, response.location) == (303, f"{STRIPE}cs_test_1")
    attempt = session.scalars(select(PaymentAttempt)).one()
    assert (attempt.state, attempt.stripe_session_id) == (AttemptState.OPEN, "cs_test_1")
    assert draft.status is PostingStatus.CHECKOUT
    assert draft.employer.stripe_customer_id == payments.customers[draft.employer_id]


def test_a_double_click_leads_to_the_same_page(session, pay, draft):
    version = draft.version
    assert pay(version).location == pay(version).location
    assert count(session, PaymentAttempt) == 1


def test_a_draft_that_changed_since_it_was_seen_is_not_bought(session, pay, draft):
    assert pay(draft.version + 1).status_code == 409
    assert pay("nonsense").status_code == 409
    assert count(session, Checkout) == 0


def test_when_stripe_is_silent_nothing_is_charged_and_the_click_can_be_repeated(
    session, pay, draft, payments
):
    draft.employer.stripe_customer_id = "cus_1"
    payments.down = True
    response = pay()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "You have not been charged. Try again." in response.text
    payments.down = False
    assert pay().location == f"{STRIPE}cs_test_1"
    assert count(session, PaymentAttempt) == 1


def test_when_stripe_refuses_the_posting_is_a_draft_again(session, pay, draft, payments):
    draft.employer.stripe_customer_id = "cus_1"
    payments.refusal = PaymentsRefused("line_items")
    response = pay()
    assert response.status_code == 502
    assert "We couldn&#39;t start the payment. You have not been charged." in response.text
    assert draft.status is PostingStatus.DRAFT
    assert pay().status_code == 303


def test_a_page_that_is_nearly_over_is_ended_and_another_opened(monkeypatch, pay, bought, payments):
    monkeypatch.setattr("tests.client.MOST_STATEMENTS", 40)  # two calls, four transactions
    bought.attempts[0].expires_at -= timedelta(minutes=56)
    assert pay().location == f"{STRIPE}cs_test_2"
    assert payments.sessions["cs_test_1"].status == "expired"
    assert [attempt.state for attempt in bought.attempts] == ["expired", "open"]


def test_the_eleventh_start_in_an_hour_is_too_many(pay):
    for _ in range(10):
        assert pay().status_code == 303
    response = pay()
    assert response.status_code == 429
    assert "Retry-After" in response.headers


def test_an_address_must_be_confirmed_before_one_buys(pay, member):
    member.user.confirmed_at = None
    response = pay()
    assert response.status_code == 403
    assert "Verify your email first." in response.text


def test_a_suspended_employer_is_told_whom_to_ask(pay, employer, now):
    employer.suspended_at = now
    response = pay()
    assert response.status_code == 403
    assert "Your account is on hold. Contact support." in response.text


def test_coming_back_from_paying_settles(session, owner_client, bought, payments, draft):
    payments.pay("cs_test_1")
    page = owner_client.get(f"/hire/checkouts/{bought.public_id}?session_id=cs_test_1")
    assert page.status_code == 200
    assert "Payment received" in page.text
    assert draft.status is PostingStatus.IN_REVIEW


def test_coming_back_before_stripe_knows_waits(owner_client, bought):
    page = owner_client.get(f"/hire/checkouts/{bought.public_id}?session_id=cs_test_1")
    assert 'http-equiv="refresh"' in page.text
    assert "Checking your payment" in page.text


def test_coming_back_while_stripe_is_silent_shows_what_we_know(owner_client, bought, payments):
    payments.pay("cs_test_1")
    payments.down = True
    page = owner_client.get(f"/hire/checkouts/{bought.public_id}?session_id=cs_test_1")
    assert (page.status_code, bought.payment_state) == (200, PaymentState.AWAITING)
    assert "Payment received" not in page.text


def test_a_payment_is_never_believed_from_the_address(session, owner_client, bought, draft):
    url = f"/hire/checkouts/{bought.public_id}?session_id=cs_test_1&payment_status=paid"
    assert "Payment received" not in owner_client.get(url).text
    assert draft.status is PostingStatus.CHECKOUT
    for invented in ("cs_test_2", "", "x" * 5000):
        url = f"/hire/checkouts/{bought.public_id}?session_id={invented}"
        assert owner_client.get(url).status_code == 404


def test_a_bank_debit_says_that_the_bank_is_confirming(owner_client, pay, bought, payments, draft):
    payments.debit("cs_test_1")
    url = f"/hire/checkouts/{bought.public_id}"
    assert "Payment processing (bank)" in owner_client.get(f"{url}?session_id=cs_test_1").text
    assert pay().location == url


def test_what_is_paid_is_not_paid_again(session, owner_client, pay, bought, payments, draft):
    payments.pay("cs_test_1")
    url = f"/hire/checkouts/{bought.public_id}"
    owner_client.get(url)
    assert pay().location == url
    assert owner_client.get(f"/hire/postings/{draft.id}/checkout").location == url
    assert count(session, PaymentAttempt) == 1


def test_a_payment_for_a_posting_that_moved_on_is_shown_as_a_credit(
    owner_client, bought, payments, draft, now
):
    draft.submit(now)
    payments.pay("cs_test_1")
    page = owner_client.get(f"/hire/checkouts/{bought.public_id}?session_id=cs_test_1")
    assert "you got a posting credit for it" in page.text


def test_a_held_payment_is_explained_and_not_asked_for_again(owner_client, pay, bought, payments):
    payments.pay("cs_test_1")
    payments.tamper("cs_test_1", total_cents=1)
    url = f"/hire/checkouts/{bought.public_id}"
    assert "Paid – being checked" in owner_client.get(url).text
    assert pay().location == url


def test_leaving_ends_the_page_and_gives_the_draft_back(owner_client, bought, payments, draft):
    response = owner_client.post(f"/hire/checkouts/{bought.public_id}/cancellation")
    assert (response.status_code, response.location) == (303, f"/hire/postings/{draft.id}")
    assert payments.sessions["cs_test_1"].status == "expired"
    assert (bought.payment_state, draft.status) == (PaymentState.CANCELED, PostingStatus.DRAFT)
    again = owner_client.post(f"/hire/checkouts/{bought.public_id}/cancellation")
    assert again.status_code == 303


def test_leaving_too_late_shows_the_payment(owner_client, bought, payments, draft):
    payments.pay("cs_test_1")
    response = owner_client.post(f"/hire/checkouts/{bought.public_id}/cancellation")
    assert response.location == f"/hire/checkouts/{bought.public_id}"
    assert draft.status is PostingStatus.IN_REVIEW


def test_leaving_while_stripe_is_silent_changes_nothing(owner_client, bought, payments, draft):
    payments.down = True
    response = owner_client.post(f"/hire/checkouts/{bought.public_id}/cancellation")
    assert (response.status_code, draft.status) == (503, PostingStatus.CHECKOUT)


def test_a_session_that_stripe_has_forgotten_does_not_hold_a_posting(
    owner_client, bought, payments, draft
):
    payments.sessions.clear()
    response = owner_client.post(f"/hire/checkouts/{bought.public_id}/cancellation")
    assert (response.status_code, draft.status) == (303, PostingStatus.DRAFT)


def test_a_credit_submits_a_posting_without_stripe(
    session, owner_client, draft, employer, payments, now
):
    credits.gift_credits(session, employer, 1, "hello", now)
    payments.down = True
    page = owner_client.get(f"/hire/postings/{draft.id}/checkout")
    assert "You have 1 posting credit." in page.text
    url, form = f"/hire/postings/{draft.id}/credit-uses", {"version": draft.version}
    assert owner_client.post(url, data=form).location == f"/hire/postings/{draft.id}"
    assert (draft.status, employer.credit_balance) == (PostingStatus.IN_REVIEW, 0)
    assert owner_client.post(url, data=form).status_code == 409


def test_without_a_credit_one_is_told_so(owner_client, draft):
    url, form = f"/hire/postings/{draft.id}/credit-uses", {"version": draft.version}
    response = owner_client.post(url, data=form)
    assert response.status_code == 422
    assert "You have no posting credits left." in response.text


def test_billing_shows_payments_and_credits(session, owner_client, bought, payments, employer, now):
    credits.gift_credits(session, employer, 3, "hello", now)
    page = owner_client.get("/hire/billing")
    for words in ("Awaiting payment", "You have 3 posting credits.", "Given by the board", "+3"):
        assert words in page.text
    assert owner_client.get("/hire/billing?page=2").status_code == 404


def test_billing_is_readable_when_nothing_was_bought(owner_client):
    page = owner_client.get("/hire/billing?page=nonsense")
    assert "Nothing bought yet" in page.text


def test_a_board_without_a_key_says_so(owner_client, draft, app, monkeypatch, settings):
    monkeypatch.setitem(app.extensions, "settings", replace(settings, stripe_secret_key=""))
    page = owner_client.get(f"/hire/postings/{draft.id}/checkout")
    assert "Payment is not set up on this board yet." in page.text
    response = owner_client.post(f"/hire/postings/{draft.id}/checkouts", data={"version": 1})
    assert response.status_code == 503


def test_a_posting_that_cannot_be_paid_leads_to_its_page(session, owner_client, employer):
    posting = make_posting(session, PostingStatus.IN_REVIEW, employer)
    response = owner_client.get(f"/hire/postings/{posting.id}/checkout")
    assert (response.status_code, response.location) == (303, f"/hire/postings/{posting.id}")


def addresses(draft, bought):
    return [
        ("GET", f"/hire/postings/{draft.id}/checkout"),
        ("POST", f"/hire/postings/{draft.id}/checkouts"),
        ("POST", f"/hire/postings/{draft.id}/credit-uses"),
        ("GET", f"/hire/checkouts/{bought.public_id}"),
        ("POST", f"/hire/checkouts/{bought.public_id}/cancellation"),
    ]


def test_another_employers_money_is_not_found(session, client, draft, bought):
    client.sign_in(owner_of(session, make_employer(session)))
    for method, url in addresses(draft, bought):
        assert client.open(url, method=method, data={"version": 1}).status_code == 404


def test_candidates_have_no_business_here(session, client, draft, bought):
    client.sign_in(make_user(session, Role.CANDIDATE))
    for method, url in [*addresses(draft, bought), ("GET", "/hire/billing")]:
        assert client.open(url, method=method).status_code == 403


def test_strangers_are_asked_to_sign_in(client, draft, bought):
    client.sign_out()
    for method, url in [*addresses(draft, bought), ("GET", "/hire/billing")]:
        response = client.open(url, method=method)
        assert response.location.startswith("/login")


def test_ids_that_cannot_be_are_not_found(owner_client):
    for number in ("9" * 30, "2147483648", "٣"):
        assert owner_client.get(f"/hire/postings/{number}/checkout").status_code == 404
