"""Purchases for finance staff, and every step of one for its employer."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter import clock
from careercenter.accounts.models import Role, UserSession
from careercenter.billing.models import FulfilmentState
from careercenter.postings.models import PostingStatus
from careercenter.refunds.models import Refund, RefundState
from tests.factories import PASSWORD, make_employer, make_posting, make_user, owner_of


@pytest.fixture
def staff(client, finance):
    client.sign_in(finance)
    return client


def page_of(checkout):
    return f"/staff/checkouts/{checkout.public_id}"


def refund_url(checkout):
    number = checkout.attempts[0].stripe_session_id.removeprefix("cs_test_")
    return f"{page_of(checkout)}/payments/pi_{number}/refunds"


def refund(client, checkout, amount="45", seen="0", note="They asked for it"):
    return client.post(refund_url(checkout), data={"amount": amount, "note": note, "seen": seen})


def states(session):
    return [it.state for it in session.scalars(select(Refund).order_by(Refund.id))]


def test_staff_finds_a_purchase_and_gives_a_part_back(staff, session, pay):
    checkout = pay()
    found = staff.get("/staff/checkouts", query_string={"q": checkout.employer.name[:9]})
    assert page_of(checkout) in found.text
    assert "Nothing found" in staff.get("/staff/checkouts?q=%25%25").text
    answer = refund(staff, checkout)
    assert (answer.status_code, answer.location) == (303, page_of(checkout))
    page = staff.get(page_of(checkout)).text
    assert "Refund of $45, by our staff" in page
    assert "At most $1,000" in page
    assert states(session) == [RefundState.REQUESTED]


def test_a_second_click_refunds_nothing_more(staff, session, pay):
    checkout = pay()
    assert refund(staff, checkout).status_code == 303
    assert refund(staff, checkout).status_code == 409
    assert len(states(session)) == 1


@pytest.mark.parametrize(
    ("amount", "note", "text"),
    [
        ("1045.01", "Why not", "You can refund at most $1,045.00."),
        ("0", "Why not", "You can refund at most $1,045.00."),
        ("-5", "Why not", "Enter dollars"),
        ("99999999999", "Why not", "Enter dollars"),
        ("", "Why not", "Enter an amount."),
        ("5", " ", "Say why, in a few words."),
        ("5", "x" * 201, "Use at most 200 characters."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(staff, session, pay, amount, note, text):
    answer = refund(staff, pay(), amount, note=note)
    assert answer.status_code == 422
    assert text in answer.text
    assert states(session) == []


def test_who_signed_in_long_ago_enters_the_password_again(staff, session, pay):
    checkout = pay()
    opened = session.scalars(select(UserSession)).one()
    opened.created_at = clock.now() - timedelta(minutes=11)
    answer = refund(staff, checkout)
    assert answer.status_code == 303
    assert answer.location.startswith("/account/proofs?next=")
    assert states(session) == []
    assert "Enter your password to move money" in staff.get(page_of(checkout)).text
    wrong = staff.post(answer.location, data={"password": "not this one", "next": "/"})
    assert (wrong.status_code, "Enter your current password." in wrong.text) == (422, True)
    away = {"password": PASSWORD, "next": page_of(checkout)}
    assert staff.post(answer.location, data=away).location == page_of(checkout)
    assert refund(staff, checkout).status_code == 303
    assert states(session) == [RefundState.REQUESTED]


def test_above_the_limit_another_person_approves(staff, client, session, pay):
    checkout = pay()
    assert refund(staff, checkout, "600").status_code == 303
    (waiting,) = session.scalars(select(Refund)).all()
    url = f"{page_of(checkout)}/refunds/{waiting.id}/approval"
    assert staff.post(url).status_code == 403
    client.sign_in(make_user(session, Role.FINANCE))
    assert "Waits for a second person" in client.get(page_of(checkout)).text
    assert client.post(url).status_code == 303
    assert client.post(url).status_code == 409
    assert states(session) == [RefundState.REQUESTED]


def test_another_person_may_refuse(staff, session, pay):
    checkout = pay()
    refund(staff, checkout, "600")
    (waiting,) = session.scalars(select(Refund)).all()
    url = f"{page_of(checkout)}/refunds/{waiting.id}/refusal"
    assert staff.post(url).status_code == 303
    assert staff.post(url).status_code == 409
    assert states(session) == [RefundState.DECLINED]
    assert staff.post(f"{page_of(pay())}/refunds/{waiting.id}/refusal").status_code == 404


def test_a_held_payment_is_released_or_revoked(staff, session, pay):
    held, other = pay(total_cents=100), pay(total_cents=100)
    assert "It waits for you" in staff.get(page_of(held)).text
    assert staff.post(f"{page_of(held)}/release").status_code == 303
    assert staff.post(f"{page_of(held)}/release").status_code == 409
    assert staff.post(f"{page_of(other)}/revocation").status_code == 303
    session.expire_all()
    assert held.fulfilment_state is FulfilmentState.FULFILLED
    assert other.fulfilment_state is FulfilmentState.REVOKED


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.OPERATOR, Role.CANDIDATE, Role.EMPLOYER])
def test_only_finance_staff_moves_money(client, session, pay, role):
    checkout = pay()
    client.sign_in(make_user(session, role))
    assert client.get("/staff/checkouts").status_code == 403
    assert client.get(page_of(checkout)).status_code == 403
    assert refund(client, checkout).status_code == 403
    for act in ("release", "revocation", "refunds/1/approval", "refunds/1/refusal"):
        assert client.post(f"{page_of(checkout)}/{act}").status_code == 403
    assert states(session) == []


def test_strangers_are_asked_to_sign_in(client, pay):
    assert client.get(page_of(pay())).location.startswith("/login?next=")
    assert client.get("/account/proofs").location.startswith("/login?next=")


def test_the_employer_chooses_the_money_of_a_rejected_posting(
    client, session, pay, draft, review, member
):
    checkout = pay(draft, "single-posting")
    review(draft, approve=False)
    client.sign_in(member.user)
    steps = f"/hire/checkouts/{checkout.public_id}/steps"
    assert "Give me $249 back" in client.get(steps).text
    for _ in range(2):
        assert client.post(f"/hire/checkouts/{checkout.public_id}/refunds").location == steps
    page = client.get(steps).text
    assert "Refund of $249, instead of the credit" in page
    assert "Give me" not in page
    assert len(states(session)) == 1


def test_a_credit_that_was_used_cannot_be_money(client, session, pay, draft, review, member, spend):
    checkout = pay(draft, "single-posting")
    review(draft, approve=False)
    spend(make_posting(session, PostingStatus.DRAFT, checkout.employer))
    client.sign_in(member.user)
    assert client.post(f"/hire/checkouts/{checkout.public_id}/refunds").status_code == 409


def test_what_is_another_employers_is_not_found(client, session, pay):
    checkout = pay()
    client.sign_in(owner_of(session, make_employer(session)))
    assert client.get(f"/hire/checkouts/{checkout.public_id}/steps").status_code == 404
    assert client.post(f"/hire/checkouts/{checkout.public_id}/refunds").status_code == 404


def test_everybody_reads_the_rules_about_money(client):
    page = client.get("/pricing/rules").text
    assert "The second goes back by itself" in page
    assert "If more than $500" in page
    assert "/pricing/rules" in client.get("/pricing").text
