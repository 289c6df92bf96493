"""What machines read: only what is live, and in rows rather than objects where there are many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Row, case, func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, joinedload

from careercenter.employers.models import Employer
from careercenter.postings.models import Posting, PostingPlace
from careercenter.postings.queries import with_lists

T = TypeVar("T")

A_FILE = 45_000  # addresses
A_PAGE = 200  # listings of the catalogue


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to list, and when the newest of it came."""

    listings: int
    employers: int
    newest_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListingAddress:
    id: int
    title: str
    changed_at: datetime | None  # it came, or came again with other words


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A page of all that is live, by id. ``next_after``: the id to go on from, if there is more."""

    postings: Sequence[Posting]
    next_after: int | None


def extent(session: Session, now: datetime) -> Extent:
    named = case((~Posting.confidential, Posting.employer_id))
    counted = select(
        func.count(), func.count(named.distinct()), func.max(Posting.published_at)
    ).where(Posting.live(now))
    return Extent(*session.execute(counted).one())


def listing_addresses(session: Session, number: int, now: datetime) -> Sequence[ListingAddress]:
    """The ``number``th file of live postings."""
    came, written = Posting.published_at, Posting.submitted_at
    rows = session.execute(
        select(Posting.id, Posting.title, case((written > came, written), else_=came))
        .where(Posting.live(now))
        .order_by(Posting.id)
        .limit(A_FILE)
        .offset((number - 1) * A_FILE)
    ).all()
    return _some([ListingAddress(*row) for row in rows], number)


def employer_addresses(
    session: Session, number: int, now: datetime
) -> Sequence[tuple[str, datetime]]:
    """The ``number``th file of employers with live postings: slug, date of their newest."""
    newest = (
        select(Posting.employer_id, func.max(Posting.published_at).label("at"))
        .where(Posting.live(now), ~Posting.confidential)
        .group_by(Posting.employer_id)
        .subquery()
    )
    rows = session.execute(
        select(Employer.slug, newest.c.at)
        .join(newest, newest.c.employer_id == Employer.id)
        .order_by(Employer.slug)
        .limit(A_FILE)
        .offset((number - 1) * A_FILE)
    ).all()
    return _some([(slug, newest_at) for slug, newest_at in rows if newest_at], number)


def catalogue(session: Session, after: int, now: datetime) -> Catalogue:
    """Live postings whose ids follow ``after``; first the ids alone, which an index holds."""
    following = select(Posting.id).where(Posting.live(now), Posting.id > after)
    ids = session.scalars(following.order_by(Posting.id).limit(A_PAGE + 1)).all()
    wanted = select(Posting).where(Posting.id.in_(ids[:A_PAGE])).order_by(Posting.id)
    whole = wanted.options(*with_lists(), joinedload(Posting.particulars))
    postings = session.scalars(whole).all() if ids else []
    return Catalogue(postings, ids[A_PAGE - 1] if len(ids) > A_PAGE else None)


def all_live(session: Session, now: datetime) -> Iterator[Posting]:
    """Every live posting, by id. One that was given leaves the session: all would not fit."""
    after: int | None = 0
    while after is not None:
        page = catalogue(session, after, now)
        for posting in page.postings:
            yield posting
            session.expunge(posting)
        after = page.next_after


def count_places(session: Session, now: datetime) -> int:
    """Rows of a feed that has one for each place of a posting."""
    live = select(func.count()).select_from(Posting).where(Posting.live(now))
    more = select(func.count()).select_from(PostingPlace).join(Posting).where(Posting.live(now))
    return (session.scalar(live) or 0) + (session.scalar(more) or 0)


def fields_by_id(session: Session, ids: Sequence[int]) -> Mapping[int, Row[*tuple[Any, ...]]]:
    """What feeds say of a listing in fields beside its words."""
    rows = session.execute(
        select(
            Posting.id,
            Posting.hourly_low_cents,
            Posting.hourly_high_cents,
            Posting.setting,
            Posting.city,
            Posting.state,
            Posting.zip,
            Posting.employment,
            Posting.expires_at,
        ).where(Posting.id.in_(ids))
    )
    return {row.id: row for row in rows} if ids else {}


def _some(rows: Sequence[T], number: int) -> Sequence[T]:
    """Raises ``NoResultFound`` beyond the last file."""
    if not rows and number > 1:
        raise NoResultFound
    return rows
