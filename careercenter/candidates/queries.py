"""Finding candidates and the résumés they keep."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from careercenter.candidates.models import (
    MOST_RESUMES,
    Candidate,
    CandidateCredential,
    CandidateYears,
    Qualifications,
    Resume,
)

_NONE = (None, None)


def resumes_of(session: Session, user_id: int) -> Sequence[Resume]:
    """Those the person keeps, the newest first; never more than ten."""
    newest_first = _kept_by(user_id).order_by(Resume.created_at.desc(), Resume.id.desc())
    return session.scalars(newest_first.limit(MOST_RESUMES)).all()


def resume_of(session: Session, user_id: int, public_id: str) -> Resume:
    """Raises ``NoResultFound`` for one that is missing, removed or another person's."""
    return session.scalars(_kept_by(user_id).where(Resume.public_id == public_id)).one()


def locked_resume_of(session: Session, user_id: int, public_id: str) -> Resume:
    """The same, under the candidate's lock: nobody is just sending it."""
    locked(session, user_id)
    return resume_of(session, user_id, public_id)


def has_room(session: Session, user_id: int) -> bool:
    """Whether the person may keep one more."""
    kept = select(func.count()).select_from(_kept_by(user_id).subquery())
    return (session.scalar(kept) or 0) < MOST_RESUMES


def qualifications_of(session: Session, user_id: int, today: date) -> Qualifications:
    """What the person told of themself; nothing of it where they told nothing. One statement."""
    own = Candidate.user_id == user_id
    person = select(literal("person"), Candidate.home_state, Candidate.years).where(own)
    held = (
        select(literal("held"), CandidateCredential.credential, null())
        .join(Candidate, Candidate.id == CandidateCredential.candidate_id)
        .where(own, CandidateCredential.in_force(today))
    )
    in_topics = (
        select(literal("years"), CandidateYears.topic, CandidateYears.years)
        .join(Candidate, Candidate.id == CandidateYears.candidate_id)
        .where(own)
    )
    rows: Sequence[Any] = session.execute(union_all(person, held, in_topics)).all()
    state, years = next(((text, number) for kind, text, number in rows if kind == "person"), _NONE)
    return Qualifications(
        credentials=tuple(sorted(text for kind, text, _ in rows if kind == "held")),
        years=years,
        years_in=dict(sorted((text, number) for kind, text, number in rows if kind == "years")),
        state=state or "",
    )


def credentials_of(session: Session, user_id: int) -> Sequence[CandidateCredential]:
    """All that the person says they hold, those that have expired too."""
    return session.scalars(
        select(CandidateCredential)
        .join(Candidate, Candidate.id == CandidateCredential.candidate_id)
        .where(Candidate.user_id == user_id)
        .order_by(CandidateCredential.credential)
    ).all()


def locked(session: Session, user_id: int) -> Candidate:
    """The row under which what a candidate sends is counted."""
    return session.scalars(
        select(Candidate)
        .where(Candidate.user_id == user_id)
        .with_for_update(of=Candidate)
        .execution_options(populate_existing=True)
    ).one()


def _kept_by(user_id: int) -> Select[Resume]:
    return (
        select(Resume)
        .join(Resume.candidate)
        .where(Candidate.user_id == user_id, Resume.removed_at.is_(None))
    )
