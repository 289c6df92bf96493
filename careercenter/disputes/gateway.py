"""What banks say about charges. Never called inside a transaction."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

from careercenter.billing.gateway import APP, Off
from careercenter.billing.remote import answering, make_client
from careercenter.config import Settings
from careercenter.disputes.models import Declined, RemoteDispute


class Disputes(Protocol):
    """They raise ``PaymentsDown`` and ``PaymentsRefused``."""

    def list_disputes(self, payment_intent_id: str) -> Sequence[RemoteDispute]: ...

    def list_declined(self, payment_intent_id: str) -> Declined | None:
        """Cards alone; None for a payment that is no checkout of ours."""


def make_disputes(settings: Settings) -> Disputes:
    return StripeDisputes(settings) if settings.stripe_secret_key else NoDisputes()


class StripeDisputes:
    def __init__(self, settings: Settings) -> None:
        self._client = make_client(settings)

    def list_disputes(self, payment_intent_id: str) -> Sequence[RemoteDispute]:
        of_it: Any = {"payment_intent": payment_intent_id, "limit": 100}
        with answering("list_disputes"):
            found = self._client.v1.disputes.list(of_it)
            return [_dispute(it) for it in found.auto_paging_iter()]

    def list_declined(self, payment_intent_id: str) -> Declined | None:
        of_it: Any = {"payment_intent": payment_intent_id, "limit": 100}
        with answering("list_declined"):
            charges = list(self._client.v1.charges.list(of_it).auto_paging_iter())
        marks = [charge.metadata.to_dict() if charge.metadata else {} for charge in charges]
        if not marks or marks[0].get("app") != APP:
            return None
        tries = tuple((it.id, _instant(it.created)) for it in charges if _was_declined(it))
        return Declined(str(marks[0].get("checkout", "")), tries)


class NoDisputes(Off):
    """A board where nobody can pay has none."""

    list_disputes = list_declined = Off._refuse


def _was_declined(charge: Any) -> bool:
    details = charge.payment_method_details
    return charge.status == "failed" and details is not None and details.type == "card"


def _dispute(dispute: Any) -> RemoteDispute:
    details = dispute.evidence_details
    due = _instant(details.due_by) if details and details.due_by else None
    return RemoteDispute(dispute.id, dispute.status, dispute.reason, dispute.amount, due)


def _instant(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
