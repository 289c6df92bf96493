"""What may be done with a posting at a moment. The desk offers this and nothing else."""

from datetime import datetime, timedelta
from enum import StrEnum

from careercenter.postings.lifecycle import BEFORE_REVIEW, CloseReason, PostingStatus
from careercenter.postings.models import Posting

S = PostingStatus
CLOSE_REASONS: dict[CloseReason, str] = {
    CloseReason.ELSEWHERE: "We found somebody another way.",
    CloseReason.ON_HOLD: "Hiring is on hold.",
    CloseReason.CANCELED: "The position no longer exists.",
    CloseReason.MISTAKE: "It was posted by mistake or has mistakes in it.",
    CloseReason.OTHER: "Another reason.",
}


class Act(StrEnum):
    """Named as the desk's buttons are."""

    SCHEDULE = "schedule"
    WITHDRAW = "withdraw"
    PAUSE = "pause"
    RESUME = "resume"
    RENEW = "renew"
    FILL = "fill"
    CLOSE = "close"
    RELIST = "relist"
    DUPLICATE = "duplicate"


def days_left(posting: Posting) -> int:
    """Of a paused posting's time on the board; what is left of a day counts as one."""
    if posting.paused_at is None or posting.expires_at is None:
        return 0
    return max(0, -(-(posting.expires_at - posting.paused_at) // timedelta(days=1)))


def acts(posting: Posting, now: datetime, *, undecided: bool, renewing: bool) -> frozenset[Act]:
    """``undecided``: money for it is on its way. ``renewing``: more days can be bought now."""
    status, found = posting.status, {Act.DUPLICATE}
    if (status in BEFORE_REVIEW and not undecided) or posting.is_scheduled(now):
        found.add(Act.SCHEDULE)
    if status is S.IN_REVIEW:
        found.add(Act.WITHDRAW)
    if posting.is_live(now):
        found.add(Act.PAUSE)
    if status is S.PAUSED:
        found.add(Act.RESUME)
    if renewing:
        found.add(Act.RENEW)
    if status in (S.PUBLISHED, S.PAUSED):
        found |= {Act.FILL, Act.CLOSE}
    if status in (S.FILLED, S.CLOSED) or posting.is_expired(now):
        found.add(Act.RELIST)
    return frozenset(found)
