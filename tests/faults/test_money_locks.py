"""Two at once lock the same rows on PostgreSQL: neither waits for the other for ever."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import event, select, text

from careercenter import clock
from careercenter.accounts.models import Role
from careercenter.billing import queries, settling, usecases
from careercenter.billing.models import Checkout
from careercenter.coupons.models import CouponTerms
from careercenter.coupons.usecases import create_coupon
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer, Member
from careercenter.postings.models import Posting, PostingStatus
from tests.billing.conftest import to_buy
from tests.factories import make_posting, make_user

pytestmark = [pytest.mark.slow, pytest.mark.postgresql]
LONG = 0.5  # seconds; enough for the other to come as far as it can
BUNDLE = "/hire/credits/checkouts"


@pytest.fixture
def fresh_url(fresh_postgres_url):
    return fresh_postgres_url


def test_a_bundle_is_bought_again_while_the_first_is_settled(till, sim):
    till.open()
    assert till.client().post(BUNDLE, data={"plan": "bundle-3"}).status_code == 303
    sim.pay(*till.sessions_at_stripe())
    (remote,) = till.payments.list_sessions(clock.now().replace(year=2020))
    remote = till.payments.retrieve_session(remote.id)
    locked, browser = threading.Event(), till.client()

    def settle() -> None:
        with till.sessions() as session:
            checkout = queries.locked(session, session.scalars(select(Checkout.id)).one())
            locked.set()
            threading.Event().wait(LONG)
            settling.settle_checkout(session, checkout, remote, clock.now())
            session.commit()

    def buy() -> int:
        locked.wait(5)
        return browser.post(BUNDLE, data={"plan": "bundle-3"}).status_code

    with ThreadPoolExecutor() as threads:
        settled, bought = threads.submit(settle), threads.submit(buy)
        settled.result(timeout=20)
        assert bought.result(timeout=20) in (303, 409)
    till.check(paid=1)


@pytest.fixture
def together(monkeypatch):
    """Whoever has made a checkout waits a moment for another to come as far."""
    barrier = threading.Barrier(2)

    def wait(*_: object) -> None:
        try:
            barrier.wait(LONG)
        except threading.BrokenBarrierError:
            barrier.reset()

    event.listen(Checkout, "after_insert", wait)
    yield
    event.remove(Checkout, "after_insert", wait)


def test_two_purchases_with_a_coupon_begin_at_once(till, together):
    ids = till.open(drafts=2)
    with till.sessions() as session:
        staff = make_user(session, Role.FINANCE)
        terms = CouponTerms("SPRING", percent=20, each_employer=None)
        create_coupon(session, terms, staff, clock.now())
        session.commit()

    def buy(posting_id: int) -> None:
        with till.sessions() as session:
            member = session.scalars(select(Member)).one()
            posting = queries.posting_to_pay(session, member.employer_id, posting_id, None)
            wanted = replace(to_buy(session, posting), code="SPRING")
            usecases.start_checkout(session, wanted, member, till.settings, clock.now())
            session.commit()

    with ThreadPoolExecutor() as threads:
        assert list(threads.map(buy, ids, timeout=20)) == [None, None]
    assert till.count(Checkout) == 2
    till.check(paid=0)


def test_rows_that_name_an_employer_are_added_while_it_is_locked(till):
    till.open()
    with till.sessions() as one, till.sessions() as other:
        employer = employers.locked(one, one.scalars(select(Employer.id)).one())
        other.execute(text("SET LOCAL lock_timeout = '300ms'"))
        make_posting(other, PostingStatus.DRAFT, other.get_one(Employer, employer.id))
        other.commit()
    assert till.count(Posting) == 2
