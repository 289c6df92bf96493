"""Stripe's side of subscriptions, for tests."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from careercenter.billing.gateway import PaymentsDown, PaymentsRefused
from careercenter.slots.models import RemoteSubscription
from careercenter.slots.usecases import RemoteBill
from careercenter.subscriptions.gateway import Change


class FakeSubscriptions:
    """A dictionary; ``declined`` refuses the next change. ``watch`` a session, and a call inside
    its transaction fails.
    """

    def __init__(self) -> None:
        self.known: dict[str, RemoteSubscription] = {}
        self.bills: dict[str, RemoteBill] = {}
        self.declined = False
        self.down = False
        self.watch: Session | None = None

    def retrieve(self, stripe_id: str) -> RemoteSubscription:
        self._answer()
        if stripe_id not in self.known:
            raise PaymentsRefused("id", missing=True)
        return self.known[stripe_id]

    def retrieve_bill(self, invoice_id: str) -> RemoteBill:
        self._answer()
        if invoice_id not in self.bills:
            raise PaymentsRefused("id", missing=True)
        return self.bills[invoice_id]

    def change(self, change: Change) -> RemoteSubscription:
        self._answer()
        if self.declined:
            raise PaymentsRefused
        metadata = {**self.known[change.stripe_id].metadata, **change.metadata}
        price = {"price_cents": change.price_cents, "months": change.months}
        return self.tell(change.stripe_id, metadata=metadata, **price)

    def leave_at_end(self, stripe_id: str, leaving: bool) -> RemoteSubscription:
        self._answer()
        return self.tell(stripe_id, cancels_at_end=leaving)

    def tell(self, stripe_id: str, **changes: Any) -> RemoteSubscription:
        """From now on Stripe says this of it."""
        self.known[stripe_id] = replace(self.known[stripe_id], **changes)
        return self.known[stripe_id]

    def _answer(self) -> None:
        assert self.watch is None or not self.watch.in_transaction(), "called in a transaction"
        if self.down:
            raise PaymentsDown
