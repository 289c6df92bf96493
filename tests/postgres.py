"""A PostgreSQL server of the tests' own: made empty, thrown away."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOW_TO = "needs PostgreSQL: apt-get install postgresql"


def binaries() -> Path | None:
    """Where ``initdb`` is, if it is anywhere."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


@contextmanager
def server() -> Iterator[str]:
    """Start a server; give the address of its empty database."""
    folder = binaries()
    assert folder is not None, HOW_TO
    data = Path(tempfile.mkdtemp(prefix="cc-postgres-"))
    port, files = free_port(), data / "db"
    options = (
        f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=80"
    )
    make = f"-D {files} -A trust -E UTF8 --no-sync -U postgres"
    try:
        _as_postgres(data, folder / "initdb", *make.split())
        control = (data, folder / "pg_ctl", "-D", files, "-w")
        _as_postgres(*control, "-l", data / "log", "-o", options, "start")
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _as_postgres(*control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(data, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _as_postgres(data: Path, *command: Path | str) -> None:
    """PostgreSQL refuses to run as root."""
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        shutil.chown(data, "postgres")
        words = ["runuser", "-u", "postgres", "--", *words]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr or done.stdout
