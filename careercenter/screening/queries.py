"""Questions of a posting, answers of an application."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careercenter.candidates.models import Resume
from careercenter.postings.models import Posting
from careercenter.screening.models import Question, ScreeningAnswer, ScreeningQuestion

MOST_SETS = 30  # postings to copy from


def questions_of(session: Session, posting_id: int) -> tuple[Question, ...]:
    rows = select(ScreeningQuestion).where(ScreeningQuestion.posting_id == posting_id)
    found = session.scalars(rows.order_by(ScreeningQuestion.number))
    return tuple(row.question for row in found)


def sets_of(session: Session, employer_id: int, posting_id: int) -> Sequence[tuple[int, str, int]]:
    """The employer's other postings with questions, the newest first: id, title, how many."""
    rows = session.execute(
        select(Posting.id, Posting.title, func.count())
        .join(ScreeningQuestion, ScreeningQuestion.posting_id == Posting.id)
        .where(Posting.employer_id == employer_id, Posting.id != posting_id)
        .group_by(Posting.id, Posting.title)
        .order_by(Posting.id.desc())
        .limit(MOST_SETS)
    )
    return [(number, title, count) for number, title, count in rows]


def answers_of(session: Session, application_id: int) -> Sequence[ScreeningAnswer]:
    rows = select(ScreeningAnswer).where(ScreeningAnswer.application_id == application_id)
    return session.scalars(rows.order_by(ScreeningAnswer.number)).all()


def ruled_out(session: Session, application_ids: Collection[int]) -> frozenset[int]:
    """The applications with an answer that the employer cannot use."""
    found = select(ScreeningAnswer.application_id).where(
        ScreeningAnswer.application_id.in_(application_ids), ScreeningAnswer.ruled_out
    )
    return frozenset(session.scalars(found)) if application_ids else frozenset()


def file_keys(session: Session, application_ids: Collection[int]) -> Sequence[str]:
    """Where the files among the answers are stored."""
    keys = select(Resume.storage_key).join(ScreeningAnswer, ScreeningAnswer.resume_id == Resume.id)
    found = keys.where(ScreeningAnswer.application_id.in_(application_ids))
    return session.scalars(found).all() if application_ids else []
