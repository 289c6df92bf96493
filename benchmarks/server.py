"""A board of a given size under one gunicorn worker, in a folder of its own."""

import http.client
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import free_port

ROOT = Path(__file__).parent.parent


@dataclass
class Board:
    """A running board. ``first_answer`` is in seconds from the start of its process."""

    folder: Path
    port: int
    env: dict[str, str]
    loaded_in: float
    first_answer: float = 0.0
    process: subprocess.Popen[bytes] | None = None
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> tuple[float, http.client.HTTPResponse, bytes]:
        """Milliseconds to the whole answer over a kept connection, the answer and its body."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
        response = self.connection.getresponse()
        body = response.read()
        return (time.perf_counter() - began) * 1000, response, body

    def on_the_server(self, route: str) -> list[float]:
        """Milliseconds that the requests of a route took, by the server's own log, in its order."""
        lines = re.finditer(r"\bms=([\d.]+) .*?\broute='?([^\s']+)", self.log)
        times = ((m[2], float(m[1])) for m in lines)
        return [time for found, time in times if found == route]

    @property
    def log(self) -> str:
        return (self.folder / "log.txt").read_text()

    def worker_megabytes(self) -> float:
        """Resident memory of the first worker, shared pages with its parent included."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        status = Path(f"/proc/{children.split()[0]}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextmanager
def board(listings: int) -> Iterator[Board]:
    """A board with that many live listings. It is stopped and its folder removed at the end."""
    with tempfile.TemporaryDirectory(prefix="cc-bench-") as name:
        folder, port = Path(name), free_port()
        env = os.environ | {
            "DATA_DIR": str(folder),
            "SECRET_KEY": secrets.token_hex(24),
            "PORT": str(port),
        }
        _run(env, "migrate")
        began = time.perf_counter()
        _run(env, "demo-data", "--listings", str(listings), "--seed", "7")
        made = Board(folder, port, env, time.perf_counter() - began)
        try:
            start(made, workers=1)
            yield made
        finally:
            stop(made)


def start(board: Board, workers: int) -> None:
    """Serve it, and note how long the first answer took."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "careercenter", "serve", "--port", str(board.port)]
    command += ["--workers", str(workers)]
    with (board.folder / "log.txt").open("w") as log:
        board.process = subprocess.Popen(command, cwd=ROOT, env=board.env, stdout=log)
    _wait(board)
    board.first_answer = time.perf_counter() - began


def stop(board: Board) -> None:
    board.connection.close()
    if board.process is not None:
        board.process.terminate()
        board.process.wait(30)
        board.process = None


def _run(env: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "careercenter", *words],
        cwd=ROOT,
        env=env,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _wait(board: Board) -> None:
    for _ in range(1200):
        try:
            if board.get("/jobs")[1].status == http.HTTPStatus.OK:
                return
        except OSError:
            board.connection.close()
        time.sleep(0.05)
    raise SystemExit("The board did not start.")
