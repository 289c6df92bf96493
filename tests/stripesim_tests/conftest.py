"""A running simulator, the stripe library pointed at it, a session to pay, a webhook endpoint."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import stripe

from tests.stripesim.running import Running
from tests.stripesim_tests.receiver import SECRET, Receiver, receiving

Opening = Callable[..., stripe.checkout.Session]


@pytest.fixture
def sim() -> Iterator[Running]:
    with Running() as running:
        yield running


@pytest.fixture
def api(sim: Running) -> stripe.StripeClient:
    return sim.client()


@pytest.fixture
def opened(api: stripe.StripeClient) -> Opening:
    """`opened(**params)` makes a session for one posting of $199.00, unless told otherwise."""

    def make(cents: int = 19900, options: Any = None, **more: Any) -> stripe.checkout.Session:
        return api.v1.checkout.sessions.create(purchase(cents, **more), options)

    return make


@pytest.fixture
def receiver(sim: Running) -> Iterator[Receiver]:
    """Hooked to the simulator."""
    with receiving() as waiting:
        sim.hook(waiting.url, SECRET)
        yield waiting


def purchase(cents: int = 19900, **more: Any) -> Any:
    """The parameters of a session for one posting."""
    product = {"name": "Single posting, 30 days"}
    price = {"currency": "usd", "unit_amount": cents, "product_data": product}
    return {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": "http://shop.test/done?session_id={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://shop.test/back",
        **more,
    }
