"""The change feed: the postings themselves, in the order in which they changed.

A consumer keeps a cursor and reads what comes after it, as it is now: what is live is to be
written, everything else to be taken away. Reading twice, late or from an old cursor does no harm.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, tuple_
from sqlalchemy.orm import Session

from careercenter.employers.models import Employer
from careercenter.listings.documents import SHARED, Facts, document_of
from careercenter.listings.index import ListingDocument
from careercenter.outbox import SearchClock
from careercenter.postings.models import (
    Posting,
    PostingCredential,
    PostingStatus,
    PostingTerm,
    TermKind,
)

BATCH = 1000
LAST_ID = 2**31 - 1

# Rows instead of objects: at 20,000 listings that is the difference between a start of three
# seconds and one of ten.
_COLUMNS = (
    Posting.id,
    Posting.search_seq,
    *(getattr(Posting, name) for name in SHARED),
    Employer.slug,
    Employer.name,
)
_KINDS = (TermKind.CODING_TYPE, TermKind.SPECIALTY, TermKind.STATE)


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The last row that was read. One change may move more postings than a batch holds: a pair."""

    seq: int = 0
    id: int = 0

    @classmethod
    def after(cls, seq: int) -> "Cursor":
        """Past everything of ``seq``: right where ``seq`` was read before the rows were."""
        return cls(seq, LAST_ID)


@dataclass(frozen=True, slots=True)
class Batch:
    """The next changes; ``more`` may follow."""

    upserts: tuple[ListingDocument, ...]
    removals: tuple[int, ...]
    cursor: Cursor
    more: bool


def clock_seq(session: Session) -> int:
    """The number of the latest change."""
    return session.scalar(select(SearchClock.seq)) or 0


def changes(session: Session, cursor: Cursor, now: datetime, limit: int = BATCH) -> Batch:
    """At most ``limit`` postings that changed after the cursor."""
    place = tuple_(Posting.search_seq, Posting.id)
    rows = session.execute(
        select(Posting.search_seq, Posting.id, Posting.status, Posting.expires_at)
        .where(place > (cursor.seq, cursor.id))
        .order_by(Posting.search_seq, Posting.id)
        .limit(limit)
    ).all()
    live = {row.id for row in rows if _is_live(row.status, row.expires_at, now)}
    return Batch(
        upserts=tuple(documents(session, live)) if live else (),
        removals=tuple(row.id for row in rows if row.id not in live),
        cursor=Cursor(rows[-1].search_seq, rows[-1].id) if rows else cursor,
        more=len(rows) == limit,
    )


def live_documents(
    session: Session, now: datetime, chunk: int = BATCH
) -> Iterator[ListingDocument]:
    """Every live posting, by id; no more than a chunk of rows is held at a time."""
    ids = session.scalars(_live_ids(now, 0)).all()
    for start in range(0, len(ids), chunk):
        yield from documents(session, ids[start : start + chunk])


def documents(session: Session, ids: Collection[int]) -> Iterator[ListingDocument]:
    """The documents of published postings, by id."""
    listings = select(*_COLUMNS).join(Posting.employer).where(Posting.id.in_(ids))
    rows = session.execute(listings.order_by(Posting.id)).all()
    terms = _terms(session, ids)
    accepted = _credentials(session, ids, PostingCredential.required.is_(True))
    preferred = _credentials(session, ids, PostingCredential.required.is_(False))
    for row in rows:
        lists = (tuple(terms[row[0], kind]) for kind in _KINDS)
        yield document_of(
            Facts._make((*row, *lists, tuple(accepted[row[0]]), tuple(preferred[row[0]])))
        )


def live_versions(
    session: Session, now: datetime, after_id: int, limit: int
) -> list[tuple[int, int]]:
    """(id, version) of live postings after an id, by id: what an index should hold."""
    wanted = _live_ids(now, after_id).add_columns(Posting.search_seq).limit(limit)
    return [(posting_id, version) for posting_id, version in session.execute(wanted)]


def _is_live(status: PostingStatus, expires_at: datetime | None, now: datetime) -> bool:
    """``Posting.live`` of a row that was read."""
    return status is PostingStatus.PUBLISHED and expires_at is not None and expires_at > now


def _live_ids(now: datetime, after_id: int) -> Select[int]:
    return select(Posting.id).where(Posting.live(now), Posting.id > after_id).order_by(Posting.id)


def _terms(session: Session, ids: Collection[int]) -> defaultdict[tuple[int, TermKind], list[str]]:
    """The lists by posting and kind, by slug. One row a list: states alone would be 200,000."""
    found: defaultdict[tuple[int, TermKind], list[str]] = defaultdict(list)
    rows = session.execute(
        select(
            PostingTerm.posting_id,
            PostingTerm.kind,
            func.aggregate_strings(PostingTerm.slug, ","),
        )
        .where(PostingTerm.posting_id.in_(ids))
        .group_by(PostingTerm.posting_id, PostingTerm.kind)
    ).all()
    for posting_id, kind, slugs in rows:
        found[posting_id, kind] = sorted(slugs.split(","))
    return found


def _credentials(
    session: Session, ids: Collection[int], which: ColumnElement[bool]
) -> defaultdict[int, dict[str, None]]:
    """The credentials by posting, each once, in the order in which they were written."""
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    rows = session.execute(
        select(PostingCredential.posting_id, PostingCredential.credential)
        .where(PostingCredential.posting_id.in_(ids), which)
        .order_by(PostingCredential.posting_id, PostingCredential.group, PostingCredential.position)
    )
    for posting_id, credential in rows:
        found[posting_id][credential] = None
    return found
