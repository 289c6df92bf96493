"""The published ICD-10-CM list and the names of ZIP codes, in the reference file."""

import sqlite3
import threading
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

_SIZES = (3, 5, 6, 7, 8)  # of a code in print: N13, N13.5, N13.50, N13.501, N13.501A


class CodeList:
    """Looks codes up in the file that ``places.build_reference`` made.

    Threads may share one; each has its own connection. Codes are as printed: "N13.5".
    """

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()

    def title(self, code: str) -> str | None:
        sql = "SELECT code, title FROM icd10cm WHERE size = ? AND code = ?"
        return next((title for _, title in self._pairs(sql, len(code), code)), None)

    def beginning(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Codes that begin so with their titles: the widest first, then in order."""
        sql = "SELECT code, title FROM icd10cm WHERE size = ? AND code >= ? AND code < ? LIMIT ?"
        sizes = (size for size in _SIZES if size >= len(prefix))
        levels = (self._pairs(sql, size, prefix, f"{prefix}{{", limit) for size in sizes)
        return list(islice(chain.from_iterable(levels), limit))

    def city(self, zip_code: str) -> tuple[str, str] | None:
        """The name and the state's code of the place that has this ZIP code."""
        return next(self._pairs("SELECT city, state FROM zip WHERE zip = ?", zip_code), None)

    def _pairs(self, sql: str, *values: object) -> Iterator[tuple[str, str]]:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(self._uri, uri=True)
        return connection.execute(sql, values)
