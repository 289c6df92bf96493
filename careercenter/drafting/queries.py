"""Finding drafts, scoped to who asks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from careercenter.drafting.models import MOST_DRAFTS, REMIND_AFTER, TOO_OLD, Draft
from careercenter.errors import Conflict
from careercenter.postings.models import Posting
from careercenter.postings.queries import WITHOUT_LISTS

MOST_EARLIER = 100  # postings to start from
MOST_REMINDED = 500  # in one go


def owned_by(session: Session, employer_id: int, draft_id: int) -> Draft:
    """Raises ``NoResultFound`` for what is missing or another employer's."""
    return session.scalars(_owned(employer_id).where(Draft.id == draft_id)).one()


def locked(session: Session, employer_id: int, draft_id: int, version: int) -> Draft:
    """Raises ``Conflict`` if it is not what was seen."""
    draft = session.scalars(
        _owned(employer_id)
        .where(Draft.id == draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if draft.version != version:
        raise Conflict
    return draft


def unfinished(session: Session, employer_id: int) -> Sequence[Draft]:
    """The one worked on last first."""
    newest_first = _owned(employer_id).order_by(Draft.changed_at.desc(), Draft.id.desc())
    return session.scalars(newest_first.limit(MOST_DRAFTS)).all()


def count(session: Session, employer_id: int) -> int:
    return session.scalar(select(func.count()).where(Draft.employer_id == employer_id)) or 0


def into(session: Session, employer_id: int, posting_id: int) -> Draft | None:
    """The draft that will be written into this posting."""
    mine = _owned(employer_id).where(Draft.posting_id == posting_id)
    return session.scalars(mine).one_or_none()


def to_remind(session: Session, now: datetime) -> Sequence[int]:
    """Ids of those that have lain for three days and of which nobody was ever reminded; locked."""
    return session.scalars(
        select(Draft.id)
        .where(
            Draft.reminded_at.is_(None),
            Draft.changed_at <= now - REMIND_AFTER,
            Draft.changed_at > now - TOO_OLD,
        )
        .order_by(Draft.id)
        .limit(MOST_REMINDED)
        .with_for_update(skip_locked=True)
    ).all()


def by_id(session: Session, draft_id: int) -> Draft | None:
    """Anybody's: for the letter about it. None once it became a posting or was discarded."""
    return session.get(Draft, draft_id)


def earlier_postings(session: Session, employer_id: int) -> Sequence[Posting]:
    """What a new one may start from: any, expired and closed ones too; the newest first."""
    return session.scalars(
        select(Posting)
        .where(Posting.employer_id == employer_id)
        .options(*WITHOUT_LISTS)
        .order_by(Posting.created_at.desc(), Posting.id.desc())
        .limit(MOST_EARLIER)
    ).all()


def _owned(employer_id: int) -> Select[Draft]:
    return select(Draft).where(Draft.employer_id == employer_id)
