"""Stripe after a payment, as dictionaries. They remember what they were told."""

from sqlalchemy.orm import Session

from careercenter.billing.gateway import PaymentsDown, PaymentsRefused
from careercenter.disputes.models import Declined, RemoteDispute
from careercenter.refunds.models import RemoteRefund


class FakeRefunds:
    """Stripe after a payment, as a dictionary. ``watch`` a session, as with ``FakePayments``."""

    def __init__(self) -> None:
        self.made: dict[str, list[RemoteRefund]] = {}  # by payment intent
        self.status = "succeeded"  # of those that are made next
        self.refuses = self.down = False
        self.silent = 0  # how many answers are still to be lost, after the refund was made
        self.calls = 0  # to make one
        self.watch: Session | None = None

    def create_refund(self, refund_id: int, payment_intent_id: str, cents: int) -> RemoteRefund:
        self._answer()
        self.calls += 1
        if self.refuses:
            raise PaymentsRefused
        made = RemoteRefund(f"re_{refund_id}", cents, self.status, refund_id)
        self.made.setdefault(payment_intent_id, []).append(made)
        if self.silent:
            self.silent -= 1
            raise PaymentsDown
        return made

    def list_refunds(self, payment_intent_id: str) -> list[RemoteRefund]:
        self._answer()
        return list(self.made.get(payment_intent_id, []))

    def tell(self, payment_intent_id: str, *refunds: RemoteRefund) -> None:
        """How they stand from now on."""
        self.made[payment_intent_id] = list(refunds)

    def _answer(self) -> None:
        assert self.watch is None or not self.watch.in_transaction(), "called in a transaction"
        if self.down:
            raise PaymentsDown


class FakeDisputes:
    """What banks say, as a dictionary."""

    def __init__(self) -> None:
        self.told: dict[str, list[RemoteDispute]] = {}  # by payment intent
        self.declined: dict[str, Declined] = {}
        self.watch: Session | None = None

    def list_disputes(self, payment_intent_id: str) -> list[RemoteDispute]:
        assert self.watch is None or not self.watch.in_transaction(), "called in a transaction"
        return self.told.get(payment_intent_id, [])

    def list_declined(self, payment_intent_id: str) -> Declined | None:
        assert self.watch is None or not self.watch.in_transaction(), "called in a transaction"
        return self.declined.get(payment_intent_id)
