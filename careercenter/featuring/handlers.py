"""What the worker does for featured postings."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.featuring import queries, usecases
from careercenter.postings import queries as postings
from careercenter.tasks import Handler


def feature_posting(session: Session, posting_id: str, now: datetime) -> None:
    usecases.begin_featured(session, postings.locked_any(session, int(posting_id)), now)


def feature_waiting(session: Session, _: str, now: datetime) -> None:
    """Those that were paid for while their posting was away, and that is back."""
    for posting_id in queries.ready_postings(session, now):
        usecases.begin_featured(session, postings.locked_any(session, posting_id), now)
        session.commit()  # the search clock is held no longer than for one


TASKS: dict[str, Handler] = {
    "feature_posting": feature_posting,
    "feature_waiting": feature_waiting,
}
