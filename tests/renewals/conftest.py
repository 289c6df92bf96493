"""An employer with a posting that ends soon."""

from careercenter.slots.models import Subscription, SubscriptionStatus
from tests.factories import owner_of
from tests.hire.conftest import desk, employer  # noqa: F401
from tests.lifecycle.conftest import running  # noqa: F401


def subscription_of(session, whose, now):
    """Three slots."""
    return Subscription(
        employer_id=whose.id,
        taken_by_id=owner_of(session, whose).id,
        source_ref="checkout:0:1",
        stripe_subscription_id="sub_x",
        plan="slots-3",
        slots=3,
        days=30,
        price_cents=49_900,
        months=1,
        status=SubscriptionStatus.ACTIVE,
        created_at=now,
    )
