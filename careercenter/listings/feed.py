"""The change feed: the postings themselves, in the order in which they changed.

A consumer keeps a cursor and reads what comes after it, as it is now: what is live, or will be
at an hour that is set, is to be written, everything else to be taken away. Reading twice, late or
from an old cursor does no harm.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from careercenter.employers.models import Employer
from careercenter.listings.documents import SHARED, Facts, document_of
from careercenter.listings.index import ListingDocument
from careercenter.outbox import SearchClock
from careercenter.postings.lists import read_lists
from careercenter.postings.models import Posting
from careercenter.postings.queries import LISTS_TEXT

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
    Employer.kind,
    Employer.direct,
    Employer.delivery,
    LISTS_TEXT,
)


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
        select(Posting.search_seq, Posting.id, Posting.upcoming(now).label("upcoming"))
        .where(place > (cursor.seq, cursor.id))
        .order_by(Posting.search_seq, Posting.id)
        .limit(limit)
    ).all()
    live = {row.id for row in rows if row.upcoming}
    return Batch(
        upserts=tuple(documents(session, live)) if live else (),
        removals=tuple(row.id for row in rows if row.id not in live),
        cursor=Cursor(rows[-1].search_seq, rows[-1].id) if rows else cursor,
        more=len(rows) == limit,
    )


def live_ids(session: Session, now: datetime) -> Sequence[int]:
    return session.scalars(_live_ids(now, 0)).all()


def live_documents(session: Session, now: datetime) -> Iterator[ListingDocument]:
    """Every posting that is live or will be, by id."""
    yield from documents_of(session, live_ids(session, now))


def documents_of(
    session: Session, ids: Sequence[int], chunk: int = BATCH
) -> Iterator[ListingDocument]:
    """The documents of so many postings; no more than a chunk of rows is held at a time."""
    for start in range(0, len(ids), chunk):
        yield from documents(session, ids[start : start + chunk])


def documents(session: Session, ids: Collection[int]) -> Iterator[ListingDocument]:
    """The documents of published postings, by id."""
    listings = select(*_COLUMNS).join(Posting.employer).where(Posting.id.in_(ids))
    for *facts, lists in session.execute(listings.order_by(Posting.id)):
        yield document_of(Facts._make((*facts, read_lists(lists))))


def live_versions(
    session: Session, now: datetime, after_id: int, limit: int
) -> list[tuple[int, int]]:
    """(id, version) of live postings after an id, by id: what an index should hold."""
    wanted = _live_ids(now, after_id).add_columns(Posting.search_seq).limit(limit)
    return [(posting_id, version) for posting_id, version in session.execute(wanted)]


def _live_ids(now: datetime, after_id: int) -> Select[int]:
    return (
        select(Posting.id).where(Posting.upcoming(now), Posting.id > after_id).order_by(Posting.id)
    )
