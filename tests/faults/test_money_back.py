"""Money that goes back while the network, the messages and the people misbehave."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from careercenter import clock
from careercenter.accounts.models import Role
from careercenter.accounts.usecases import open_session
from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import Checkout, DisputeState, FulfilmentState, Payment
from careercenter.credits.models import EntryReason
from careercenter.credits.usecases import give_credits
from careercenter.employers.models import Employer
from careercenter.moderation.models import Objection, Reason
from careercenter.moderation.usecases import reject_posting
from careercenter.postings.models import Posting, PostingStatus
from careercenter.refunds.models import Refund, RefundState
from tests.billing.conftest import event_body
from tests.factories import make_posting, make_user
from tests.faults.test_money import at_once

pytestmark = pytest.mark.slow

REFUND = "POST /v1/refunds"


@pytest.fixture
def bought(till):
    """A posting that was paid and is with a moderator; its payment intent."""
    till.buy(1)
    till.sweep()
    with till.sessions() as session:
        return session.scalars(select(Payment.payment_intent_id)).one()


@pytest.fixture
def staff(till):
    """Browsers of finance staff who have just signed in."""

    def staff():
        with till.sessions() as session:
            user = make_user(session, Role.FINANCE)
            token = open_session(session, user, "tests", clock.now())
            session.commit()
        client = till.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return client

    return staff


def url_of(till, intent=None):
    with till.sessions() as session:
        public_id = session.scalars(select(Checkout.public_id)).one()
    refunds = f"/staff/checkouts/{public_id}/payments/{intent}/refunds"
    return refunds if intent else f"/hire/checkouts/{public_id}/refunds"


def ask(client, till, intent, amount="249"):
    form = {"amount": amount, "note": "They asked", "seen": "0"}
    return client.post(url_of(till, intent), data=form).status_code


def at_stripe(sim):
    return [refund.amount for refund in sim.client().v1.refunds.list().auto_paging_iter()]


def settled(till):
    """The books agree; the one refund, the checkout and the balance as they stand."""
    with till.sessions() as session:
        assert contradictions(session) == []
        refund = session.scalars(select(Refund)).one()
        checkout = session.scalars(select(Checkout)).one()
        payment = session.scalars(select(Payment)).one()
        return refund.state, checkout.fulfilment_state, payment.refunded_cents


@pytest.mark.parametrize(("mode", "times"), [("500", 5), ("429", 5), ("drop_after", 5)])
def test_whatever_stripe_answers_the_money_goes_back_once(till, sim, bought, staff, mode, times):
    assert ask(staff(), till, bought) == 303
    sim.fault(REFUND, mode, times=times)
    for n in range(7):
        till.work(clock.now() + timedelta(hours=1 + n))
    assert at_stripe(sim) == [24_900]
    assert settled(till) == (RefundState.SUCCEEDED, FulfilmentState.REVOKED, 24_900)


def test_a_worker_that_is_killed_with_the_refund_made_makes_no_second(till, sim, bought, staff):
    assert ask(staff(), till, bought, "100") == 303
    till.die("work", "in-refund")
    assert at_stripe(sim) == [10_000]
    till.work(clock.now() + timedelta(minutes=10))  # its lease has run out
    assert at_stripe(sim) == [10_000]
    assert settled(till) == (RefundState.SUCCEEDED, FulfilmentState.FULFILLED, 10_000)


def test_eight_clicks_at_once_refund_once(till, sim, bought, staff):
    browsers = [staff() for _ in range(8)]
    answers = at_once(*[lambda b=b: ask(b, till, bought) for b in browsers])
    assert answers.count(303) == 1
    assert set(answers) <= {303, 409, 503}
    till.work()
    assert at_stripe(sim) == [24_900]
    settled(till)


def test_messages_of_a_refund_in_any_order_and_number_change_nothing(till, sim, bought, staff):
    ask(staff(), till, bought)
    kinds = ("refund.updated", "charge.refunded", "refund.created", "charge.refund.updated")
    for n, kind in enumerate(kinds * 2):
        about = {"object": {"id": "re_1", "payment_intent": bought}}
        assert till.hear(event_body(bought, kind, id=f"evt_{n}", data=about)).status_code == 200
    at_once(till.work, till.work, till.work)
    till.work()
    assert at_stripe(sim) == [24_900]
    assert settled(till) == (RefundState.SUCCEEDED, FulfilmentState.REVOKED, 24_900)


def test_what_was_given_back_in_stripe_is_learnt_without_a_message(till, sim, bought):
    sim.client().v1.refunds.create({"payment_intent": bought})
    till.sweep()
    assert settled(till) == (RefundState.SUCCEEDED, FulfilmentState.REVOKED, 24_900)
    till.sweep()
    settled(till)


def test_a_refund_that_fails_days_later_gives_the_goods_back(till, sim, bought, staff):
    sim.config(refunds="pending")
    ask(staff(), till, bought)
    till.work()
    assert settled(till) == (RefundState.PENDING, FulfilmentState.REVOKED, 24_900)
    (made,) = sim.client().v1.refunds.list().data
    sim.end_refund(made.id, "failed")
    till.sweep()
    assert settled(till) == (RefundState.FAILED, FulfilmentState.FULFILLED, 0)
    with till.sessions() as session:
        assert session.scalars(select(Employer.credit_balance)).one() == 1


@pytest.mark.parametrize(
    ("end", "state", "fulfilment", "credits"),
    [
        ("won", DisputeState.WON, FulfilmentState.FULFILLED, 1),
        ("lost", DisputeState.LOST, FulfilmentState.REVOKED, 0),
    ],
)
def test_messages_of_a_dispute_may_come_backwards(
    till, sim, bought, end, state, fulfilment, credits
):
    dispute = sim.dispute(bought)["id"]
    about = {"object": {"id": dispute, "payment_intent": bought}}
    till.hear(event_body(bought, "charge.dispute.funds_withdrawn", id="evt_1", data=about))
    till.work()
    sim.end_dispute(dispute, end)
    for n, kind in enumerate(("closed", "created", "closed")):
        body = event_body(bought, f"charge.dispute.{kind}", id=f"evt_d{n}", data=about)
        assert till.hear(body).status_code == 200
    at_once(till.work, till.work)
    till.work()
    with till.sessions() as session:
        assert contradictions(session) == []
        checkout = session.scalars(select(Checkout)).one()
        assert (checkout.dispute_state, checkout.fulfilment_state) == (state, fulfilment)
        assert session.scalars(select(Employer.credit_balance)).one() == credits


def test_of_the_credit_and_its_money_exactly_one_is_had(till, sim, bought, staff):
    """Whoever clicks both at once gets the quicker."""
    with till.sessions() as session:
        posting = session.scalars(select(Posting)).one()
        moderator = make_user(session, Role.MODERATOR)
        reject_posting(session, posting, moderator, Objection(Reason.PAY_UNCLEAR), clock.now())
        draft = make_posting(session, PostingStatus.DRAFT, posting.employer)
        session.commit()
        spend, form = f"/hire/postings/{draft.id}/credit-uses", {"version": str(draft.version)}
    money, one, other = url_of(till), till.client(), till.client()
    answers = at_once(
        lambda: one.post(money).status_code, lambda: other.post(spend, data=form).status_code
    )
    assert sorted(answers) in ([303, 409], [303, 422])
    till.work()
    with till.sessions() as session:
        assert contradictions(session) == []
        waits = select(func.count()).where(Posting.status == PostingStatus.IN_REVIEW)
        published = session.scalar(waits.select_from(Posting))
    assert published + len(at_stripe(sim)) == 1


def test_the_books_hold_when_credits_of_others_are_there(till, sim, bought, staff):
    with till.sessions() as session:
        employer = session.scalars(select(Employer)).one()
        give_credits(session, employer, 3, 30, EntryReason.GIFT, "gift:x", clock.now())
        session.commit()
    ask(staff(), till, bought)
    till.work()
    settled(till)
    with till.sessions() as session:
        assert session.scalars(select(Employer.credit_balance)).one() == 3
