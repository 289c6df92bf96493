"""What a candidate hid."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from careercenter.employers.models import Employer
from careercenter.postings.models import CONFIDENTIAL, Posting, PostingStatus
from careercenter.saved.models import Hidden, HiddenEmployer, HiddenListing

_Repost = aliased(Posting)


def hidden_by(session: Session, user_id: int) -> Hidden:
    """In one statement."""
    listings = select(HiddenListing.posting_id, literal("")).where(HiddenListing.user_id == user_id)
    employers = (
        select(null(), Employer.slug)
        .join(HiddenEmployer, HiddenEmployer.employer_id == Employer.id)
        .where(HiddenEmployer.user_id == user_id)
    )
    rows: Sequence[Any] = session.execute(union_all(listings, employers)).all()
    return Hidden(
        frozenset(posting_id for posting_id, _ in rows if posting_id is not None),
        frozenset(slug for posting_id, slug in rows if posting_id is None),
    )


def hidden_now(session: Session, device: Hidden, user_id: int | None, now: datetime) -> Hidden:
    """What a search leaves out: live listings that are hidden, and their reposts.

    A repost is the same employer's under the same title. One statement at most, and none for a
    stranger who hid no listing. Python sees what is live: SQLite would walk the index of all.
    """
    if not device.listings and user_id is None:
        return Hidden(employers=device.employers)
    same = and_(_Repost.employer_id == Posting.employer_id, _Repost.title == Posting.title)
    reposts = select(_Repost.id, _Repost.status, _Repost.expires_at, literal("")).join(
        Posting, same
    )
    parts: list[Select[*tuple[Any, ...]]] = []
    if device.listings:
        parts.append(reposts.where(Posting.id.in_(device.listings)))
    if user_id is not None:
        own = HiddenListing.user_id == user_id
        parts.append(reposts.join(HiddenListing, HiddenListing.posting_id == Posting.id).where(own))
        parts.append(
            select(null(), null(), null(), Employer.slug)
            .join(HiddenEmployer, HiddenEmployer.employer_id == Employer.id)
            .where(HiddenEmployer.user_id == user_id)
        )
    rows: Sequence[Any] = session.execute(union_all(*parts)).all() if parts else ()
    live = (row for row in rows if row[1] is PostingStatus.PUBLISHED and row[2] and row[2] > now)
    slugs = frozenset(row[3] for row in rows if row[0] is None)
    return Hidden(frozenset(row[0] for row in live), device.employers | slugs)


def titles(session: Session, ids: Collection[int]) -> Sequence[tuple[int, str, str]]:
    """(id, title, employer's name) of postings that were on the board, the newest first."""
    rows = session.execute(
        select(
            Posting.id,
            Posting.title,
            case((Posting.confidential, CONFIDENTIAL), else_=Employer.name),
        )
        .join(Posting.employer)
        .where(
            Posting.id.in_(ids),
            Posting.published_at.is_not(None),
            Posting.status != PostingStatus.REMOVED,
        )
        .order_by(Posting.id.desc())
    )
    return [(posting_id, title, name) for posting_id, title, name in rows]


def employer_names(session: Session, slugs: Collection[str]) -> Sequence[tuple[str, str]]:
    rows = session.execute(
        select(Employer.slug, Employer.name).where(Employer.slug.in_(slugs)).order_by(Employer.name)
    )
    return [(slug, name) for slug, name in rows]
