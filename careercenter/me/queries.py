"""What a candidate's desk counts."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careercenter.applications.models import Application, ApplicationStatus
from careercenter.candidates.models import Candidate, Resume


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a candidate stands: how many résumés they keep, and applications by status."""

    resumes: int
    applications: dict[ApplicationStatus, int]

    @property
    def waiting(self) -> int:
        return self.applications.get(ApplicationStatus.SUBMITTED, 0)

    @property
    def shortlisted(self) -> int:
        return self.applications.get(ApplicationStatus.SHORTLISTED, 0)


def standing(session: Session, user_id: int) -> Standing:
    kept = (
        select(func.count(Resume.id))
        .join(Resume.candidate)
        .where(Candidate.user_id == user_id, Resume.removed_at.is_(None))
    )
    by_status = (
        select(Application.status, func.count())
        .join(Application.candidate)
        .where(Candidate.user_id == user_id)
        .group_by(Application.status)
    )
    return Standing(session.scalar(kept) or 0, dict(session.execute(by_status).all()))
