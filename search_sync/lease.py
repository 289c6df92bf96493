"""Only one sync may write. The lease is a lock that dies with its process: none is ever stale."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import make_url

from careercenter.database import make_engine

_KEY = 0x5EA7C4  # any number, the same in every process


class Held(Exception):
    """Another sync is at work."""


@contextmanager
def sole_writer(url: str) -> Iterator[None]:
    """Hold the lease of the database at ``url``. Raises ``Held``."""
    if make_url(url).get_backend_name() == "sqlite":
        yield from _file_lock(f"{make_url(url).database}.search_sync")
    else:
        yield from _advisory_lock(url)


def _file_lock(path: str) -> Iterator[None]:
    with open(path, "w", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Held from error
        yield


def _advisory_lock(url: str) -> Iterator[None]:
    engine = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_KEY})").scalar():
                raise Held
            yield
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({_KEY})")
    finally:
        engine.dispose()
