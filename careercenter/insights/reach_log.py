"""How often listings are seen, counted in memory and written down now and then.

Nothing tells by whom. A process that is killed loses at most a minute's counts.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from careercenter.insights.models import Act, Source
from careercenter.insights.usecases import add_reach

EVERY = timedelta(seconds=60)
MOST = 5000  # different counts that are held before they are written down

Key = tuple[int, date, Source, Act]  # posting id, day of the board's zone

log = structlog.get_logger()


class ReachLog:
    """Counts for one process; threads share it. ``make_session`` opens a session that may write."""

    def __init__(self, make_session: Callable[[], Session], zone: ZoneInfo) -> None:
        self._make_session, self._zone = make_session, zone
        self._counts: Counter[Key] = Counter()
        self._written_at: datetime | None = None
        self._lock = Lock()

    def count(self, act: Act, posting_ids: Iterable[int], source: Source, now: datetime) -> None:
        day = now.astimezone(self._zone).date()
        with self._lock:
            self._counts.update((posting_id, day, source, act) for posting_id in posting_ids)

    def due(self, now: datetime) -> bool:
        """Whether it is time to write down. Right after a start it is not."""
        with self._lock:
            self._written_at = self._written_at or now
            waited = now - self._written_at >= EVERY
            return bool(self._counts) and (waited or len(self._counts) >= MOST)

    def write(self, now: datetime) -> None:
        """Write down what was counted; where the database does not answer it is lost."""
        with self._lock:
            counts, self._counts, self._written_at = self._counts, Counter(), now
        if not counts:
            return
        try:
            with self._make_session() as session:
                add_reach(session, counts)
                session.commit()
        except SQLAlchemyError as error:
            log.warning("reach.lost", error=type(error).__name__)
