"""Finding postings, scoped to who asks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    bindparam,
    cast,
    exists,
    func,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, lazyload, with_expression
from sqlalchemy.sql.base import ExecutableOption

from careercenter.database import Base, Page, paginate
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.postings.lists import PARTED
from careercenter.postings.models import (
    Posting,
    PostingCredential,
    PostingPlace,
    PostingStatus,
    PostingTerm,
    PostingYears,
)

# For those who need no lists: they are read when they are asked for after all.
WITHOUT_LISTS = (
    lazyload(Posting.term_rows),
    lazyload(Posting.credential_rows),
    lazyload(Posting.years_rows),
    lazyload(Posting.place_rows),
)


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


def owned_page(session: Session, employer_id: int, page: int, size: int = 20) -> Page[Posting]:
    """An employer's postings, the newest first, without their lists."""
    newest_first = _owned(employer_id).order_by(Posting.created_at.desc(), Posting.id.desc())
    return paginate(session, newest_first.options(*WITHOUT_LISTS), page, size)


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


def public(session: Session, posting_id: int, now: datetime) -> Posting:
    """A posting that visitors may have seen. Whether it is live still is for the caller to ask."""
    return session.scalars(_PUBLIC, {"posting_id": posting_id, "now": now}).one()


def public_employer(session: Session, slug: str) -> Employer:
    """One that ever had a posting published: before that no moderator has seen its name.

    One that kept its name back each time is as unknown as one that published nothing.
    """
    shown = (Posting.first_published_at.is_not(None), ~Posting.confidential)
    seen = exists().where(Posting.employer_id == Employer.id, *shown)
    return session.scalars(select(Employer).where(Employer.slug == slug, seen)).one()


def locked_current(session: Session, employer_id: int) -> Sequence[Posting]:
    """An employer's postings that are on the board, or a step away from it; by id, locked."""
    current = (PostingStatus.IN_REVIEW, PostingStatus.PUBLISHED, PostingStatus.PAUSED)
    return session.scalars(
        _owned(employer_id)
        .where(Posting.status.in_(current))
        .options(*WITHOUT_LISTS)
        .order_by(Posting.id)
        .with_for_update(of=Posting)
        .execution_options(populate_existing=True)
    ).all()


def with_lists() -> tuple[ExecutableOption, ...]:
    """Options that read a posting's lists in its own row: a page of postings is one statement."""
    return _WITH_LISTS


def newest_live(session: Session, limit: int, now: datetime) -> Sequence[Posting]:
    return session.scalars(
        select(Posting)
        .where(Posting.live(now))
        .order_by(Posting.published_at.desc(), Posting.id.desc())
        .limit(limit)
    ).all()


def _text_of(row: type[Base], *parts: InstrumentedAttribute[Any]) -> ScalarSelect[str]:
    """The entries of one list of a posting; see ``lists``."""
    entry = _as_text(parts[0])
    for part in parts[1:]:
        entry = entry + " " + _as_text(part)
    joined = func.coalesce(func.aggregate_strings(entry, ","), "")
    owner = row.__table__.c.posting_id == Posting.id
    return select(joined).where(owner).correlate(Posting).scalar_subquery()


def _parted(*texts: ColumnElement[str]) -> ColumnElement[str]:
    whole = texts[0]
    for text in texts[1:]:
        whole = whole + PARTED + text
    return whole


def _as_text(part: InstrumentedAttribute[Any]) -> ColumnElement[str]:
    return func.coalesce(cast(part, String), "")


# A posting's lists, as a column of a statement about postings.
LISTS_TEXT = _parted(
    _text_of(PostingTerm, PostingTerm.kind, PostingTerm.position, PostingTerm.slug),
    _text_of(
        PostingCredential,
        PostingCredential.group,
        PostingCredential.position,
        PostingCredential.credential,
        PostingCredential.within_months,
    ),
    _text_of(PostingYears, PostingYears.topic, PostingYears.years),
    _text_of(
        PostingPlace,
        PostingPlace.position,
        PostingPlace.latitude,
        PostingPlace.longitude,
        PostingPlace.state,
        PostingPlace.zip,
        PostingPlace.city,
    ),
)
_WITH_LISTS = (with_expression(Posting.lists_text, LISTS_TEXT), *WITHOUT_LISTS)
_PUBLIC = (
    select(Posting)
    .where(Posting.id == bindparam("posting_id"), Posting.first_published_at <= bindparam("now"))
    .options(*_WITH_LISTS, joinedload(Posting.particulars))
)


def _owned(employer_id: int) -> Select[Posting]:
    return select(Posting).where(Posting.employer_id == employer_id)


def _lock(session: Session, query: Select[Posting], version: int | None) -> Posting:
    posting = session.scalars(
        query.with_for_update(of=Posting).execution_options(populate_existing=True)
    ).one()
    if version is not None:
        check_version(posting, version)
    return posting


def check_version(posting: Posting, version: int) -> None:
    """Raises ``Conflict`` if the row that is locked is not what was seen."""
    if posting.version != version:
        raise Conflict
