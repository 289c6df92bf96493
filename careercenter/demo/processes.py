"""Programs that run together: started one by one, stopped all at once."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

GRACE = 5.0  # seconds to end in, before a program is killed
POLL = 0.1
LAST_LINES = 12  # of a dead program's log, for whoever reads the terminal


class ProgramEnded(Exception):
    """A program that should run for ever did not; the message says which, and its last words."""


class Family:
    """Python modules as processes. What they print goes to ``<folder>/<name>.log``.

    Each is in a session of its own, so that a Ctrl-C reaches only this process, which then stops
    them in good order.
    """

    def __init__(self, folder: Path, cwd: Path, env: Mapping[str, str]) -> None:
        self._folder, self._cwd, self._env = folder, cwd, dict(env)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, name: str, module: Sequence[str]) -> None:
        with self._log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603 -- our own modules
                [sys.executable, "-m", *module],
                cwd=self._cwd,
                env=self._env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def check(self) -> None:
        """Raises ``ProgramEnded`` if one is no longer running."""
        for name, process in self._running.items():
            if process.poll() is not None:
                said = self._log(name).read_text(encoding="utf-8", errors="replace").splitlines()
                lines = "\n".join(f"    {line}" for line in said[-LAST_LINES:])
                message = f"The {name} stopped by itself (exit {process.returncode})."
                raise ProgramEnded(f"{message} It said, in {self._log(name)}:\n{lines}")

    def stop(self, grace: float = GRACE) -> None:
        """Ask all to end, wait a little, kill what is left."""
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + grace
        for process in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
        for process in self._running.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # children of theirs, too
            process.wait()

    def _log(self, name: str) -> Path:
        return self._folder / f"{name.replace(' ', '-')}.log"


def until_signal() -> threading.Event:
    """Set when the terminal or the system asks this process to stop."""
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask)
    return stop


def wait_until_healthy(
    family: Family, host: str, port: int, stop: threading.Event, seconds: float = 60
) -> bool:
    """False: told to stop before it answered. Raises ``ProgramEnded``, also after ``seconds``."""
    deadline = time.monotonic() + seconds
    while not stop.wait(POLL):
        family.check()
        if _answers(host, port):
            return True
        if time.monotonic() > deadline:
            raise ProgramEnded(f"The web server did not answer within {seconds:.0f} seconds.")
    return False


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
