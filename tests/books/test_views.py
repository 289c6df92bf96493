"""The health of money, for finance staff."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter import clock
from careercenter.accounts.models import Role
from careercenter.books.queries import daily_totals
from careercenter.declines.usecases import note_decline
from careercenter.findings.models import Finding
from careercenter.findings.usecases import record_finding
from careercenter.refunds.models import RefundReason
from careercenter.refunds.usecases import Wish, request_refund
from careercenter.tasks import MOST_ATTEMPTS, Runner, Task, enqueue
from tests.factories import make_user
from tests.refunds.conftest import payment_of


@pytest.fixture
def staff(client, finance):
    client.sign_in(finance)
    return client


def finding_of(session, kind):
    return session.scalars(select(Finding).where(Finding.kind == kind)).one()


def test_all_is_well_on_a_new_board(staff):
    page = staff.get("/staff/money").text
    assert "The books agree" in page
    assert "Nothing is open." in page
    assert page.count('<tr><th scope="row" class="nowrap">') == 14


def test_it_says_what_contradicts_itself(staff, session, employer):
    employer.credit_balance = 3
    assert "contradict each other: balance not ledger" in staff.get("/staff/money").text


def test_everything_that_waits_for_a_person_leads_to_where_it_is_dealt_with(
    staff, session, pay, tell, finance, zone, now
):
    held, disputed, large = pay(total_cents=1), pay(), pay()
    tell(disputed)
    wish = Wish(90_000, RefundReason.STAFF, finance, limit_cents=50_000)
    request_refund(session, large, payment_of(session, large), wish, zone, now)
    record_finding(session, "fraud_warning", payment_of(session, large).payment_intent_id, "", now)
    page = staff.get("/staff/money").text
    for checkout in (held, large):
        assert f'href="/staff/checkouts/{checkout.public_id}"' in page
    assert 'href="/staff/disputes/dp_1"' in page
    assert "Refund of $900</a>" in page
    answer = staff.get(f"/staff/payments/{payment_of(session, large).payment_intent_id}")
    assert answer.location == f"/staff/checkouts/{large.public_id}"
    assert staff.get("/staff/payments/pi_none").status_code == 404


def test_a_finding_is_resolved_but_not_one_that_needs_a_decision(staff, session, pay, now):
    held = pay(total_cents=1)
    record_finding(session, "orphan_payment", "cs_1", "Money", now)
    orphan = finding_of(session, "orphan_payment")
    assert staff.post(f"/staff/findings/{orphan.id}/resolution").location == "/staff/money"
    assert orphan.resolved_at is not None
    mismatch = finding_of(session, "amount_mismatch")
    answer = staff.post(f"/staff/findings/{mismatch.id}/resolution")
    assert answer.location == f"/staff/checkouts/{held.public_id}"
    assert mismatch.resolved_at is None
    assert staff.post("/staff/findings/999999/resolution").status_code == 404


def test_a_task_that_was_given_up_runs_again(staff, session, now):
    enqueue(session, "send_refund", 7, now)
    task = session.scalars(select(Task)).one()
    task.attempts, task.dead_at, task.last_error = MOST_ATTEMPTS, now, "PaymentsDown"
    page = staff.get("/staff/money").text
    assert "PaymentsDown" in page
    assert staff.post(f"/staff/tasks/{task.id}/runs").status_code == 303
    assert (task.attempts, task.dead_at) == (0, None)
    assert staff.post(f"/staff/tasks/{task.id}/runs").status_code == 409
    done = []

    def sessions():
        return type(session)(session.connection(), join_transaction_mode="create_savepoint")

    runner = Runner(sessions, {"send_refund": lambda _, subject, at: done.append(subject)})
    runner.run_all(clock.now())
    assert done == ["7"]


def test_staff_lets_an_employer_pay_again(staff, session, pay, member):
    checkout, now = pay(), clock.now()
    for n in range(5):
        at = now - timedelta(minutes=n)
        note_decline(session, f"ch_{n}", checkout.id, member.employer_id, member.user_id, at)
    assert "Let them pay" in staff.get("/staff/money").text
    assert staff.post(f"/staff/employers/{member.employer_id}/card-pardons").status_code == 303
    assert "Let them pay" not in staff.get("/staff/money").text


def test_each_day_adds_up_what_moved(session, pay, tell, zone, now):
    pay()
    tell(pay(slug="bundle-3"))
    today, *rest = daily_totals(session, zone, now + timedelta(minutes=5))
    assert (today.payments, today.charged, today.disputed) == (2, 171_700, 104_500)
    assert (today.given, today.spent, today.refunded) == (8, 0, 0)
    assert len(rest) == 13


def test_it_is_for_finance_staff(client, session):
    assert client.get("/staff/money").location.startswith("/login")
    client.sign_in(make_user(session, Role.MODERATOR))
    assert client.get("/staff/money").status_code == 403
    for act in ("findings/1/resolution", "tasks/1/runs", "employers/1/card-pardons"):
        assert client.post(f"/staff/{act}").status_code == 403
