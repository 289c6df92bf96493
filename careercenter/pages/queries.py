"""Employers as the public sees them, and the database's own state."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from alembic.script import ScriptDirectory
from sqlalchemy import exists, func, inspect, select, text
from sqlalchemy.exc import NoResultFound, SQLAlchemyError
from sqlalchemy.orm import Session

from careercenter.database import MIGRATIONS, Page, paginate
from careercenter.employers.models import Employer
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
    answers: bool
    migrated: bool


def hiring_page(session: Session, number: int, now: datetime) -> Page[Hiring]:
    """Who has live listings, by name. Raises ``NoResultFound`` for a page beyond the end."""
    live = (
        select(Posting.employer_id, func.count().label("live"))
        .where(Posting.live(now))
        .group_by(Posting.employer_id)
        .subquery()
    )
    total = session.scalar(select(func.count()).select_from(live)) or 0
    page: Page[Hiring] = Page([], total, number, EMPLOYERS_A_PAGE)
    if not 1 <= number <= page.count:
        raise NoResultFound
    rows = session.execute(
        select(
            Employer.slug, Employer.name, Employer.kind, Employer.city, Employer.state, live.c.live
        )
        .join(live, live.c.employer_id == Employer.id)
        .order_by(func.lower(Employer.name), Employer.id)
        .limit(page.size)
        .offset((number - 1) * page.size)
    )
    return Page([Hiring(*row) for row in rows], total, number, page.size)


def public_employer(session: Session, slug: str) -> Employer:
    """One that ever had a posting published: before that no moderator has seen its name."""
    seen = exists().where(Posting.employer_id == Employer.id, Posting.published_at.is_not(None))
    return session.scalars(select(Employer).where(Employer.slug == slug, seen)).one()


def live_page(session: Session, employer_id: int, number: int, now: datetime) -> Page[Posting]:
    """An employer's live postings, the newest first."""
    newest_first = (
        select(Posting)
        .where(Posting.employer_id == employer_id, Posting.live(now))
        .order_by(Posting.published_at.desc(), Posting.id.desc())
    )
    return paginate(session, newest_first, number)


def database_state(session: Session) -> DatabaseState:
    """Whether it answers, and has the shape this version needs.

    A database without a record of migrations was made by other means, and is taken as it is.
    """
    try:
        tables = inspect(session.connection())
        if not tables.has_table("alembic_version"):
            return DatabaseState(answers=True, migrated=tables.has_table("posting"))
        found = session.scalars(text("SELECT version_num FROM alembic_version")).all()
        return DatabaseState(answers=True, migrated=set(found) == _heads())
    except SQLAlchemyError:
        return DatabaseState(answers=False, migrated=False)


@cache
def _heads() -> frozenset[str]:
    return frozenset(ScriptDirectory(str(MIGRATIONS)).get_heads())
