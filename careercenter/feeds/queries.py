"""What the sitemap lists: only what is live."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, load_only, raiseload

from careercenter.employers.models import Employer
from careercenter.postings.models import Posting

T = TypeVar("T")

A_FILE = 45_000  # addresses


@dataclass(frozen=True, slots=True)
class Extent:
    """How much there is to list, and when the newest of it came."""

    listings: int
    employers: int
    newest_at: datetime | None


def extent(session: Session, now: datetime) -> Extent:
    counted = select(
        func.count(), func.count(Posting.employer_id.distinct()), func.max(Posting.published_at)
    ).where(Posting.live(now))
    return Extent(*session.execute(counted).one())


def listing_addresses(session: Session, number: int, now: datetime) -> Sequence[Posting]:
    """The ``number``th file of live postings: id, title and date only."""
    bare = select(Posting).options(
        load_only(Posting.title, Posting.published_at, raiseload=True), raiseload("*")
    )
    rows = session.scalars(
        bare.where(Posting.live(now))
        .order_by(Posting.id)
        .limit(A_FILE)
        .offset((number - 1) * A_FILE)
    ).all()
    return _some(rows, number)


def employer_addresses(
    session: Session, number: int, now: datetime
) -> Sequence[tuple[str, datetime]]:
    """The ``number``th file of employers with live postings: slug, date of their newest."""
    rows = session.execute(
        select(Employer.slug, func.max(Posting.published_at))
        .join(Posting, Posting.employer_id == Employer.id)
        .where(Posting.live(now))
        .group_by(Employer.slug)
        .order_by(Employer.slug)
        .limit(A_FILE)
        .offset((number - 1) * A_FILE)
    ).all()
    return _some([(slug, newest_at) for slug, newest_at in rows if newest_at], number)


def _some(rows: Sequence[T], number: int) -> Sequence[T]:
    """Raises ``NoResultFound`` beyond the last file."""
    if not rows and number > 1:
        raise NoResultFound
    return rows
