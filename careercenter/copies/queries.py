"""Finding copies: those that share a band are compared, and nothing else is read."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from careercenter.copies.models import ALIKE, SAME, Copy, CopyBand, CopySignature
from careercenter.copies.signatures import bands, likeness, signature, unpacked
from careercenter.postings.models import Posting, PostingPlace, PostingStatus
from careercenter.postings.queries import WITHOUT_LISTS

MOST_COMPARED = 500
MOST_SHOWN = 10
SIGNED = (PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED, PostingStatus.PAUSED)


def copies_of(session: Session, posting: Posting) -> Sequence[Copy]:
    """The most alike first, whoever's they are and whatever became of them."""
    alike = _alike(session, posting)
    best = sorted(alike, key=lambda posting_id: (-alike[posting_id], posting_id))[:MOST_SHOWN]
    wanted = select(Posting).where(Posting.id.in_(best)).options(*WITHOUT_LISTS)
    found = {row.id: row for row in session.scalars(wanted)} if best else {}
    return [Copy(found[posting_id], alike[posting_id]) for posting_id in best]


def live_repost(session: Session, posting: Posting, now: datetime) -> Posting | None:
    """The employer's own live posting with the same text and role as this one, at any of its
    places.
    """
    same = [posting_id for posting_id, share in _alike(session, posting).items() if share >= SAME]
    if not same:
        return None
    own = (
        select(Posting)
        .where(
            Posting.id.in_(same),
            Posting.upcoming(now),
            Posting.employer_id == posting.employer_id,
            Posting.role == posting.role,
            Posting.employment == posting.employment,
            _shares_town(posting),
        )
        .order_by(Posting.id)
    )
    return session.scalars(own.options(*WITHOUT_LISTS).limit(1)).first()


def _shares_town(posting: Posting) -> ColumnElement[bool]:
    """Work without a place is all in one town, which has no name."""
    towns = {(posting.city, posting.state), *((row.city, row.state) for row in posting.place_rows)}
    further = exists().where(PostingPlace.posting_id == Posting.id, _in(PostingPlace, towns))
    return or_(_in(Posting, towns), further)


def _in(
    rows: type[Posting] | type[PostingPlace], towns: Collection[tuple[str, str]]
) -> ColumnElement[bool]:
    return or_(*(and_(rows.city == city, rows.state == state) for city, state in towns))


def unsigned(session: Session, limit: int) -> Sequence[Posting]:
    """Postings that were sent in before their signatures were kept."""
    known = select(CopySignature.posting_id).where(CopySignature.posting_id == Posting.id)
    wanted = select(Posting).where(Posting.status.in_(SIGNED), ~known.exists())
    return session.scalars(wanted.options(*WITHOUT_LISTS).order_by(Posting.id).limit(limit)).all()


def _alike(session: Session, posting: Posting) -> dict[int, float]:
    """Posting id → the likeness of its most alike version."""
    signed = signature(posting.description)
    sharing = (
        select(CopyBand.posting_id, CopyBand.version)
        .where(CopyBand.hash.in_(bands(signed)), CopyBand.posting_id != posting.id)
        .distinct()
        .limit(MOST_COMPARED)
        .subquery()
    )
    rows = session.execute(
        select(CopySignature.posting_id, CopySignature.numbers).join(
            sharing,
            (sharing.c.posting_id == CopySignature.posting_id)
            & (sharing.c.version == CopySignature.version),
        )
    )
    found: dict[int, float] = {}
    for posting_id, numbers in rows:
        share = likeness(signed, unpacked(numbers))
        if share >= ALIKE:
            found[posting_id] = max(share, found.get(posting_id, 0))
    return found
