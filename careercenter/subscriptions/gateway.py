"""Subscriptions at Stripe: asking how one stands, changing and ending it."""

from datetime import UTC, datetime
from typing import Any, NoReturn, Protocol

import stripe

from careercenter.billing.gateway import OFF
from careercenter.billing.remote import answering, make_client
from careercenter.config import Settings
from careercenter.errors import Unavailable
from careercenter.plans.models import Plan
from careercenter.slots.models import RemoteSubscription, Subscription, SubscriptionStatus
from careercenter.slots.usecases import RemoteBill


class Subscriptions(Protocol):
    """All wait on the network: never inside a transaction.

    They raise ``PaymentsDown`` and ``PaymentsRefused``.
    """

    def retrieve(self, stripe_id: str) -> RemoteSubscription: ...

    def retrieve_bill(self, invoice_id: str) -> RemoteBill: ...

    def change(self, change: "Change") -> RemoteSubscription:
        """To another plan, at once: more is charged now, less is taken off the next bill.

        Twice with one key is once. Refused where the card is.
        """

    def leave_at_end(self, stripe_id: str, leaving: bool) -> RemoteSubscription: ...


class Change:
    """What Stripe is asked for to change a subscription; read before the transaction ends."""

    def __init__(self, subscription: Subscription, plan: Plan) -> None:
        self.stripe_id = subscription.stripe_subscription_id
        self.key = f"sub:{subscription.id}:{subscription.version}:{plan.slug}:{plan.edition}"
        self.more = plan.price_cents * subscription.months > subscription.price_cents * plan.months
        self.price_cents, self.months = plan.price_cents, plan.months
        self.item_id, self.product_id = subscription.item_id, subscription.product_id
        self.metadata = terms_of(plan)

    @property
    def params(self) -> dict[str, Any]:
        price = {
            "currency": "usd",
            "product": self.product_id,
            "unit_amount": self.price_cents,
            "recurring": {"interval": "year" if self.months == 12 else "month"},
        }
        return {
            "items": [{"id": self.item_id, "price_data": price}],
            "metadata": self.metadata,
            "payment_behavior": "error_if_incomplete",
            "proration_behavior": "always_invoice" if self.more else "create_prorations",
        }


def terms_of(plan: Plan) -> dict[str, str]:
    """What is written on a subscription at Stripe, so that its slots can be read there."""
    return {"plan": plan.slug, "edition": str(plan.edition), "slots": str(plan.slots)}


def make_subscriptions(settings: Settings) -> Subscriptions:
    return StripeSubscriptions(settings) if settings.stripe_secret_key else Off()


class StripeSubscriptions:
    def __init__(self, settings: Settings) -> None:
        self._client = make_client(settings)

    def retrieve(self, stripe_id: str) -> RemoteSubscription:
        with answering("retrieve_subscription"):
            return _subscription(self._client.v1.subscriptions.retrieve(stripe_id))

    def retrieve_bill(self, invoice_id: str) -> RemoteBill:
        with answering("retrieve_bill"):
            return _invoice(self._client.v1.invoices.retrieve(invoice_id))

    def change(self, change: Change) -> RemoteSubscription:
        exact: Any = change.params
        with answering("change_subscription"):
            changed = self._client.v1.subscriptions.update(
                change.stripe_id, exact, {"idempotency_key": change.key}
            )
            return _subscription(changed)

    def leave_at_end(self, stripe_id: str, leaving: bool) -> RemoteSubscription:
        with answering("leave_subscription"):
            changed = self._client.v1.subscriptions.update(
                stripe_id, {"cancel_at_period_end": leaving}
            )
            return _subscription(changed)


class Off:
    """A board where nobody can pay."""

    def _refuse(self, *_: object) -> NoReturn:
        raise Unavailable(OFF, 3600)

    retrieve = retrieve_bill = change = leave_at_end = _refuse


def _subscription(found: stripe.Subscription) -> RemoteSubscription:
    item = found["items"].data[0]
    recurring = item.price.recurring
    return RemoteSubscription(
        id=found.id,
        item_id=item.id,
        product_id=str(item.price.product),
        status=SubscriptionStatus(found.status),
        metadata=dict(found.metadata.to_dict()),
        price_cents=(item.price.unit_amount or 0) * (item.quantity or 1),
        months=12 if recurring and recurring.interval == "year" else 1,
        period_ends_at=_moment(item.current_period_end),
        cancels_at_end=bool(found.cancel_at_period_end or found.cancel_at),
        ended_at=_moment(found.ended_at),
    )


def _invoice(found: stripe.Invoice) -> RemoteBill:
    details = found.parent.subscription_details if found.parent else None
    of = details.subscription if details else ""
    return RemoteBill(
        id=str(found.id),
        subscription_id=of if isinstance(of, str) else of.id,
        number=found.number or "",
        status=found.status or "",
        total_cents=found.total,
        url=found.hosted_invoice_url or "",
        created_at=datetime.fromtimestamp(found.created, UTC),
    )


def _moment(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
