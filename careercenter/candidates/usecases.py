"""What a candidate brings, and the résumés they keep.

The bytes of a résumé are stored between two transactions, see ``views.receive``.
"""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.usecases import count_attempts
from careercenter.candidates import queries
from careercenter.candidates.models import (
    MOST_RESUMES,
    Candidate,
    CandidateCredential,
    CandidateYears,
    Qualifications,
    Resume,
    StoredFile,
)
from careercenter.database import insert_once
from careercenter.errors import Invalid

UPLOADS_AN_HOUR = 20
HOUR = timedelta(hours=1)
FULL = f"You can keep up to {MOST_RESUMES} resumes. Delete one first."


def take_part(session: Session, user_id: int) -> Candidate:
    """The person as a candidate, from the first time on; locked."""
    insert_once(session, Candidate, {"user_id": user_id})
    return queries.locked(session, user_id)


def expect_file(session: Session, user_id: int, now: datetime, listed: bool = True) -> str:
    """The key to store a file under. What is not kept within an hour is deleted again.

    Raises ``Invalid`` when ten are ``listed`` already, ``TooMany`` after twenty in an hour.
    """
    if listed and not queries.has_room(session, user_id):
        raise Invalid(FULL, "file")
    count_attempts(session, [(f"upload:{user_id}", UPLOADS_AN_HOUR)], HOUR, now)
    key = secrets.token_hex(24)
    discard(session, key, now + HOUR)
    return key


def keep_resume(session: Session, candidate: Candidate, file: StoredFile, now: datetime) -> Resume:
    """The row for a stored file. ``candidate`` is locked. Raises ``Invalid`` beyond ten."""
    if not queries.has_room(session, candidate.user_id):
        raise Invalid(FULL, "file")
    resume = _resume(candidate, file, now)
    session.add(resume)
    session.flush()  # an application names it
    return resume


def keep_unlisted(
    session: Session, candidate: Candidate, file: StoredFile, now: datetime
) -> Resume:
    """A file for one application, never on the candidate's list; it goes with the application."""
    resume = _resume(candidate, file, now)
    resume.remove(now)
    session.add(resume)
    return resume


def _resume(candidate: Candidate, file: StoredFile, now: datetime) -> Resume:
    return Resume(
        public_id=secrets.token_hex(16),
        candidate_id=candidate.id,
        file_name=file.file_name,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        storage_key=file.key,
        active=file.active,
        created_at=now,
    )


def remove_resume(session: Session, resume: Resume, now: datetime) -> None:
    resume.remove(now)
    discard(session, resume.storage_key, now)


def discard(session: Session, key: str, at: datetime) -> None:
    """Promise to delete these bytes, unless somebody may still read them when the time comes."""
    outbox.later(session, "discard_file", key, at)


def qualify(session: Session, candidate: Candidate, told: Qualifications, today: date) -> None:
    """Write what the person says they bring, in place of what they said before.

    ``candidate`` is locked. What has expired stays until it is told again: then it was renewed.
    """
    candidate.years, candidate.home_state = told.years, told.state or None
    in_force = CandidateCredential.in_force(today)
    told_again = CandidateCredential.credential.in_(told.credentials)
    for gone in (told_again & ~in_force, ~told_again & in_force):
        own = CandidateCredential.candidate_id == candidate.id
        session.execute(delete(CandidateCredential).where(own, gone))
    session.execute(delete(CandidateYears).where(CandidateYears.candidate_id == candidate.id))
    for slug in told.credentials:
        row = {"candidate_id": candidate.id, "credential": slug}
        insert_once(session, CandidateCredential, row)
    for topic, years in told.years_in.items():
        session.add(CandidateYears(candidate_id=candidate.id, topic=topic, years=years))


def keep_expiries(session: Session, candidate: Candidate, days: Mapping[str, date | None]) -> None:
    """Note until when each credential is valid; None where that is not said. It is locked."""
    for held in queries.credentials_of(session, candidate.user_id):
        if held.credential in days:
            held.expires_on = days[held.credential]
