"""An employer who is signed in."""

import pytest

from careercenter.employers.models import Employer
from tests.client import StrictClient
from tests.factories import make_employer, owner_of


@pytest.fixture
def employer(session) -> Employer:
    return make_employer(session, name="Cedar Valley Health")


@pytest.fixture
def desk(client: StrictClient, session, employer: Employer) -> StrictClient:
    client.sign_in(owner_of(session, employer))
    return client
