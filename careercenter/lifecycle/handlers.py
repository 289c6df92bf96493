"""What the clock or a payment asks for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter.config import Settings
from careercenter.periods import usecases as periods
from careercenter.postings import queries as postings
from careercenter.tasks import Handler


def task_handlers(settings: Settings) -> dict[str, Handler]:
    zone = ZoneInfo(settings.board_zone)

    def prolong_posting(session: Session, posting_id: str, now: datetime) -> None:
        """Days that were bought for a renewal, put behind those that it has."""
        posting = postings.locked_any(session, int(posting_id))
        periods.prolong(session, posting, now, zone)

    return {"prolong_posting": prolong_posting}
