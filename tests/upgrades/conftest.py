"""An employer with a posting that is live, as in the tests of billing."""

import pytest

from tests.billing.conftest import employer, member, owner_client  # noqa: F401
from tests.factories import make_posting


@pytest.fixture
def posting(session, employer):  # noqa: F811
    return make_posting(session, employer=employer)
