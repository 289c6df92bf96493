"""An employer with a draft, as in the tests of billing."""

from tests.billing.conftest import draft, employer, member, owner_client, settle, start  # noqa: F401
