"""A live posting, its employer, and a moderator."""

import pytest

from tests.client import StrictClient
from tests.factories import owner_of
from tests.hire.conftest import desk as desk
from tests.hire.conftest import employer as employer
from tests.lifecycle.conftest import running as running
from tests.moderation.conftest import moderator as moderator


@pytest.fixture
def author(session, employer):
    return owner_of(session, employer)


@pytest.fixture
def staff(client: StrictClient, moderator) -> StrictClient:
    client.sign_in(moderator)
    return client
