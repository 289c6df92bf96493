"""How long after a moderator's approval a listing is found by a visitor's search."""

import time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

import careercenter.app  # noqa: F401 -- with every table that an approval touches
from benchmarks.server import Board
from careercenter import clock
from careercenter.accounts.models import Role, User
from careercenter.database import make_engine
from careercenter.moderation.usecases import approve_posting
from careercenter.postings.models import Posting, PostingStatus


def approve_to_searchable(board: Board) -> float:
    """Seconds from the commit of an approval to the first search page that shows the listing."""
    engine = make_engine(f"sqlite:///{board.folder / 'careercenter.db'}")
    with Session(engine) as session:
        waiting = select(Posting).where(Posting.status == PostingStatus.IN_REVIEW).limit(1)
        posting = session.scalars(waiting.with_for_update()).one()
        moderator = session.scalars(select(User).where(User.role == Role.MODERATOR).limit(1)).one()
        approve_posting(session, posting, moderator, ZoneInfo("America/New_York"), clock.now())
        posting_id = posting.id
        session.commit()
    engine.dispose()
    began = time.perf_counter()
    while f"/jobs/{posting_id}-".encode() not in _newest(board):
        assert time.perf_counter() - began < 30, "never found"
    return time.perf_counter() - began


def _newest(board: Board) -> bytes:
    board.connection.request("GET", "/jobs?sort=newest")
    return board.connection.getresponse().read()
