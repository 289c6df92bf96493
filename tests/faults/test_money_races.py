"""Two people press at the same moment, again and again: exactly one of them wins, each time."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from careercenter import clock
from careercenter.accounts.models import Role
from careercenter.billing import queries
from careercenter.billing.contradictions import contradictions
from careercenter.billing.settling import settle_checkout
from careercenter.billing.usecases import start_checkout
from careercenter.config import Settings
from careercenter.coupons.models import CouponTerms
from careercenter.coupons.usecases import create_coupon
from careercenter.credits.usecases import gift_credits
from careercenter.database import make_engine
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer, Member
from careercenter.errors import Conflict, Invalid
from careercenter.postings.models import Posting, PostingStatus
from careercenter.publishing.usecases import publish_free, spend_credit
from careercenter.refunds.models import Refund, RefundReason
from careercenter.refunds.queries import payments_of
from careercenter.refunds.usecases import Wish, request_refund
from tests.billing.conftest import to_buy
from tests.conftest import make_settings
from tests.factories import create_board, make_employer, make_posting, make_user
from tests.fakes import FakePayments

ZONE = ZoneInfo("America/New_York")
pytestmark = pytest.mark.slow
Act = Callable[[Session, Member, Posting], object]


class Races:
    """A board that commits. ``rounds``: of each race."""

    def __init__(self, sessions: sessionmaker[Session], settings: Settings, rounds: int) -> None:
        self.sessions, self.settings, self.rounds = sessions, settings, rounds
        self.threads, self.payments = ThreadPoolExecutor(2), FakePayments()

    def employer(self, drafts: int = 2, credits: int = 0, nonprofit: bool = False) -> list[int]:
        """A new one; the ids of its drafts."""
        with self.sessions() as session:
            made = make_employer(session, nonprofit_at=clock.now() if nonprofit else None)
            if credits:
                gift_credits(session, made, credits, "for a race", clock.now())
            ids = [make_posting(session, PostingStatus.DRAFT, made).id for _ in range(drafts)]
            session.commit()
        return ids

    def coupon(self, code: str, **rules: object) -> None:
        with self.sessions() as session:
            terms = CouponTerms(code, **{"percent": 20, "each_employer": None} | rules)
            create_coupon(session, terms, make_user(session, Role.FINANCE), clock.now())
            session.commit()

    def winners(self, act: Act, *posting_ids: int) -> int:
        """How many of two at once come to a good end: one for each of these postings."""

        def for_posting(session: Session, posting_id: int) -> None:
            owner = select(Posting.employer_id).where(Posting.id == posting_id)
            employer_id = session.scalars(owner).one()
            posting = queries.posting_to_pay(session, employer_id, posting_id, None)
            member = session.scalars(select(Member).filter_by(employer_id=employer_id)).one()
            act(session, member, posting)

        return self.count_done(for_posting, *posting_ids)

    def count_done(self, act: Callable[[Session, int], object], *ids: int) -> int:
        start = threading.Barrier(2)
        return sum(self.threads.map(lambda number: self._try(act, number, start), ids))

    def _try(
        self, act: Callable[[Session, int], object], number: int, start: threading.Barrier
    ) -> bool:
        with self.sessions() as session:
            start.wait(10)
            try:
                act(session, number)
                session.commit()
            except (Conflict, Invalid):
                return False
            return True

    def paid(self) -> int:
        """The id of a bundle's checkout that was paid."""
        (posting_id,) = self.employer(drafts=1)
        with self.sessions() as session:
            owner = session.get_one(Posting, posting_id).employer_id
            member = session.scalars(select(Member).filter_by(employer_id=owner)).one()
            wanted = to_buy(session, None, "bundle-5")
            made = start_checkout(session, wanted, member, self.settings, clock.now())
            (attempt,) = made.attempts
            remote = self.payments.create_session(attempt.params, attempt.idempotency_key)
            settle_checkout(session, made, self.payments.pay(remote.id), clock.now())
            session.commit()
            return made.id

    def buying(self, code: str) -> Act:
        def buy(session: Session, member: Member, posting: Posting) -> None:
            wanted = replace(to_buy(session, posting), code=code)
            start_checkout(session, wanted, member, self.settings, clock.now())

        return buy


@pytest.fixture
def races(fresh_url, tmp_path) -> Iterator[Races]:
    engine = make_engine(fresh_url)
    create_board(engine)
    rounds = 50 if engine.dialect.name == "postgresql" else 6
    races = Races(sessionmaker(engine), make_settings(fresh_url, tmp_path), rounds)
    yield races
    races.threads.shutdown()
    with races.sessions() as session:
        assert contradictions(session) == []
    engine.dispose()


def spend(session: Session, member: Member, posting: Posting) -> None:
    employer = employers.locked(session, member.employer_id)
    spend_credit(session, employer, posting, clock.now())


def give_free(session: Session, member: Member, posting: Posting) -> None:
    employers.locked(session, member.employer_id)
    publish_free(session, posting, member, clock.now())


def test_the_last_credit(races):
    for _ in range(races.rounds):
        assert races.winners(spend, *races.employer(credits=1)) == 1
    with races.sessions() as session:
        assert set(session.scalars(select(Employer.credit_balance))) == {0}


def test_one_posting_is_published_by_one_credit(races):
    for _ in range(races.rounds):
        (posting_id,) = races.employer(drafts=1, credits=2)
        assert races.winners(spend, posting_id, posting_id) == 1


def test_the_one_free_posting(races):
    for _ in range(races.rounds):
        assert races.winners(give_free, *races.employer(nonprofit=True)) == 1


@pytest.mark.parametrize("percent", [20, 100])
def test_the_last_use_of_a_coupon(races, percent):
    for number in range(races.rounds // 2):
        races.coupon(f"LAST{number}", percent=percent, most_uses=1)
        one, other = races.employer(drafts=1) + races.employer(drafts=1)
        assert races.winners(races.buying(f"LAST{number}"), one, other) == 1


@pytest.mark.parametrize("rule", [{"each_employer": 1}, {"first_only": True}], ids=str)
def test_the_one_use_of_an_employer(races, rule):
    races.coupon("ONCE", percent=100, **rule)
    for _ in range(races.rounds // 2):
        assert races.winners(races.buying("ONCE"), *races.employer()) == 1


def give_back(session: Session, checkout_id: int) -> None:
    """All of its money."""
    checkout = queries.locked(session, checkout_id)
    (payment,) = payments_of(session, checkout_id)
    wish = Wish(payment.amount_cents, RefundReason.STAFF, checkout.placed_by)
    request_refund(session, checkout, payment, wish, ZONE, clock.now())


def test_money_goes_back_once(races):
    for _ in range(races.rounds):
        checkout_id = races.paid()
        assert races.count_done(give_back, checkout_id, checkout_id) == 1
    with races.sessions() as session:
        assert set(session.scalars(select(Employer.credit_balance))) == {0}
        assert len(session.scalars(select(Refund)).all()) == races.rounds


def test_a_purchase_that_costs_nothing_is_made_once(races):
    """The second finds it made: it is the same purchase."""
    races.coupon("GIFT", percent=100)
    for _ in range(races.rounds // 2):
        (posting_id,) = races.employer(drafts=1)
        assert races.winners(races.buying("GIFT"), posting_id, posting_id) == 1
