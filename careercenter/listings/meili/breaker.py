"""Keeps a server that fails from being asked at every request."""

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Opens after some failures in a row, or at once after a wait; then nobody asks for a while.

    After that one asks, while the others still do not; if it is answered all ask again. Threads
    share one.
    """

    def __init__(
        self,
        failures: int = 3,
        pause: float = 5.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``pause``: seconds."""
        self._most, self._pause, self._monotonic = failures, pause, monotonic
        self._failures = 0
        self._open_until: float | None = None
        self._lock = Lock()

    def lets_through(self) -> bool:
        with self._lock:
            if self._open_until is None:
                return True
            now = self._monotonic()
            if now < self._open_until:
                return False
            self._open_until = (
                now + self._pause
            )  # who comes while this one tries is not let through
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failures, self._open_until = 0, None

    def failed(self, *, slow: bool = False) -> bool:
        """Tells whether it opened by this."""
        with self._lock:
            was_closed = self._open_until is None
            self._failures += 1
            if slow or not was_closed or self._failures >= self._most:
                self._open_until = self._monotonic() + self._pause
            return was_closed and self._open_until is not None
