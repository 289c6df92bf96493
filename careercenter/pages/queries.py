"""Employers as the public sees them, and the database's own state."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import NoResultFound, SQLAlchemyError
from sqlalchemy.orm import Session

from careercenter.database import REVISION, Page
from careercenter.employers.models import Employer
from careercenter.landings.queries import Board
from careercenter.listings.feed import clock_seq
from careercenter.listings.index import Facet, Query, Sort
from careercenter.listings.models import PER_PAGE, Card
from careercenter.listings.queries import cards_of
from careercenter.postings.models import Posting

EMPLOYERS_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Hiring:
    """An employer with live listings."""

    slug: str
    name: str
    kind: str
    city: str
    state: str
    live: int


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """``seq``: of the last change that an index has to follow."""

    answers: bool
    migrated: bool
    seq: int = 0


def hiring_page(session: Session, number: int, now: datetime) -> Page[Hiring]:
    """Who has live listings, by name. Raises ``NoResultFound`` for a page beyond the end."""
    live = (
        select(Posting.employer_id, func.count().label("live"))
        .where(Posting.live(now), ~Posting.confidential)
        .group_by(Posting.employer_id)
        .subquery()
    )
    rows = session.execute(
        select(
            func.count().over(),
            *(Employer.slug, Employer.name, Employer.kind, Employer.city, Employer.state),
            live.c.live,
        )
        .join(live, live.c.employer_id == Employer.id)
        .order_by(func.lower(Employer.name), Employer.id)
        .limit(EMPLOYERS_A_PAGE)
        .offset((number - 1) * EMPLOYERS_A_PAGE)
    ).all()
    if not rows and number != 1:
        raise NoResultFound
    total = rows[0][0] if rows else 0
    return Page([Hiring(*row[1:]) for row in rows], total, number, EMPLOYERS_A_PAGE)


def live_page(board: Board, slug: str, number: int) -> Page[Card]:
    """An employer's live listings, the newest first: its postings may be thousands."""
    own = {Facet.EMPLOYER: frozenset({slug})}
    query = Query(filters=own, sort=Sort.NEWEST, page=number, per_page=PER_PAGE)
    results, _ = board.answer(query)
    cards = cards_of(board.session, results, board.now, board.visitor.seeing_all)
    page = Page(cards, results.total, number, PER_PAGE)
    if number > page.count:
        raise NoResultFound
    return page


def database_state(session: Session) -> DatabaseState:
    """Whether it answers, and has the shape this version needs.

    A database without a record of migrations was made by other means, and is taken as it is.
    """
    try:
        tables = inspect(session.connection())
        migrated = tables.has_table("posting")
        if tables.has_table("alembic_version"):
            found = session.scalars(text("SELECT version_num FROM alembic_version")).all()
            migrated = list(found) == [REVISION]
        return DatabaseState(True, migrated, clock_seq(session) if migrated else 0)
    except SQLAlchemyError:
        return DatabaseState(answers=False, migrated=False)
