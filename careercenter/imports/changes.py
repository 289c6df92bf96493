"""What a file does to postings that came from an earlier one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from careercenter.amending.usecases import NOTHING, amend_posting
from careercenter.employers import queries as employers
from careercenter.employers.models import Employer
from careercenter.errors import Invalid
from careercenter.imports.models import Import, ImportedPosting, ImportRow, Outcome
from careercenter.imports.rows import digest_of, fields_of
from careercenter.lifecycle.usecases import close_posting, relist_posting, withdraw_posting
from careercenter.postings.models import Posting, PostingDetails, PostingStatus
from careercenter.postings.queries import locked_any
from careercenter.postings.usecases import revise_posting
from careercenter.revisions.data import from_data
from careercenter.revisions.models import RevisionState

S = PostingStatus
GONE = ""  # the digest of a posting that a file took off the board: its row may come back
ON_ITS_WAY = "Its posting is being paid for or with a moderator: edit it at your desk."
ENDED = "Its posting has ended: list it again at your desk."
LOOKED_AT = "On the board as it was, until a moderator has read the change."
AGAIN = "It was gone and is back: a draft again."


def details_of(row: ImportRow) -> PostingDetails:
    """Of a row that was read without a fault."""
    return from_data(row.details or {})


def digest_of_row(source: Import, row: ImportRow) -> str:
    return digest_of(fields_of(row.values, source.mapping), source.defaults)


def lock(session: Session, source: Import, held: Iterable[ImportedPosting]) -> Employer:
    """Their postings, then their employer: the order that holds everywhere."""
    for posting_id in sorted(one.posting_id for one in held):
        locked_any(session, posting_id)
    return employers.locked(session, source.employer_id)


def why_left(held: ImportedPosting, now: datetime) -> str:
    """Why new words cannot be written into its posting; "" where they can."""
    posting = held.posting
    if posting.editable or _on_board(posting, now) or _was_gone(held, posting):
        return ""
    return ON_ITS_WAY if posting.status in (S.CHECKOUT, S.IN_REVIEW) else ENDED


def revise_rows(
    session: Session,
    source: Import,
    rows: Iterable[ImportRow],
    known: Mapping[str, ImportedPosting],
    zone: ZoneInfo,
    now: datetime,
) -> None:
    """``known``: external id → what came before. Their postings are locked."""
    for row, held in [(row, held) for row in rows if (held := known.get(row.external_id))]:
        row.words = why_left(held, now)
        if row.words:
            row.outcome = Outcome.LEFT
            continue
        try:
            with session.begin_nested():
                row.words = _write(session, source, details_of(row), held, zone, now)
            row.outcome, held.digest = Outcome.UPDATED, digest_of_row(source, row)
        except Invalid as error:
            same = str(error) == NOTHING
            row.outcome, row.words = (Outcome.SAME, "") if same else (Outcome.LEFT, str(error))


def take_off(session: Session, held: ImportedPosting, now: datetime) -> None:
    """It is in the file no more. Its posting is locked. A later file may bring it back."""
    posting = held.posting
    if posting.status is S.IN_REVIEW:
        withdraw_posting(session, posting, now)
    else:
        close_posting(session, posting, now)
    held.digest = GONE


def _write(
    session: Session,
    source: Import,
    details: PostingDetails,
    held: ImportedPosting,
    zone: ZoneInfo,
    now: datetime,
) -> str:
    """What is to be said of it."""
    posting = held.posting
    details = replace(details, custom=posting.custom)  # which no file says anything of
    if _on_board(posting, now):
        revision = amend_posting(session, posting, details, source.user, zone, now)
        return LOOKED_AT if revision.state is RevisionState.WAITING else ""
    back = _was_gone(held, posting)
    if back:
        relist_posting(session, posting, now)
    revise_posting(posting, details)
    return AGAIN if back else ""


def _on_board(posting: Posting, now: datetime) -> bool:
    return posting.status in (S.PUBLISHED, S.PAUSED) and not posting.is_expired(now)


def _was_gone(held: ImportedPosting, posting: Posting) -> bool:
    return held.digest == GONE and posting.status is S.CLOSED
