"""Who tries too many cards waits."""

from datetime import timedelta

import pytest

from careercenter import clock
from careercenter.accounts.models import Role
from careercenter.declines.models import DeclinedCard
from careercenter.declines.queries import locked_employers, locked_until
from careercenter.declines.usecases import forgive, note_decline
from careercenter.disputes import handlers
from careercenter.disputes.models import Declined
from careercenter.postings.models import PostingStatus
from tests.billing.conftest import start  # noqa: F401
from tests.factories import make_posting, make_user
from tests.refunds.fakes import FakeDisputes

MINUTE = timedelta(minutes=1)


@pytest.fixture
def decline(session, start, member):  # noqa: F811
    """So many cards are declined, one every ten minutes until ``last``."""

    def decline(count, last):
        checkout = start()
        for n in range(count):
            at = last - 10 * n * MINUTE
            note_decline(session, f"ch_{n}", checkout.id, member.employer_id, member.user_id, at)
        return checkout

    return decline


def until(session, member, now):
    return locked_until(session, member.employer_id, member.user_id, now)


def test_the_fifth_card_within_an_hour_locks_for_an_hour(session, member, decline, now):
    decline(5, now)
    assert until(session, member, now) == now + 60 * MINUTE
    assert until(session, member, now + 59 * MINUTE) == now + 60 * MINUTE
    assert until(session, member, now + 61 * MINUTE) is None
    assert locked_employers(session, now) == [(member.employer_id, now + 60 * MINUTE)]


def test_four_cards_or_five_in_a_day_do_not(session, member, decline, now):
    checkout = decline(4, now)
    note_decline(
        session, "ch_old", checkout.id, member.employer_id, member.user_id, now - 91 * MINUTE
    )
    assert until(session, member, now) is None
    assert locked_employers(session, now) == []


def test_it_holds_for_the_person_too(session, member, decline, now):
    decline(5, now)
    assert locked_until(session, 0, member.user_id, now) is not None
    assert locked_until(session, 0, 0, now) is None


def test_staff_may_lift_it(session, member, decline, now):
    decline(5, now)
    forgive(session, member.employer_id, now)
    assert until(session, member, now) is None


def test_who_is_locked_out_cannot_begin_to_pay(client, session, member, decline, now):
    decline(5, clock.now())
    client.sign_in(member.user)
    other = make_posting(session, PostingStatus.DRAFT, member.employer)
    answer = client.post(f"/hire/postings/{other.id}/checkouts", data={"version": other.version})
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert "5 cards were declined within an hour" in answer.text
    assert "Too many attempts. Try again in 60 minutes." in answer.text


def test_what_stripe_tells_is_counted_once_and_ends_the_page(
    session,
    start,  # noqa: F811
    payments,
    settings,
    now,
):
    checkout, banks = start(), FakeDisputes()
    page = checkout.attempts[0].stripe_session_id
    follow = handlers.event_handlers(banks, payments, settings)[handlers.DECLINED_EVENT]
    for count in (4, 5, 5):
        tries = tuple((f"ch_{n}", now) for n in range(count))
        banks.declined["pi_1"] = Declined(checkout.public_id, tries)
        session.commit()
        banks.watch = payments.watch = session
        assert follow(session, "pi_1", now)
        session.commit()
        assert session.query(DeclinedCard).count() == count
        ended = payments.sessions[page].status == "expired"
        assert ended is (count == 5)
    assert checkout.payment_state == "canceled"
    banks.watch = payments.watch = None
    assert not follow(session, "pi_of_somebody_else", now)


def test_disputes_are_for_finance_staff(client, session):
    client.sign_in(make_user(session, Role.FINANCE))
    assert "No disputes" in client.get("/staff/disputes").text
    assert client.get("/staff/disputes/dp_none").status_code == 404
    client.sign_in(make_user(session, Role.MODERATOR))
    assert client.get("/staff/disputes").status_code == 403
