"""Reads a file of postings: which format it is, and its rows. Nothing of it is believed."""

import csv
import json
from collections.abc import Iterable, Iterator
from html import unescape
from io import StringIO
from typing import Any
from xml.etree import ElementTree

from charset_normalizer import from_bytes

from careercenter.errors import Invalid
from careercenter.imports.models import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Format,
    Source,
    SourceRow,
    Values,
)

FILE = "file"
TOO_LARGE = f"The file is larger than {MOST_BYTES // 1024 // 1024} MB. Split it."
TOO_MANY = f"The file has more than {MOST_ROWS:,} postings. Split it."
EMPTY = "There is no posting in this file."
UNREADABLE = "That looks like no table (CSV), no Indeed XML and no Greenhouse or Lever JSON."
HEADING = f"The first line must name the columns: from two to {MOST_COLUMNS}, each once."
TAGS = {  # of Indeed's feed, as our fields
    "referencenumber": "id",
    "title": "title",
    "description": "description",
    "city": "city",
    "state": "state",
    "postalcode": "zip",
    "salary": "pay",
    "jobtype": "employment",
    "education": "education",
    "experience": "years",
    "remotetype": "setting",
    "expirationdate": "closes_on",
    "url": "apply_url",
}


def read_file(content: bytes) -> Source:
    """Raises ``Invalid`` (field "file") in words for whoever sent it."""
    if len(content) > MOST_BYTES:
        raise Invalid(TOO_LARGE, FILE)
    text = _text(content)
    beginning = text.lstrip()[:1]
    if beginning == "<":
        return _source(Format.INDEED, _indeed(text))
    if beginning in ("{", "["):
        return _json(text)
    return _csv(text)


def _text(content: bytes) -> str:
    """UTF-8, or else what the bytes look like. A file that no text is in has no rows."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = str(from_bytes(content).best() or "")
    if "\x00" in text or not text.strip():
        raise Invalid(UNREADABLE if text.strip() else EMPTY, FILE)
    return text


def _csv(text: str) -> Source:
    try:
        dialect = csv.Sniffer().sniff(text[:20_000], ",;\t|")
    except csv.Error:
        dialect = csv.excel
    lines = csv.reader(StringIO(text, newline=""), dialect, strict=False)
    try:
        columns = [column.strip()[:120] for column in next(lines, [])]
        rows = list(_lines(columns, lines))
    except csv.Error as error:
        raise Invalid(f"Line {lines.line_num} of the table cannot be read.", FILE) from error
    if len(columns) < 2 or len(columns) > MOST_COLUMNS or len({*columns}) != len(columns):
        raise Invalid(HEADING, FILE)
    return _source(Format.CSV, rows, tuple(columns))


def _lines(columns: list[str], lines: Iterable[list[str]]) -> Iterator[Values]:
    for number, line in enumerate(lines):
        if number > MOST_ROWS:
            raise Invalid(TOO_MANY, FILE)
        if any(cell.strip() for cell in line):
            yield dict(zip(columns, line, strict=False))


def _indeed(text: str) -> Iterator[Values]:
    """One ``<job>`` after another. Our files need no document type, so that none is taken."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Invalid("The file declares a document type. Leave that out.", FILE)
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 -- no entity can be declared
    except ElementTree.ParseError as error:
        line, _ = error.position
        raise Invalid(f"The XML cannot be read: look at line {line}.", FILE) from error
    for job in root.iter("job"):
        values = {
            TAGS[child.tag.lower()]: (child.text or "").strip()
            for child in job
            if isinstance(child.tag, str) and child.tag.lower() in TAGS
        }
        yield values


def _json(text: str) -> Source:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("The JSON cannot be read.", FILE) from error
    if isinstance(data, dict) and isinstance(data.get("jobs"), list):
        return _source(Format.GREENHOUSE, map(_greenhouse, _objects(data["jobs"])))
    if isinstance(data, list):
        return _source(Format.LEVER, map(_lever, _objects(data)))
    raise Invalid(UNREADABLE, FILE)


def _objects(items: list[Any]) -> Iterator[dict[str, Any]]:
    return (item for item in items if isinstance(item, dict))


def _greenhouse(job: dict[str, Any]) -> Values:
    """As its board API lists jobs with ``content=true``: HTML, escaped once."""
    return {
        "id": _said(job, "id"),
        "title": _said(job, "title"),
        "place": _said(_inside(job, "location"), "name"),
        "description": unescape(_said(job, "content")),
        "apply_url": _said(job, "absolute_url"),
    }


def _lever(job: dict[str, Any]) -> Values:
    """As its postings API lists them."""
    lists = job.get("lists")
    parts = [_said(job, "description")]
    for part in _objects(lists if isinstance(lists, list) else []):
        parts.append(f"<h3>{_said(part, 'text')}</h3><ul>{_said(part, 'content')}</ul>")
    pay, about = _inside(job, "salaryRange"), _inside(job, "categories")
    return {
        "id": _said(job, "id"),
        "title": _said(job, "text"),
        "place": _said(about, "location"),
        "employment": _said(about, "commitment"),
        "setting": _said(job, "workplaceType"),
        "pay_low": _said(pay, "min"),
        "pay_high": _said(pay, "max"),
        "pay_unit": _said(pay, "interval"),
        "description": "".join([*parts, _said(job, "additional")]),
        "apply_url": _said(job, "applyUrl") or _said(job, "hostedUrl"),
    }


def _inside(job: dict[str, Any], name: str) -> dict[str, Any]:
    found = job.get(name)
    return found if isinstance(found, dict) else {}


def _said(job: dict[str, Any], name: str) -> str:
    """A text or a number as text; anything else says nothing."""
    found = job.get(name)
    return str(found) if isinstance(found, (str, int, float)) else ""


def _source(format: Format, rows: Iterable[Values], columns: tuple[str, ...] = ()) -> Source:
    found: list[SourceRow] = []
    for number, values in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise Invalid(TOO_MANY, FILE)
        cut = {name: value.strip()[:LONGEST_CELL] for name, value in values.items() if value}
        found.append(SourceRow(number, cut))
    if not found:
        raise Invalid(EMPTY, FILE)
    named = columns or tuple(dict.fromkeys(name for row in found for name in row.values))
    return Source(format, named, tuple(found))
