"""Finding postings, scoped to who asks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, lazyload

from careercenter.database import Page, paginate
from careercenter.errors import Conflict
from careercenter.postings.models import Posting, PostingStatus


def owned_by(session: Session, employer_id: int, posting_id: int) -> Posting:
    """Raises ``NoResultFound`` for what is missing or another employer's."""
    return session.scalars(_owned(employer_id).where(Posting.id == posting_id)).one()


def any_posting(session: Session, posting_id: int) -> Posting:
    """Anybody's posting: for moderators."""
    return session.scalars(select(Posting).where(Posting.id == posting_id)).one()


def locked(session: Session, employer_id: int, posting_id: int, version: int) -> Posting:
    """The employer's posting, locked. Raises ``Conflict`` if it is not what was seen."""
    owned = _owned(employer_id).where(Posting.id == posting_id)
    return _lock(session, owned, version)


def locked_any(session: Session, posting_id: int, version: int | None = None) -> Posting:
    """Anybody's posting, locked: for moderators and for settling money."""
    return _lock(session, select(Posting).where(Posting.id == posting_id), version)


def owned_page(session: Session, employer_id: int, page: int) -> Page[Posting]:
    """An employer's postings, the newest first."""
    newest_first = _owned(employer_id).order_by(Posting.created_at.desc(), Posting.id.desc())
    return paginate(session, newest_first, page)


def count_by_status(session: Session, employer_id: int) -> dict[PostingStatus, int]:
    rows = session.execute(
        select(Posting.status, func.count())
        .where(Posting.employer_id == employer_id)
        .group_by(Posting.status)
    )
    return dict(rows.all())


def awaiting_review(session: Session, page: int) -> Page[Posting]:
    """What moderators have to look at, the oldest first."""
    oldest_first = (
        select(Posting)
        .where(Posting.status == PostingStatus.IN_REVIEW)
        .order_by(Posting.submitted_at, Posting.id)
    )
    return paginate(session, oldest_first, page)


def public(session: Session, posting_id: int) -> Posting:
    """A posting that visitors may have seen. Whether it is live still is for the caller to ask."""
    return session.scalars(
        select(Posting).where(Posting.id == posting_id, Posting.published_at.is_not(None))
    ).one()


def locked_current(session: Session, employer_id: int) -> Sequence[Posting]:
    """An employer's postings that are on the board, or a step away from it; by id, locked."""
    current = (PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED, PostingStatus.PAUSED)
    return session.scalars(
        _owned(employer_id)
        .where(Posting.status.in_(current))
        .options(lazyload(Posting.term_rows), lazyload(Posting.credential_rows))
        .order_by(Posting.id)
        .with_for_update(of=Posting)
        .execution_options(populate_existing=True)
    ).all()


def newest_live(session: Session, limit: int, now: datetime) -> Sequence[Posting]:
    return session.scalars(
        select(Posting)
        .where(Posting.live(now))
        .order_by(Posting.published_at.desc(), Posting.id.desc())
        .limit(limit)
    ).all()


def _owned(employer_id: int) -> Select[Posting]:
    return select(Posting).where(Posting.employer_id == employer_id)


def _lock(session: Session, query: Select[Posting], version: int | None) -> Posting:
    posting = session.scalars(
        query.with_for_update(of=Posting).execution_options(populate_existing=True)
    ).one()
    if version is not None and posting.version != version:
        raise Conflict
    return posting
