"""What can go wrong with a server, to be set by a test."""

import threading
import time
from dataclasses import dataclass, field

from tests.contract.standin.errors import Refused


@dataclass
class Faults:
    """Each stays until it is used up or ``clear`` is called.

    ``delay``: seconds that every task takes. ``paused``: no task is begun; call ``Queue.wake`` or
    ``StandIn.resume`` when it ends. ``failing``: how many of the next tasks fail; ``failing_if``
    chooses which tasks fail by themselves. ``busy``: how many of the next searches are refused with
    a 503. ``lost``: how many of the next requests that change something are done but not answered.
    ``hanging``: seconds before any answer. ``down``: every connection is closed at once. ``full``:
    whatever is written fails, since the disk is full.
    """

    delay: float = 0.0
    paused: bool = False
    failing: int = 0
    failing_if: object = None  # (task) -> bool
    error: str = "internal"
    busy: int = 0
    lost: int = 0
    hanging: float = 0.0
    down: bool = False
    full: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def clear(self):
        for name, value in vars(Faults()).items():
            if name != "_lock":
                setattr(self, name, value)

    def used(self, name):
        """Whether one is left of a fault that is counted; then there is one less."""
        with self._lock:
            left = getattr(self, name)
            if left:
                setattr(self, name, left - 1)
            return bool(left)

    def before_task(self, stopped):
        until = time.monotonic() + self.delay
        while time.monotonic() < until and not stopped():
            time.sleep(min(0.01, self.delay))

    def at_task(self, task):
        if self.full and task.body is not None:
            raise Refused("no_space_left_on_device", "There is no more space left on the device.")
        if self.used("failing") or (self.failing_if and self.failing_if(task)):
            raise Refused(self.error, "An internal error has occurred.")
