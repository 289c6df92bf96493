"""Postings that were paid for, and a moderator."""

from collections.abc import Callable

import pytest

from careercenter import clock
from careercenter.accounts.models import Role, User
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import Posting, PostingStatus
from tests.client import StrictClient
from tests.factories import make_posting, make_user


def make_paid(session, **details) -> Posting:
    """In review, with thirty days bought and not begun."""
    posting = make_posting(session, PostingStatus.IN_REVIEW, **details)
    period = {"source_ref": f"checkout:{posting.id}:1", "days": 30, "created_at": clock.now()}
    session.add(ListingPeriod(posting_id=posting.id, **period))
    session.flush()
    return posting


@pytest.fixture
def paid(session) -> Callable[..., Posting]:
    return lambda **details: make_paid(session, **details)


@pytest.fixture
def moderator(session) -> User:
    return make_user(session, Role.MODERATOR, name="Mo Derator")


@pytest.fixture
def staff(client: StrictClient, moderator: User) -> StrictClient:
    client.sign_in(moderator)
    return client
