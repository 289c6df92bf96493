"""Asking, answering, and forgetting what was answered."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careercenter.candidates.models import Candidate
from careercenter.candidates.usecases import discard, keep_unlisted
from careercenter.screening import queries
from careercenter.screening.models import Answer, Question, ScreeningAnswer, ScreeningQuestion


def write_questions(session: Session, posting_id: int, questions: Iterable[Question]) -> None:
    """In place of those before; who applied already answered those."""
    session.execute(delete(ScreeningQuestion).where(ScreeningQuestion.posting_id == posting_id))
    for question in questions:
        session.add(
            ScreeningQuestion(
                posting_id=posting_id,
                number=question.number,
                text=question.text,
                kind=question.kind,
                required=question.required,
                options=list(question.options),
                accepted=list(question.accepted),
                least=question.least,
                after=question.after,
                after_answer=question.after_answer,
            )
        )
    session.flush()


def keep_answers(
    session: Session,
    application_id: int,
    candidate: Candidate,
    answers: Iterable[Answer],
    now: datetime,
) -> None:
    """``candidate`` is locked."""
    for answer in answers:
        session.add(
            ScreeningAnswer(
                application_id=application_id,
                number=answer.question.number,
                question=answer.question.text,
                answer=", ".join(answer.given),
                wanted=answer.question.wanted,
                ruled_out=answer.question.rules_out(answer.given),
                file=keep_unlisted(session, candidate, answer.file, now) if answer.file else None,
            )
        )


def forget_answers(session: Session, application_ids: Collection[int], now: datetime) -> None:
    """The applications were withdrawn, or are erased; so are the files among the answers."""
    for key in queries.file_keys(session, application_ids):
        discard(session, key, now)
    mine = ScreeningAnswer.application_id.in_(application_ids)
    session.execute(delete(ScreeningAnswer).where(mine))
