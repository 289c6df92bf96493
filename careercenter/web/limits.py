"""Holds back programs that read the whole board page by page, or guess at addresses.

Counted in the memory of each process, so that reading costs the database nothing: with several
processes a limit is reached that much later.
"""

from datetime import datetime, timedelta
from threading import Lock

from flask import Flask, Response, request
from flask_login import current_user

from careercenter import clock
from careercenter.config import Settings
from careercenter.errors import TooMany
from careercenter.extensions import SAFE

A_SECOND, AT_ONCE = 5, 100  # pages of listings for a visitor: in the long run, and in a burst
MOST_LOST, MINUTE = 50, timedelta(minutes=1)  # pages that do not exist
MOST_CALLERS = 20_000  # that are remembered; the longest silent is forgotten first
LISTED = ("/jobs", "/employers")


class Pace:
    """A bucket for each caller, which fills by the second and holds ``at_once``."""

    def __init__(self, a_second: float, at_once: int) -> None:
        self._a_second, self._at_once = a_second, at_once
        self._left: dict[str, tuple[float, datetime]] = {}
        self._lock = Lock()

    def takes(self, caller: str, now: datetime) -> bool:
        """Whether one more is within the pace; then it is taken."""
        with self._lock:
            left, at = self._left.pop(caller, (float(self._at_once), now))
            seconds = max(0.0, (now - at).total_seconds())
            left = min(float(self._at_once), left + seconds * self._a_second)
            fine = left >= 1
            self._left[caller] = (left - 1 if fine else left, now)
            if len(self._left) > MOST_CALLERS:
                del self._left[next(iter(self._left))]
            return fine


class Lost:
    """How often a caller asked for what is not there, in the present window of time."""

    def __init__(self, most: int, window: timedelta) -> None:
        self._most, self._window = most, window
        self._counts: dict[str, tuple[int, datetime]] = {}
        self._lock = Lock()

    def count(self, caller: str, now: datetime) -> None:
        with self._lock:
            count, since = self._counts.pop(caller, (0, now))
            if now - since >= self._window:
                count, since = 0, now
            self._counts[caller] = (count + 1, since)
            if len(self._counts) > MOST_CALLERS:
                del self._counts[next(iter(self._counts))]

    def waits(self, caller: str, now: datetime) -> int:
        """Seconds for which this caller gets nothing; 0: none."""
        with self._lock:
            count, since = self._counts.get(caller, (0, now))
        left = (since + self._window - now).total_seconds()
        return int(left) + 1 if count >= self._most and left > 0 else 0


def register_limits(app: Flask, settings: Settings) -> None:
    if not settings.flood_limits:
        return
    pace, lost = Pace(A_SECOND, AT_ONCE), Lost(MOST_LOST, MINUTE)

    @app.before_request
    def hold_back() -> None:
        caller, now = request.remote_addr or "", clock.now()
        if seconds := lost.waits(caller, now):
            raise TooMany(seconds)
        listed = request.method in SAFE and request.path.startswith(LISTED)
        if listed and not pace.takes(caller, now) and not current_user.is_authenticated:
            raise TooMany(AT_ONCE // A_SECOND)

    @app.after_request
    def count_lost(response: Response) -> Response:
        if response.status_code == 404:
            lost.count(request.remote_addr or "", clock.now())
        return response
