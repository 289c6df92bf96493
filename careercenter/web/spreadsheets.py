"""Tables as files for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from flask import Response, stream_with_context

FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # what a cell that begins so would be taken for


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """A file to keep, sent while it is written. ``name``: without its ending; ours, not typed."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    body = stream_with_context(csv_lines(rows))
    return Response(body, mimetype="text/csv; charset=utf-8", headers=headers)


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Every cell quoted; one that a spreadsheet would reckon with is kept as text."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    out.write("\N{ZERO WIDTH NO-BREAK SPACE}")  # so that spreadsheets read UTF-8
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULAS) else text
