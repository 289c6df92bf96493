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
    AMEND = "amend"
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
    status, scheduled, expired = posting.status, posting.is_scheduled(now), posting.is_expired(now)
    on_board = status in (S.PUBLISHED, S.PAUSED)
    may = {
        Act.DUPLICATE: True,
        Act.SCHEDULE: scheduled or (status in BEFORE_REVIEW and not undecided),
        Act.WITHDRAW: status is S.IN_REVIEW,
        Act.AMEND: on_board and not expired,
        Act.PAUSE: posting.is_live(now),
        Act.RESUME: status is S.PAUSED,
        Act.RENEW: renewing,
        Act.FILL: on_board,
        Act.CLOSE: on_board,
        Act.RELIST: expired or status in (S.FILLED, S.CLOSED),
    }
    return frozenset(act for act, allowed in may.items() if allowed)
