"""Cards and briefs of listings, by id.

A card takes longer to make than to check: it is kept, and used again while its posting and its
employer are what they were when it was made. What is live is asked of the database every time.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, defer

from careercenter.employers.models import Employer
from careercenter.listings.fit import Asked, asked_by
from careercenter.listings.models import Brief, Card
from careercenter.listings.wording import card_of
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.queries import with_lists

MOST = 2000  # cards that a process keeps, each of about two kilobytes

Stamp = tuple[object, ...]


class Kept(NamedTuple):
    card: Card
    asked: Asked


# They are asked for by id alone: SQLite would walk the index of all that is live instead.
_AMONG = Posting.id.in_(bindparam("ids", expanding=True))
_STAMPS = (
    select(
        Posting.id,
        Posting.status,
        Posting.expires_at,
        Posting.version,
        Posting.search_seq,
        Posting.created_at,
        Employer.version,
        Employer.created_at,
    )
    .join(Posting.employer)
    .where(_AMONG)
)
_POSTINGS = (
    select(Posting).where(_AMONG).options(defer(Posting.description, raiseload=True), *with_lists())
)


def live_cards(session: Session, ids: Collection[int], now: datetime) -> dict[int, Kept]:
    """Those that are live, by id."""
    if not ids:
        return {}
    stamps: dict[int, Stamp] = {
        posting_id: tuple(stamp)
        for posting_id, status, expires_at, *stamp in session.execute(_STAMPS, {"ids": [*ids]})
        if status is PostingStatus.PUBLISHED and expires_at is not None and expires_at > now
    }
    found = {posting_id: _shelf.get(posting_id, stamp) for posting_id, stamp in stamps.items()}
    missing = [posting_id for posting_id, kept in found.items() if kept is None]
    if missing:
        for posting in session.scalars(_POSTINGS, {"ids": missing}):
            found[posting.id] = kept = Kept(_card(posting), asked_by(posting))
            _shelf.put(posting.id, stamps[posting.id], kept)
    return {posting_id: kept for posting_id, kept in found.items() if kept is not None}


def live_briefs(session: Session, ids: Sequence[int], now: datetime) -> list[Brief]:
    """The same in one line each, in the order of the ids."""
    found = live_cards(session, ids, now)
    cards = (found[posting_id].card for posting_id in ids if posting_id in found)
    return [Brief(c.url, c.title, c.employer, c.place, c.pay_hourly) for c in cards]


def _card(posting: Posting) -> Card:
    return replace(card_of(posting), hide_url=f"/jobs/hidden/{posting.id}")


class _Shelf:
    """The cards that were made last. Threads share it."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Stamp, Kept]] = {}
        self._lock = Lock()

    def get(self, posting_id: int, stamp: Stamp) -> Kept | None:
        kept = self._kept.get(posting_id)
        return kept[1] if kept and kept[0] == stamp else None

    def put(self, posting_id: int, stamp: Stamp, kept: Kept) -> None:
        with self._lock:
            if len(self._kept) >= MOST:
                del self._kept[next(iter(self._kept))]
            self._kept[posting_id] = stamp, kept


_shelf = _Shelf()
