"""A payment that nobody finished is reminded of once, and only while the draft waits for it."""

from datetime import timedelta

import pytest

from careercenter.billing.models import PaymentState
from careercenter.duties import task_handlers
from careercenter.postings.models import PostingStatus
from careercenter.tasks import Task
from tests.fakes import FakeMailer
from tests.tasks_of import run_due

LATER = timedelta(hours=5)


@pytest.fixture
def reminded(app, session, now):
    """The letters that were sent five hours later."""

    def reminded():
        mailer = FakeMailer()
        run_due(session, task_handlers(app, mailer), now + LATER, "unfinished_checkout")
        return mailer.sent

    return reminded


def test_one_letter_leads_back_to_the_held_draft(draft, start, payments, settle, reminded):
    checkout = start()
    settle(checkout, payments.expire_session(checkout.attempts[0].stripe_session_id))
    (letter,) = reminded()
    assert letter["To"] == checkout.placed_by.email
    assert f"/hire/postings/{draft.id}/checkout" in letter.get_body(("plain",)).get_content()
    assert reminded() == []


def test_beginning_again_promises_no_second_letter(session, start, payments, settle, reminded):
    for _ in range(2):
        checkout = start()
        settle(checkout, payments.expire_session(checkout.attempts[-1].stripe_session_id))
    assert session.query(Task).filter_by(kind="unfinished_checkout").count() == 1
    assert len(reminded()) == 1


def test_who_paid_is_left_alone(start, payments, settle, reminded):
    checkout = start()
    settle(checkout, payments.pay(checkout.attempts[0].stripe_session_id))
    assert reminded() == []


def test_who_canceled_is_left_alone(start, reminded):
    start().move_payment(PaymentState.CANCELED)
    assert reminded() == []


def test_who_published_by_another_way_is_left_alone(draft, start, reminded):
    start()
    draft.status = PostingStatus.IN_REVIEW
    assert reminded() == []
