"""From a file to postings: take its rows in, have them checked, and have postings made of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.employers.models import Member
from careercenter.errors import Invalid
from careercenter.imports.fields import NEEDED, guess_mapping
from careercenter.imports.models import (
    KEPT,
    Asked,
    Format,
    Import,
    ImportRow,
    ImportStatus,
    Outcome,
    Source,
)

CHECK, RUN = "check_import", "run_import"


def open_import(
    session: Session, member: Member, name: str, source: Source, now: datetime
) -> Import:
    """Take the rows in. A table waits for somebody to say what its columns are."""
    mapping = guess_mapping(source.columns)
    if source.format is not Format.CSV:
        mapping = {column: column for column in source.columns}
    opened = Import(
        employer_id=member.employer_id,
        user_id=member.user_id,
        name=name,
        format=source.format,
        feed=source.format.value,
        columns=list(source.columns),
        mapping=mapping,
        rows=len(source.rows),
        created_at=now,
    )
    session.add(opened)
    session.flush()
    rows: list[dict[str, Any]] = [
        {"import_id": opened.id, "number": row.number, "values": row.values} for row in source.rows
    ]
    session.execute(insert(ImportRow), rows)
    return opened


def check_import(session: Session, source: Import, asked: Asked, now: datetime) -> None:
    """Have the rows read; nothing is made of them yet. ``source`` is locked.

    Raises ``Invalid`` where a field that every posting needs has no column.
    """
    for field in NEEDED:
        if field not in asked.mapping:
            raise Invalid("Choose the column that holds it.", field)
    source.mapping, source.defaults, source.feed = asked.mapping, asked.defaults, asked.feed
    source.move_to(ImportStatus.CHECKING)
    again = update(ImportRow).where(ImportRow.import_id == source.id)
    session.execute(again.values(outcome=Outcome.WAITING, words="", details=None))
    outbox.later(session, CHECK, source.id, now)


def run_import(
    session: Session, source: Import, *, whole: bool, spends: bool, now: datetime
) -> None:
    """Make postings of what was checked. ``source`` is locked.

    ``whole``: what came from this feed before and is not in the file is closed. ``spends``: new
    postings go to a moderator while there are credits; else they stay drafts.
    """
    source.move_to(ImportStatus.RUNNING)
    source.whole, source.spends = whole, spends
    outbox.later(session, RUN, source.id, now)


def cancel_import(source: Import, now: datetime) -> None:
    """Leave it at that. ``source`` is locked; what runs already runs to its end."""
    source.move_to(ImportStatus.CANCELLED)
    source.ended_at = now


def forget_old_imports(session: Session, _: str, now: datetime) -> None:
    """A daily task: the rows of old files go, what was made of them stays."""
    old = select(Import.id).where(Import.created_at < now - KEPT)
    session.execute(delete(ImportRow).where(ImportRow.import_id.in_(old)))
