"""What Stripe does with a charge after it was paid. Never called inside a transaction."""

from collections.abc import Sequence
from typing import Any, Protocol

from careercenter.billing.gateway import APP, Off, step
from careercenter.billing.remote import answering, make_client
from careercenter.config import Settings
from careercenter.refunds.models import RemoteRefund


class Refunds(Protocol):
    """They raise ``PaymentsDown`` and ``PaymentsRefused``."""

    def create_refund(self, refund_id: int, payment_intent_id: str, cents: int) -> RemoteRefund:
        """Twice with one id, within a day: the same refund."""

    def list_refunds(self, payment_intent_id: str) -> Sequence[RemoteRefund]: ...


def make_refunds(settings: Settings) -> Refunds:
    return StripeRefunds(settings) if settings.stripe_secret_key else NoRefunds()


class StripeRefunds:
    def __init__(self, settings: Settings) -> None:
        self._client = make_client(settings)

    def create_refund(self, refund_id: int, payment_intent_id: str, cents: int) -> RemoteRefund:
        mark = {"app": APP, "refund": str(refund_id)}
        wanted: Any = {"payment_intent": payment_intent_id, "amount": cents, "metadata": mark}
        once: Any = {"idempotency_key": f"refund:{refund_id}"}
        with answering("create_refund"):
            made = self._client.v1.refunds.create(wanted, once)
            step("in-refund")
            return _refund(made)

    def list_refunds(self, payment_intent_id: str) -> Sequence[RemoteRefund]:
        of_it: Any = {"payment_intent": payment_intent_id, "limit": 100}
        with answering("list_refunds"):
            return [_refund(it) for it in self._client.v1.refunds.list(of_it).auto_paging_iter()]


class NoRefunds(Off):
    """A board where nobody can pay gives nothing back."""

    create_refund = list_refunds = Off._refuse


def _refund(refund: Any) -> RemoteRefund:
    mark = refund.metadata.to_dict() if refund.metadata else {}
    ours = str(mark.get("refund", "")) if mark.get("app") == APP else ""
    known = int(ours) if ours.isascii() and ours.isdigit() else None
    return RemoteRefund(refund.id, refund.amount, refund.status or "pending", known)
