"""Talking to Stripe: the library's client, and its errors as ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import stripe
import structlog

from careercenter.config import Settings
from careercenter.errors import DomainError, Unavailable

DOWN = "Payment service is not answering. You have not been charged. Try again."
REFUSED = "We couldn't start the payment. You have not been charged."

log = structlog.get_logger()


class PaymentsDown(Unavailable):
    """Stripe does not answer, or not to us. What was asked may or may not have been done."""

    def __init__(self) -> None:
        super().__init__(DOWN)


class PaymentsRefused(DomainError):
    """Stripe answered that it will not do this: ``param`` names what it disliked, if anything.

    ``missing``: there is no such thing at Stripe.
    """

    def __init__(self, param: str = "", missing: bool = False) -> None:
        super().__init__(REFUSED)
        self.param = param
        self.missing = missing


def make_client(
    settings: Settings, timeout: tuple[float, float] = (3, 10), retries: int = 2
) -> stripe.StripeClient:
    """``timeout``: seconds to connect, and to wait for an answer."""
    bases: Any = {"api": settings.stripe_api_base} if settings.stripe_api_base else {}
    return stripe.StripeClient(
        settings.stripe_secret_key,
        base_addresses=bases,
        http_client=stripe.RequestsClient(timeout=timeout),
        max_network_retries=retries,
    )


@contextmanager
def answering(call: str) -> Iterator[None]:
    """Stripe's errors as ours."""
    try:
        yield
    except stripe.StripeError as error:
        facts = {"call": call, "code": error.code, "request": error.request_id}
        if _meant(error):
            param = getattr(error, "param", None) or ""
            log.error("payments.refused", param=param, **facts)
            raise PaymentsRefused(param, error.code == "resource_missing") from error
        if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
            log.critical("payments.key_refused", **facts)
        else:
            log.warning("payments.down", error=type(error).__name__, **facts)
        raise PaymentsDown from error


def _meant(error: stripe.StripeError) -> bool:
    """Whether it is an answer to what was asked; another request under the same key is none."""
    kinds = stripe.InvalidRequestError | stripe.IdempotencyError | stripe.CardError
    return isinstance(error, kinds) and error.http_status != 409
