"""A board on which anything about money may happen, by the board's own use cases."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.billing import queries, settling, usecases
from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import Payment
from careercenter.config import Settings
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.credits.queries import count_usable, unspent
from careercenter.credits.usecases import expire_credits, gift_credits
from careercenter.disputes.models import RemoteDispute
from careercenter.disputes.usecases import note_dispute
from careercenter.employers import queries as employers
from careercenter.employers.queries import member_of
from careercenter.errors import Conflict, Invalid
from careercenter.periods.usecases import revoke_period
from careercenter.plans.queries import by_slug
from careercenter.postings.models import Posting, PostingStatus
from careercenter.publishing.usecases import spend_credit
from careercenter.refunds.models import Refund, RefundReason, RefundState, RemoteRefund
from careercenter.refunds.queries import left_of
from careercenter.refunds.usecases import Wish, count_refunded, note_refund, request_refund
from tests.billing.conftest import to_buy
from tests.factories import make_employer, make_posting, owner_of
from tests.fakes import FakePayments

ZONE = ZoneInfo("America/New_York")
REFUSED = (Conflict, Invalid)
TROUBLE = {"second_payment"}  # not a contradiction of ours: the payer did pay twice
DISPUTES = ("needs_response", "warning_needs_response", "won", "lost")


class Ledger:
    """One employer, a fake Stripe, and a clock. ``n`` of a step chooses one of what there is."""

    def __init__(self, session: Session, settings: Settings) -> None:
        self.session, self.settings = session, settings
        self.payments, self.now = FakePayments(), clock.now()
        self.employer = make_employer(session)
        self.member = member_of(session, owner_of(session, self.employer).id)
        by_slug(session, "bundle-5").credits_last_days = 10

    def step(self, name: str, n: int) -> None:
        self.now += timedelta(seconds=1)
        getattr(self, name)(n)
        self.check()

    def bundle(self, n: int) -> None:
        """Begin to buy credits; those of five run out."""
        self._begin(None, ("bundle-3", "bundle-5")[n % 2])

    def single(self, _: int) -> None:
        """Begin to buy a posting's days."""
        self._begin(self._draft(), "single-posting")

    def pay(self, n: int) -> None:
        self._tell(n, "open", self.payments.pay)

    def debit(self, n: int) -> None:
        self._tell(n, "open", self.payments.debit)

    def confirm(self, n: int) -> None:
        """A bank's money arrives."""
        self._tell(n, "complete", self.payments.pay)

    def bounce(self, n: int) -> None:
        """It does not, unless it has."""
        waiting = [key for key, it in self.payments.sessions.items() if it.outcome == "waiting"]
        if waiting:
            self._settle(self.payments.bounce(waiting[n % len(waiting)]).id)

    def run_out(self, n: int) -> None:
        """A payment page's hour is over."""
        self._tell(n, "open", self.payments.expire_session)

    def hear_again(self, n: int) -> None:
        """An old message comes once more."""
        if known := list(self.payments.sessions):
            self._settle(known[n % len(known)])

    def gift(self, n: int) -> None:
        gift_credits(self.session, self._locked(), 1 + n % 3, "for a test", self.now)

    def spend(self, _: int) -> None:
        posting = self._draft()
        with self._refusable():
            spend_credit(self.session, self._locked(), posting, self.now)

    def reject(self, n: int) -> None:
        """A moderator turns a posting down: its days come back."""
        if posting := self._one(n, PostingStatus.IN_REVIEW):
            posting.reject()
            revoke_period(self.session, posting, self.now)

    def withdraw(self, n: int) -> None:
        if posting := self._one(n, PostingStatus.IN_REVIEW):
            posting.withdraw()
            revoke_period(self.session, posting, self.now, EntryReason.WITHDRAWN)

    def refund(self, n: int) -> None:
        """Finance staff gives all of a payment back, or a part of it."""
        if payment := self._paid(n):
            checkout = queries.locked(self.session, payment.checkout_id)
            cents = (left_of(self.session, payment) * (1 + n % 4)) // 4
            wish = Wish(cents, RefundReason.STAFF, self.member.user)
            with self._refusable():
                made = request_refund(self.session, checkout, payment, wish, ZONE, self.now)
                told = RemoteRefund(f"re_{made.id}", cents, "succeeded", made.id)
                self._hear(payment, told)

    def dashboard(self, n: int) -> None:
        """Somebody gives money back in Stripe's own pages."""
        payment = self._paid(n)
        if payment and (cents := left_of(self.session, payment) // (1 + n % 2)):
            self._hear(payment, RemoteRefund(f"re_{self.now:%s}", cents, "succeeded"))

    def refund_fails(self, n: int) -> None:
        """The bank would not have the money back."""
        made = select(Refund).where(Refund.state == RefundState.SUCCEEDED).order_by(Refund.id)
        if refunds := self.session.scalars(made).all():
            refund = refunds[n % len(refunds)]
            payment = self.session.get_one(Payment, refund.payment_intent_id)
            name = refund.stripe_refund_id or ""
            self._hear(payment, RemoteRefund(name, refund.amount_cents, "failed"))

    def dispute(self, n: int) -> None:
        """A payer asks a bank for the money back, or the bank decides."""
        if payment := self._paid(n // 4):
            checkout = queries.locked(self.session, payment.checkout_id)
            name, cents = f"dp_{payment.payment_intent_id}", payment.amount_cents
            remote = RemoteDispute(name, DISPUTES[n % 4], "fraudulent", cents, self.now)
            note_dispute(self.session, checkout, payment, remote, ZONE, self.now)

    def wait(self, n: int) -> None:
        """Days go by."""
        self.now += timedelta(days=1 + n % 9)

    def expire(self, _: int) -> None:
        """The nightly task takes what has run out."""
        expire_credits(self.session, self._locked(), self.now)
        usable = count_usable(self.session, self.employer.id, self.now)
        assert usable == self.employer.credit_balance

    def check(self) -> None:
        """Nothing contradicts itself; no credit and no cent is lost or made."""
        self.session.flush()
        wrong = [problem for problem in contradictions(self.session) if problem.kind not in TROUBLE]
        assert wrong == []
        total = self.session.scalar(select(func.sum(LedgerEntry.delta))) or 0
        left = sum(some.left for some in unspent(self.session, self.employer.id))
        assert self.employer.credit_balance == total == left >= 0
        kept = self.session.scalar(select(func.sum(Payment.amount_cents))) or 0
        paid = [it for it in self.payments.sessions.values() if it.outcome == "paid"]
        assert kept == sum(remote.total_cents for remote in paid)
        back = self.session.scalar(select(func.sum(Payment.refunded_cents))) or 0
        there = select(func.sum(Refund.amount_cents)).where(Refund.state == RefundState.SUCCEEDED)
        assert back == (self.session.scalar(there) or 0) <= kept

    def _begin(self, posting: Posting | None, slug: str) -> None:
        wanted = to_buy(self.session, posting, slug)
        with self._refusable():
            checkout = usecases.start_checkout(
                self.session, wanted, self.member, self.settings, self.now
            )
            attempt = checkout.live_attempt()
            assert attempt is not None
            remote = self.payments.create_session(attempt.params, attempt.idempotency_key)
            queries.locked_attempt(self.session, attempt.id).note(remote)

    def _tell(self, n: int, status: str, happen) -> None:
        """It happens to one of the sessions at Stripe that stand so, and we hear of it."""
        sessions = self.payments.sessions
        ready = [key for key, remote in sessions.items() if remote.status == status]
        if ready:
            self._settle(happen(ready[n % len(ready)]).id)

    def _settle(self, session_id: str) -> None:
        remote = self.payments.retrieve_session(session_id)
        number = queries.id_of_reference(self.session, remote.client_reference_id)
        checkout = queries.locked(self.session, number)
        settling.settle_checkout(self.session, checkout, remote, self.now)

    def _paid(self, n: int) -> Payment | None:
        payments = self.session.scalars(select(Payment).order_by(Payment.created_at)).all()
        return payments[n % len(payments)] if payments else None

    def _hear(self, payment: Payment, remote: RemoteRefund) -> None:
        checkout = queries.locked(self.session, payment.checkout_id)
        note_refund(self.session, checkout, payment, remote, ZONE, self.now)
        count_refunded(self.session, checkout.id)

    def _draft(self) -> Posting:
        return make_posting(self.session, PostingStatus.DRAFT, self.employer, self.now)

    def _one(self, n: int, status: PostingStatus) -> Posting | None:
        found = self.session.scalars(select(Posting).filter_by(status=status).order_by(Posting.id))
        postings = found.all()
        return postings[n % len(postings)] if postings else None

    def _locked(self):
        return employers.locked(self.session, self.employer.id)

    @contextmanager
    def _refusable(self) -> Iterator[None]:
        """A refusal changes nothing."""
        try:
            with self.session.begin_nested():
                yield
        except REFUSED:
            pass


@contextmanager
def ledger(engine: Engine, settings: Settings) -> Iterator[Ledger]:
    """All that happens to it is rolled back."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield Ledger(session, settings)
        outer.rollback()
