"""What the clock or a payment asks for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter.config import Settings
from careercenter.copies import usecases as copies
from careercenter.periods import usecases as periods
from careercenter.postings import queries as postings
from careercenter.tasks import Handler


def sign_posting(session: Session, posting_id: str, now: datetime) -> None:
    """What was sent in, or changed: its text can be found from now on where it is copied."""
    copies.sign_posting(session, postings.any_posting(session, int(posting_id)), now)


def sign_unsigned(session: Session, _: str, now: datetime) -> None:
    """Postings that were sent in before signatures were kept, some at a time."""
    copies.sign_unsigned(session, now)


def task_handlers(settings: Settings) -> dict[str, Handler]:
    zone = ZoneInfo(settings.board_zone)

    def prolong_posting(session: Session, posting_id: str, now: datetime) -> None:
        """Days that were bought for a renewal, put behind those that it has."""
        posting = postings.locked_any(session, int(posting_id))
        periods.prolong(session, posting, now, zone)

    return {
        "prolong_posting": prolong_posting,
        "sign_posting": sign_posting,
        "sign_unsigned": sign_unsigned,
    }
