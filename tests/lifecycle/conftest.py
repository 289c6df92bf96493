"""The employer's desk, and postings whose days were bought."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from careercenter.clock import end_of_day
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import Posting, PostingStatus
from tests.factories import make_posting
from tests.hire.conftest import desk as desk
from tests.hire.conftest import employer as employer
from tests.moderation.conftest import moderator as moderator
from tests.moderation.conftest import paid as paid

ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def running(session, employer, now):
    """Makes a live posting that began so many days ago, of thirty."""

    def make(begun: float = 10, status=PostingStatus.PUBLISHED, **details) -> Posting:
        starts_at = now - timedelta(days=begun)
        ends_at = starts_at + timedelta(days=30)
        expires_at = end_of_day(ends_at.astimezone(ZONE).date(), ZONE)
        posting = make_posting(session, status, employer, expires_at=expires_at, **details)
        posting.published_at = posting.first_published_at = posting.confirmed_at = starts_at
        posting.submitted_at = starts_at
        bought = {"source_ref": f"checkout:{posting.id}:1", "days": 30, "created_at": starts_at}
        period = ListingPeriod(
            posting_id=posting.id, starts_at=starts_at, ends_at=ends_at, **bought
        )
        session.add(period)
        session.flush()
        return posting

    return make
