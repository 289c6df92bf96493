"""Cards and briefs of listings, by id.

A card takes longer to make than to check: it is kept, and used again while its posting and its
employer are what they were when it was made. What is live is asked of the database every time.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import NamedTuple

from sqlalchemy import bindparam, select, type_coerce
from sqlalchemy.orm import Session, load_only, raiseload
from sqlalchemy.types import NullType

from careercenter.employers.models import Employer
from careercenter.listings.fit import Asked, asked_by, fit_of
from careercenter.listings.index import Hit, Results
from careercenter.listings.models import Brief, Card, Visitor
from careercenter.listings.standings import full_standing_words
from careercenter.listings.wording import EmployerName, card_of
from careercenter.postings.models import Posting
from careercenter.postings.queries import with_lists

ANYBODY = Visitor()
MOST = 8000  # cards that a process keeps, each of about a kilobyte

Stamp = tuple[object, ...]


class Kept(NamedTuple):
    card: Card
    asked: Asked


# They are asked for by id alone: SQLite would walk the index of all that is live instead.
_AMONG = Posting.id.in_(bindparam("ids", expanding=True))
_STAMPS = (
    select(
        Posting.id,
        Posting.live(bindparam("now")),
        Posting.version,
        Posting.search_seq,
        type_coerce(Posting.created_at, NullType).label("posting_made"),
        Employer.version,
        type_coerce(Employer.created_at, NullType).label("employer_made"),
    )
    .join(Posting.employer)
    .where(_AMONG)
)
# What a card says and no more: most of the time would go into columns that it does not show.
_POSTINGS = (
    select(Posting, Employer.name, Employer.slug)
    .join(Posting.employer)
    .where(_AMONG)
    .options(
        load_only(
            Posting.title,
            Posting.role,
            Posting.apprentice,
            Posting.setting,
            Posting.city,
            Posting.state,
            Posting.employment,
            Posting.pay_unit,
            Posting.pay_low_cents,
            Posting.pay_high_cents,
            Posting.pay_pace,
            Posting.pay_floor_cents,
            Posting.years,
            Posting.confidential,
            Posting.evergreen,
            Posting.published_at,
            Posting.confirmed_at,
            raiseload=True,
        ),
        raiseload(Posting.employer),
        *with_lists(),
    )
)


def live_cards(session: Session, ids: Collection[int], now: datetime) -> dict[int, Kept]:
    """Those that are live, by id."""
    if not ids:
        return {}
    rows = session.execute(_STAMPS, {"ids": [*ids], "now": now})
    stamps: dict[int, Stamp] = {row[0]: tuple(row[2:]) for row in rows if row[1]}
    found = {posting_id: _shelf.get(posting_id, stamp) for posting_id, stamp in stamps.items()}
    missing = [posting_id for posting_id, kept in found.items() if kept is None]
    if missing:
        for posting, *names in session.execute(_POSTINGS, {"ids": missing}):
            card = card_of(posting, EmployerName(*names), hide_url=f"/jobs/hidden/{posting.id}")
            found[posting.id] = kept = Kept(card, asked_by(posting))
            _shelf.put(posting.id, stamps[posting.id], kept)
    return {posting_id: kept for posting_id, kept in found.items() if kept is not None}


def live_briefs(session: Session, ids: Sequence[int], now: datetime) -> list[Brief]:
    """The same in one line each, in the order of the ids."""
    found = live_cards(session, ids, now)
    cards = (found[posting_id].card for posting_id in ids if posting_id in found)
    return [Brief(c.url, c.title, c.employer, c.place, c.pay_hourly) for c in cards]


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


def cards_of(
    session: Session, results: Results, now: datetime, visitor: Visitor = ANYBODY
) -> tuple[Card, ...]:
    """The hits that are live still, in the engine's order, as this visitor sees them."""
    return tuple(filter(None, cards_for(session, results.hits, now, visitor)))


def cards_for(
    session: Session, hits: Sequence[Hit], now: datetime, visitor: Visitor
) -> list[Card | None]:
    """One for each hit; None for what is not live any more, or not wanted."""
    found = live_cards(session, list({hit.id for hit in hits} - visitor.hidden), now)
    unwanted = {f"/employers/{slug}" for slug in visitor.hidden_employers}
    return [
        _as_seen(found[hit.id], hit, visitor)
        if hit.id in found and found[hit.id].card.employer_url not in unwanted
        else None
        for hit in hits
    ]


def _as_seen(kept: Kept, hit: Hit, visitor: Visitor) -> Card:
    card = kept.card.at(hit.miles)
    if visitor.told or visitor.last_visit:
        card = replace(card, fit=fit_of(kept.asked, visitor), new=_is_new(card, visitor))
    return replace(card, standing=full_standing_words(hit.standing)) if hit.standing else card


def _is_new(card: Card, visitor: Visitor) -> bool:
    return bool(visitor.last_visit and card.published_at and card.published_at > visitor.last_visit)
