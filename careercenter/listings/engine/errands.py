"""Work that a child of this process does meanwhile: on two cores a board is built sooner."""

import pickle
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

R = TypeVar("R")


class Errand(Generic[R]):
    """Begins when it is made. Work that a child cannot do is done here: what it raises is raised.

    Where there are other threads there is no child: a lock that one of them holds at that moment
    would stay locked in the child for ever.
    """

    def __init__(self, work: Callable[[], R]) -> None:
        self._work = work
        self._pipe: Connection | None = None
        if threading.active_count() == 1:
            self._send_off()

    def result(self) -> R:
        """What came of the work, as soon as it is done; to be asked for once."""
        if self._pipe is not None:
            with self._pipe, suppress(EOFError, OSError):
                found: R = pickle.loads(self._pipe.recv_bytes())  # noqa: S301 -- our own child's
                self._child.join()
                return found
        return self._work()

    def _send_off(self) -> None:
        fork = get_context("fork")
        ours, theirs = fork.Pipe(duplex=False)
        self._child = fork.Process(target=_run, args=(self._work, theirs), daemon=True)
        with theirs, suppress(OSError):
            self._child.start()
            self._pipe = ours


def _run(work: Callable[[], R], pipe: Connection) -> None:
    with pipe, suppress(Exception):  # who waits finds the pipe at its end
        pipe.send_bytes(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
