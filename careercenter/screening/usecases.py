"""Asking, answering, and forgetting what was answered."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

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


def keep_answers(session: Session, application_id: int, answers: Iterable[Answer]) -> None:
    for answer in answers:
        session.add(
            ScreeningAnswer(
                application_id=application_id,
                number=answer.question.number,
                question=answer.question.text,
                answer=", ".join(answer.given),
                wanted=answer.question.wanted,
                ruled_out=answer.question.rules_out(answer.given),
            )
        )


def forget_answers(session: Session, application_ids: Collection[int]) -> None:
    """The application was withdrawn, or is erased."""
    mine = ScreeningAnswer.application_id.in_(application_ids)
    session.execute(delete(ScreeningAnswer).where(mine))
