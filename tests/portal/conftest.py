"""Stripe's pages of who pays, as a dictionary."""

import pytest
from sqlalchemy.orm import Session

from careercenter.billing.remote import PaymentsDown, PaymentsRefused
from careercenter.portal.models import BillingDetails


class FakePortal:
    """What Stripe keeps of who pays. ``watch`` as the others do."""

    def __init__(self) -> None:
        self.known = BillingDetails()
        self.down = False
        self.refusal: PaymentsRefused | None = None
        self.watch: Session | None = None

    def open(self, customer_id: str, return_url: str) -> str:
        self._answer()
        if self.refusal:
            raise self.refusal
        return f"https://billing.stripe.com/p/session/{customer_id}"

    def details(self, customer_id: str) -> BillingDetails:
        self._answer()
        return self.known

    def receipt(self, session_id: str) -> str:
        self._answer()
        return f"https://pay.stripe.com/invoice/{session_id}/pdf"

    def _answer(self) -> None:
        assert self.watch is None or not self.watch.in_transaction(), "called in a transaction"
        if self.down:
            raise PaymentsDown


@pytest.fixture
def portal(made_app, monkeypatch, session) -> FakePortal:
    fake = FakePortal()
    fake.watch = session
    monkeypatch.setitem(made_app.extensions, "portal", fake)
    return fake
