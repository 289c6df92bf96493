"""Money while the network, the messages and the people misbehave, on a database that commits."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from careercenter import clock
from careercenter.billing import queries
from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import AttemptState, Checkout, PaymentAttempt, StripeEvent
from careercenter.employers.models import Member
from careercenter.findings.models import Finding
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import Posting, PostingStatus
from tests.billing.conftest import begin, event_body

pytestmark = pytest.mark.slow

CREATE = "POST /v1/checkout/sessions"


def at_once(*calls: Callable[[], object]) -> list[object]:
    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(call) for call in calls]]


@pytest.fixture
def paid(till, sim):
    """A session that was paid, of which nobody has told us."""
    (posting_id,) = till.open()
    till.start(posting_id)
    (session_id,) = till.sessions_at_stripe()
    sim.pay(session_id)
    return session_id


def test_one_message_eight_times_at_once_has_one_effect(till, paid):
    body = event_body(paid)
    answers = at_once(*[lambda: till.hear(body).status_code] * 8)
    assert answers == [200] * 8
    till.work()
    assert till.count(StripeEvent) == 1
    till.check(paid=1)


def test_workers_and_the_returning_payer_settle_at_once(till, paid):
    for number in range(6):
        assert till.hear(event_body(paid, id=f"evt_{number}")).status_code == 200
    at_once(till.work, till.work, till.work, till.back, till.back, till.sweep)
    till.work()
    till.check(paid=1)


def test_a_message_may_come_before_our_own_second_commit(till, sim):
    (posting_id,) = till.open()
    now = clock.now()
    with till.sessions() as session:
        posting = session.get_one(Posting, posting_id)
        member = session.scalars(select(Member)).one()
        attempt = begin(session, posting, member, till.settings, now)
        attempt_id, params, key = attempt.id, attempt.params, attempt.idempotency_key
        session.commit()
    remote = till.payments.create_session(params, key)
    sim.pay(remote.id)
    assert till.hear(event_body(remote.id)).status_code == 200
    till.work()
    till.check(paid=1)
    with till.sessions() as session:
        queries.locked_attempt(session, attempt_id).note(remote)
        session.commit()
        assert session.get_one(PaymentAttempt, attempt_id).state is AttemptState.COMPLETE
    till.check(paid=1)


def test_a_message_that_never_comes_is_asked_for(till, paid):
    till.sweep()
    till.check(paid=1)


@pytest.mark.parametrize(("mode", "times"), [("500", 3), ("429", 3), ("drop_after", 3)])
def test_when_stripe_fails_at_the_start_nothing_is_double(till, sim, mode, times):
    (posting_id,) = till.open()
    sim.fault(CREATE, mode, times=times)
    statuses = []
    for _ in range(4):
        form = {"version": str(till.version(posting_id))}
        response = till.client().post(f"/hire/postings/{posting_id}/checkouts", data=form)
        statuses.append(response.status_code)
    assert statuses[0] == 503
    assert statuses[-1] == 303
    (session_id,) = till.sessions_at_stripe()
    sim.pay(session_id)
    till.back()
    till.check(paid=1)


def test_an_answer_that_is_lost_is_not_noticed(till, sim):
    (posting_id,) = till.open()
    sim.fault(CREATE, "drop_after")
    url = till.start(posting_id)
    (session_id,) = till.sessions_at_stripe()
    assert url.endswith(session_id)


def test_eight_clicks_at_once_open_one_page(till):
    (posting_id,) = till.open()
    form = {"version": str(till.version(posting_id))}
    url = f"/hire/postings/{posting_id}/checkouts"
    browsers = [till.client() for _ in range(8)]
    answers = at_once(*[lambda b=b: b.post(url, data=form) for b in browsers])
    assert {answer.status_code for answer in answers} <= {303, 503}
    assert len({answer.location for answer in answers if answer.status_code == 303}) == 1
    assert len(till.sessions_at_stripe()) == 1
    assert (till.count(Checkout), till.count(PaymentAttempt)) == (1, 1)


def test_a_debit_that_arrives_days_later_is_money(till, sim):
    (posting_id,) = till.open()
    till.start(posting_id)
    (session_id,) = till.sessions_at_stripe()
    sim.bank_debit(session_id)
    assert "Payment processing (bank)" in till.back()
    till.check(paid=0)
    sim.settle(session_id)
    till.sweep()
    till.check(paid=1)


def test_a_session_that_was_tampered_with_is_held(till, sim, paid):
    sim.tamper(paid, amount_total=100)
    assert "being checked" in till.back()
    with till.sessions() as session:
        assert session.scalars(select(Finding.kind)).all() == ["amount_mismatch"]
        assert session.scalars(select(Posting.status)).one() is PostingStatus.CHECKOUT
    assert till.count(ListingPeriod) == 0


def test_the_last_credit_is_spent_once(till):
    ids = till.open(drafts=10, credits=1)
    browsers = [(till.client(), number, {"version": str(till.version(number))}) for number in ids]
    answers = at_once(
        *[
            lambda b=b, n=n, f=f: b.post(f"/hire/postings/{n}/credit-uses", data=f).status_code
            for b, n, f in browsers
        ]
    )
    assert sorted(answers) == [303] + [422] * 9
    with till.sessions() as session:
        statuses = session.scalars(select(Posting.status)).all()
        assert statuses.count(PostingStatus.IN_REVIEW) == 1
        assert contradictions(session) == []


def test_one_posting_takes_one_credit_however_often_one_clicks(till):
    (posting_id,) = till.open(credits=5)
    form, url = {"version": str(till.version(posting_id))}, f"/hire/postings/{posting_id}"
    browsers = [till.client() for _ in range(6)]
    answers = at_once(*[lambda b=b: b.post(f"{url}/credit-uses", data=form) for b in browsers])
    assert sorted(answer.status_code for answer in answers) == [303] + [409] * 5
    with till.sessions() as session:
        assert contradictions(session) == []


def test_while_the_database_is_in_trouble_stripe_is_asked_to_come_again(till):
    till.open()
    with till.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE stripe_event")
    response = till.hear(event_body("cs_1"))
    assert (response.status_code, response.mimetype) == (503, "application/json")
    assert "Set-Cookie" not in response.headers
