"""Searches, counted in memory and written down now and then, so that searching writes nothing.

What is kept is the text, folded, without whatever looks like somebody's address or number. A
process that is killed loses at most a minute's counts.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from careercenter.insights.models import LONGEST_TEXT
from careercenter.insights.usecases import add_searches

EVERY = timedelta(seconds=60)
MOST = 500  # different texts that are held before they are written down

_PERSONAL = re.compile(r"\S*@\S*|\+?\d[\d\s().-]{6,}\d")  # addresses, telephone numbers

log = structlog.get_logger()


class SearchLog:
    """Counts for one process; threads share it. ``make_session`` opens a session that may write."""

    def __init__(self, make_session: Callable[[], Session]) -> None:
        self._make_session = make_session
        self._counts: dict[str, tuple[int, int]] = {}
        self._written_at: datetime | None = None
        self._lock = Lock()

    def count(self, text: str, total: int) -> None:
        kept = kept_of(text)
        if not kept:
            return
        with self._lock:
            searches, empty = self._counts.get(kept, (0, 0))
            self._counts[kept] = (searches + 1, empty + (total == 0))

    def due(self, now: datetime) -> bool:
        """Whether it is time to write down. Right after a start it is not."""
        with self._lock:
            self._written_at = self._written_at or now
            waited = now - self._written_at >= EVERY
            return bool(self._counts) and (waited or len(self._counts) >= MOST)

    def write(self, now: datetime) -> None:
        """Write down what was counted; where the database does not answer it is lost."""
        with self._lock:
            counts, self._counts, self._written_at = self._counts, {}, now
        try:
            with self._make_session() as session:
                add_searches(session, now.date(), counts)
                session.commit()
        except SQLAlchemyError as error:
            log.warning("searches.lost", error=type(error).__name__)


def kept_of(text: str) -> str:
    """The text as it is counted: lower case, single spaces, nothing personal, not too long."""
    return " ".join(_PERSONAL.sub(" ", text.lower()).split())[:LONGEST_TEXT].strip()
