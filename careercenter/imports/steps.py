"""What the worker does for an import, a few hundred rows at a time.

Each step promises the next one in the same transaction, so that others may write between them, the
page can say how far it is, and a killed worker goes on where it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.copies.usecases import Repost
from careercenter.credits.queries import count_usable
from careercenter.employers.models import Employer
from careercenter.imports import queries
from careercenter.imports.changes import (
    details_of,
    digest_of_row,
    lock,
    revise_rows,
    take_off,
    why_left,
)
from careercenter.imports.models import Import, ImportedPosting, ImportRow, ImportStatus, Outcome
from careercenter.imports.rows import RowReader, digest_of, external_id_of, fields_of
from careercenter.imports.usecases import CHECK, RUN
from careercenter.postings.queries import locked_any
from careercenter.postings.usecases import draft_postings
from careercenter.publishing.usecases import spend_credit
from careercenter.revisions.data import to_data
from careercenter.taxonomy.places import Places

A_STEP = 200  # rows
TODO = (Outcome.NEW, Outcome.CHANGED)
NO_ID = "It has no number of yours: without one it would be new in every file."
NO_CREDIT = "A draft: no credit was left to send it to a moderator."


@dataclass(frozen=True, slots=True)
class Bench:
    """What rows are read with."""

    places: Places
    zone: ZoneInfo

    def reader(self, source: Import, now: datetime) -> RowReader:
        return RowReader(self.places, now.astimezone(self.zone).date(), source.defaults)


def check_rows(session: Session, source: Import, bench: Bench, now: datetime) -> None:
    """Say of the next rows what is to be done with them, and change nothing."""
    if source.status is not ImportStatus.CHECKING:
        return
    rows = queries.next_rows(session, source.id, [Outcome.WAITING], A_STEP)
    if not rows:
        source.move_to(ImportStatus.CHECKED)
        return
    for row in rows:
        row.external_id = external_id_of(row.values, source.mapping)
    session.flush()
    known = queries.imported(session, source, {row.external_id for row in rows})
    twins = queries.used_twice(session, rows)
    reader = bench.reader(source, now)
    for row in rows:
        if not row.external_id or row.number in twins:
            words = f"Row {twins[row.number]} has the same number." if row.external_id else NO_ID
            row.outcome, row.words = Outcome.ERROR, words
        else:
            _check(row, source, known.get(row.external_id), reader, now)
    outbox.later(session, CHECK, source.id, now)


def run_rows(session: Session, source: Import, bench: Bench, now: datetime) -> None:
    """Drafts of new rows, new words for changed ones, and last the end of what is gone."""
    if source.status is not ImportStatus.RUNNING:
        return
    rows = queries.next_rows(session, source.id, TODO, A_STEP)
    if rows:
        _make(session, source, rows, bench, now)
    elif not (source.whole and _close_gone(session, source, now)):
        source.move_to(ImportStatus.DONE)
        source.ended_at = now
        return
    outbox.later(session, RUN, source.id, now)


def _check(
    row: ImportRow, source: Import, held: ImportedPosting | None, reader: RowReader, now: datetime
) -> None:
    fields = fields_of(row.values, source.mapping)
    row.posting_id = held.posting_id if held else None
    if held and held.digest == digest_of(fields, source.defaults):
        row.outcome = Outcome.SAME
    elif held and (words := why_left(held, now)):
        row.outcome, row.words = Outcome.LEFT, words
    else:
        found = reader.read(fields)
        row.words = "\n".join(found.words)
        row.outcome = Outcome.CHANGED if held else Outcome.NEW
        if found.details is None:
            row.outcome = Outcome.ERROR
        else:
            row.details = to_data(found.details)


def _make(
    session: Session, source: Import, rows: Sequence[ImportRow], bench: Bench, now: datetime
) -> None:
    known = queries.imported(session, source, {row.external_id for row in rows})
    employer = lock(session, source, known.values())
    revise_rows(session, source, rows, known, bench.zone, now)
    new = [row for row in rows if row.external_id not in known]
    drafts = draft_postings(session, employer, [details_of(row) for row in new], now)
    for row, posting in zip(new, drafts, strict=True):
        row.posting_id, row.outcome = posting.id, Outcome.MADE
        session.add(_held(source, row))
    for row in new if source.spends else ():
        _submit(session, employer, row, now)


def _held(source: Import, row: ImportRow) -> ImportedPosting:
    return ImportedPosting(
        posting_id=row.posting_id,
        employer_id=source.employer_id,
        feed=source.feed,
        external_id=row.external_id,
        digest=digest_of_row(source, row),
    )


def _submit(session: Session, employer: Employer, row: ImportRow, now: datetime) -> None:
    if count_usable(session, employer.id, now) < 1 or employer.suspended_at is not None:
        row.words = NO_CREDIT
        return
    posting = locked_any(session, row.posting_id or 0)
    try:
        spend_credit(session, employer, posting, now)
    except Repost as again:
        row.words = str(again)


def _close_gone(session: Session, source: Import, now: datetime) -> bool:
    """Whether there was any."""
    gone = queries.gone(session, source, A_STEP)
    after = queries.last_number(session, source.id) + 1
    lock(session, source, gone)
    for number, held in enumerate(gone, after):
        take_off(session, held, now)
        closed = {"outcome": Outcome.CLOSED, "posting_id": held.posting_id}
        row = {"external_id": held.external_id, "values": {"title": held.posting.title}}
        session.add(ImportRow(import_id=source.id, number=number, **row, **closed))
    session.flush()
    return bool(gone)
