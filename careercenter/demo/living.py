"""What employers said of live postings since: confirmed, changed, and a change that waits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter.demo.board import Board, Planned
from careercenter.demo.rows import Row, insert_rows
from careercenter.heartbeat.models import EVERY, Answer, Heartbeat
from careercenter.postings.models import PostingStatus
from careercenter.revisions.data import to_data
from careercenter.revisions.models import Revision, RevisionState, Topic

WAITS = timedelta(hours=5)  # for a moderator
LATER = timedelta(hours=20)  # after it went live, its employer added to it


def load_living(
    session: Session, board: Board, owner: int, postings: Sequence[int], now: datetime
) -> None:
    """``owner``: the demo employer's, who changed two of the postings."""
    planned = list(zip(postings, board.postings, strict=True))
    insert_rows(session, Heartbeat, [*_answers(planned)])
    insert_rows(session, Revision, [*_changes(planned, owner, now)])


def _answers(planned: Sequence[tuple[int, Planned]]) -> Iterator[Row]:
    """A question for each time that an employer confirmed a posting."""
    for posting_id, one in planned:
        if one.published_at is None or one.confirmed_at is None:
            continue
        at = one.published_at + EVERY
        while at <= one.confirmed_at:
            said = {"answer": Answer.HIRING, "answered_at": at}
            yield {"posting_id": posting_id, "asked_at": at, "paused": False, **said}
            at += EVERY


def _changes(planned: Sequence[tuple[int, Planned]], owner: int, now: datetime) -> Iterator[Row]:
    """One that was made at once, and a title that a moderator has not seen yet."""
    live = (
        (posting_id, one)
        for posting_id, one in planned
        if one.employer == 0
        and one.status is PostingStatus.PUBLISHED
        and not one.over
        and one.published_at is not None
        and one.published_at < now - 2 * LATER
    )
    for (posting_id, one), topic in zip(live, (Topic.DETAILS, Topic.TITLE), strict=False):
        details, at_once = one.opening.details, topic is Topic.DETAILS
        less = replace(details, software=())
        more = replace(details, title=f"{details.title}, remote team"[:100])
        at = (one.published_at or now) + LATER if at_once else now - WAITS
        yield {
            "posting_id": posting_id,
            "author_id": owner,
            "before": to_data(less if at_once else details),
            "after": to_data(details if at_once else more),
            "topics": [topic.value],
            "state": RevisionState.APPLIED if at_once else RevisionState.WAITING,
            "created_at": at,
            "decided_at": at if at_once else None,
        }
