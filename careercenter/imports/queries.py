"""Imports of an employer, and their rows."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from careercenter.database import Page, paginate
from careercenter.errors import Conflict
from careercenter.imports.models import Import, ImportedPosting, ImportRow, Outcome
from careercenter.postings.models import Posting, PostingStatus

SAMPLES = 3  # values of a column that are shown
LATEST = 20  # imports that are listed
TO_CLOSE = (PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED, PostingStatus.PAUSED)


def owned(session: Session, employer_id: int, import_id: int) -> Import:
    """Raises ``NoResultFound`` for what is missing or another employer's."""
    mine = select(Import).where(Import.id == import_id, Import.employer_id == employer_id)
    return session.scalars(mine.options(joinedload(Import.user))).one()


def locked(session: Session, employer_id: int, import_id: int, version: int) -> Import:
    """The same, locked. Raises ``Conflict`` if it is not what was seen."""
    mine = select(Import).where(Import.id == import_id, Import.employer_id == employer_id)
    found = session.scalars(
        mine.with_for_update(of=Import).execution_options(populate_existing=True)
    ).one()
    if found.version != version:
        raise Conflict
    return found


def working(session: Session, import_id: int) -> Import | None:
    """Locked, for a worker."""
    return session.scalars(
        select(Import).where(Import.id == import_id).with_for_update(of=Import)
    ).one_or_none()


def latest(session: Session, employer_id: int) -> Sequence[Import]:
    newest_first = (
        select(Import).where(Import.employer_id == employer_id).order_by(Import.id.desc())
    )
    return session.scalars(newest_first.options(joinedload(Import.user)).limit(LATEST)).all()


def counts(session: Session, import_id: int) -> Mapping[Outcome, int]:
    rows = (
        select(ImportRow.outcome, func.count())
        .where(ImportRow.import_id == import_id)
        .group_by(ImportRow.outcome)
    )
    return dict(session.execute(rows).all())


def first_rows(session: Session, import_id: int, count: int = SAMPLES) -> Sequence[ImportRow]:
    rows = select(ImportRow).where(ImportRow.import_id == import_id).order_by(ImportRow.number)
    return session.scalars(rows.limit(count)).all()


def rows_page(
    session: Session, import_id: int, outcome: Outcome | None, page: int
) -> Page[ImportRow]:
    rows = select(ImportRow).where(ImportRow.import_id == import_id).order_by(ImportRow.number)
    if outcome is not None:
        rows = rows.where(ImportRow.outcome == outcome)
    return paginate(session, rows, page, 50)


def next_rows(
    session: Session, import_id: int, outcomes: Collection[Outcome], count: int
) -> Sequence[ImportRow]:
    return session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == import_id, ImportRow.outcome.in_(outcomes))
        .order_by(ImportRow.number)
        .limit(count)
    ).all()


def used_twice(session: Session, rows: Sequence[ImportRow]) -> Mapping[int, int]:
    """Number of a row → of an earlier one with the same external id."""
    earlier = aliased(ImportRow)
    found = (
        select(ImportRow.number, func.min(earlier.number))
        .join(
            earlier,
            (earlier.import_id == ImportRow.import_id)
            & (earlier.external_id == ImportRow.external_id)
            & (earlier.number < ImportRow.number),
        )
        .where(
            ImportRow.import_id == rows[0].import_id,
            ImportRow.number.in_([row.number for row in rows]),
        )
        .group_by(ImportRow.number)
    )
    return dict(session.execute(found).all())


def imported(
    session: Session, source: Import, external_ids: Collection[str]
) -> Mapping[str, ImportedPosting]:
    """What came before from this feed, by external id."""
    rows = session.scalars(
        select(ImportedPosting)
        .where(
            ImportedPosting.employer_id == source.employer_id,
            ImportedPosting.feed == source.feed,
            ImportedPosting.external_id.in_(external_ids),
        )
        .options(joinedload(ImportedPosting.posting))
    )
    return {row.external_id: row for row in rows}


def gone(session: Session, source: Import, count: int) -> Sequence[ImportedPosting]:
    """Postings on the board, or on the way there, that came from this feed and are not in this
    file; by id.
    """
    here = exists().where(
        ImportRow.import_id == source.id, ImportRow.external_id == ImportedPosting.external_id
    )
    return session.scalars(
        select(ImportedPosting)
        .join(ImportedPosting.posting)
        .where(
            ImportedPosting.employer_id == source.employer_id,
            ImportedPosting.feed == source.feed,
            Posting.status.in_(TO_CLOSE),
            ~here,
        )
        .order_by(ImportedPosting.posting_id)
        .limit(count)
    ).all()


def last_number(session: Session, import_id: int) -> int:
    rows = select(func.max(ImportRow.number)).where(ImportRow.import_id == import_id)
    return session.scalar(rows) or 0
