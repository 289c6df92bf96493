"""ZIP codes and cities of the United States, and how far apart they are.

The rows are GeoNames postal codes (CC BY 4.0). They ship as compressed text and are looked up in a
read-only SQLite file that is built once from it; ``code_list`` has its diagnosis codes there too.
"""

import gzip
import io
import os
import sqlite3
import tempfile
import threading
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from careercenter.taxonomy.loading import DATA
from careercenter.taxonomy.place_names import city_key, plain, state_codes, without_state, zip_code
from careercenter.taxonomy.vocabularies import STATES

EARTH_RADIUS_MILES = 3958.8
_LAYOUT = 2  # raise when the tables below change

_SCHEMA = """
CREATE TABLE zip (zip TEXT PRIMARY KEY, city TEXT, state TEXT, lat REAL, lon REAL) WITHOUT ROWID;
CREATE TABLE city (
    key TEXT, state TEXT, city TEXT, lat REAL, lon REAL, zips INTEGER, PRIMARY KEY (key, state)
) WITHOUT ROWID;
CREATE TABLE icd10cm (size INTEGER, code TEXT, title TEXT, PRIMARY KEY (size, code)) WITHOUT ROWID;
"""
_CENTRES = """
INSERT INTO city SELECT city_key(city), state, min(city), avg(lat), avg(lon), count(*)
FROM zip GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A point in degrees: of a ZIP code, or of a city (the mean of its ZIP codes' points)."""

    city: str
    state: str  # code
    zip: str | None
    latitude: float
    longitude: float

    @property
    def label(self) -> str:
        return f"{self.city}, {self.state}"


def build_reference(path: Path) -> None:
    """Writes the reference file at ``path`` unless it is there already, from these rows.

    The file appears whole or not at all; of two processes that build it at once either may win.
    """
    zips, diagnoses = ((DATA / name).read_bytes() for name in ("zip.tsv.gz", "icd10cm.tsv.gz"))
    stamp = zlib.crc32(diagnoses, zlib.crc32(zips, _LAYOUT)) & 0x7FFF_FFFF
    if _stamp(path) == stamp:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    os.close(handle)
    try:
        _fill(draft, zips, diagnoses, stamp)
        os.chmod(draft, 0o644)  # nothing in it is private, and workers may run as another user
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def miles(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Along the great circle (haversine); arguments in degrees."""
    north, east = radians(lat2 - lat1), radians(lon2 - lon1)
    across = cos(radians(lat1)) * cos(radians(lat2)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(sin(north / 2) ** 2 + across)))


class Places:
    """Looks places up in a reference file. Threads may share one; each has its own connection."""

    def __init__(self, path: Path) -> None:
        self._uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._local = threading.local()

    def resolve(self, text: str) -> Place | None:
        """What a visitor means by "50701", "Waterloo, Iowa" or "Waterloo, IA 50701"."""
        return self.by_zip(text) or self.by_city(text)

    def by_zip(self, text: str) -> Place | None:
        """The place of the ZIP (or ZIP+4) code that ``text`` is or ends with."""
        code = zip_code(text)
        return next(self._zips("zip = ?", code), None) if code else None

    def by_city(self, text: str) -> Place | None:
        """The city; without a state, of namesakes the one with the most ZIP codes.

        A state's bare name is no city, unless the city is the bigger: New York, Washington.
        """
        for name, states in without_state(plain(text)):
            found = self._cities("key = ?", city_key(name))
            place = next((p for p in found if not states or p.state in states), None)
            if place:
                return place
        return None

    def suggest(self, prefix: str, limit: int = 8) -> list[Place]:
        """Cities (or ZIP codes, for digits) that begin so, the ones with the most ZIPs first."""
        typed = plain(prefix)
        if typed.isdigit():
            return list(self._zips("zip >= ? AND zip < ? LIMIT ?", typed, f"{typed}:", limit))
        name, comma, state = typed.partition(",")
        key = city_key(name)
        if not key:
            return []
        found = self._cities("key >= ? AND key < ?", key, key + (" " if comma else "{"))
        wanted = state_codes(state, prefix=True) if state.strip() else STATES
        return list(islice((place for place in found if place.state in wanted), limit))

    def _zips(self, where: str, *values: object) -> Iterator[Place]:
        sql = f"SELECT city, state, zip, lat, lon FROM zip WHERE {where}"  # noqa: S608 -- our own
        return (Place(*row) for row in self._connection().execute(sql, values))

    def _cities(self, where: str, *values: object) -> Iterator[Place]:
        sql = (
            f"SELECT city, state, NULL, lat, lon FROM city WHERE {where}"  # noqa: S608 -- our own
            " ORDER BY zips DESC, key, state"
        )
        return (Place(*row) for row in self._connection().execute(sql, values))

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(self._uri, uri=True)
        return connection


def _stamp(path: Path) -> int | None:
    """What the file at ``path`` was built from; None where it can't be read."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            return int(file.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return None


def _fill(draft: str, zips: bytes, diagnoses: bytes, stamp: int) -> None:
    with closing(sqlite3.connect(draft)) as file, file:
        file.create_function("city_key", 1, city_key, deterministic=True)
        file.executescript(_SCHEMA)
        rows = islice(_rows(zips), 1, None)  # below the header
        file.executemany("INSERT INTO zip VALUES (?, ?, ?, ?, ?)", rows)
        file.execute(_CENTRES)
        codes = ((len(code), code, title) for code, title in _rows(diagnoses))
        file.executemany("INSERT INTO icd10cm VALUES (?, ?, ?)", codes)
        file.execute(f"PRAGMA user_version = {stamp}")


def _rows(packed: bytes) -> Iterator[list[str]]:
    """One at a time: whole, the lists take tens of megabytes."""
    with gzip.open(io.BytesIO(packed), "rt", encoding="utf-8") as lines:
        yield from (line.rstrip("\n").split("\t") for line in lines)
