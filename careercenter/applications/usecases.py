"""Applying, answering, withdrawing, and forgetting in time."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts.usecases import count_attempts
from careercenter.applications import queries
from careercenter.applications.models import Application, PostingEnded, Sending
from careercenter.candidates import queries as candidates
from careercenter.candidates.models import Candidate, Resume
from careercenter.candidates.usecases import discard, keep_resume, take_part
from careercenter.screening.usecases import forget_answers, keep_answers

APPLICATIONS_A_DAY = 20
DAY = timedelta(days=1)


def apply(session: Session, user_id: int, posting_id: int, sending: Sending, now: datetime) -> str:
    """The public id of the application; of the one that was sent before, if there is one.

    Raises ``PostingEnded``, ``NoResultFound`` for a résumé the person does not keep, ``Invalid``
    for one too many, ``TooMany`` after twenty applications in a day.
    """
    candidate = take_part(session, user_id)  # locked: two at once are one after the other
    sent = queries.sent_to(session, user_id, posting_id)
    if sent is not None:
        return sent
    if not queries.is_open(session, posting_id, now):
        raise PostingEnded
    count_attempts(session, [(f"apply:{user_id}", APPLICATIONS_A_DAY)], DAY, now)
    application = Application(
        public_id=secrets.token_hex(16),
        posting_id=posting_id,
        candidate=candidate,
        resume=_resume(session, candidate, sending, now),
        note=sending.note,
        submitted_at=now,
    )
    session.add(application)
    session.flush()  # the promises name it
    keep_answers(session, application.id, candidate, sending.answers, now)
    outbox.send_email(session, "new_application", application.id, now)
    outbox.send_email(session, "application_sent", application.id, now)
    return application.public_id


def withdraw_application(session: Session, application: Application, now: datetime) -> None:
    """The record stays, for the candidate. ``application`` is locked, here and below."""
    application.withdraw(now)
    forget_answers(session, [application.id], now)
    discard(session, application.resume.storage_key, now)
    outbox.send_email(session, "application_withdrawn", application.id, now)


def shortlist_application(session: Session, application: Application, now: datetime) -> None:
    application.shortlist(now)
    _tell_candidate(session, application, now)


def decline_application(session: Session, application: Application, now: datetime) -> None:
    application.decline(now)
    _tell_candidate(session, application, now)


def hire_candidate(session: Session, application: Application, now: datetime) -> None:
    application.hire(now)
    _tell_candidate(session, application, now)


def forget_old_applications(session: Session, _: str, now: datetime) -> None:
    """A daily task: what was sent two years ago is erased."""
    for application in queries.due_for_erasure(session, now):
        discard(session, application.resume.storage_key, now)
        forget_answers(session, [application.id], now)
        session.delete(application)


def _resume(session: Session, candidate: Candidate, sending: Sending, now: datetime) -> Resume:
    if isinstance(sending.resume, str):
        return candidates.resume_of(session, candidate.user_id, sending.resume)
    return keep_resume(session, candidate, sending.resume, now)


def _tell_candidate(session: Session, application: Application, now: datetime) -> None:
    """Names the answer by its version, so that one that was changed since is not written about."""
    session.flush()
    about = f"{application.id}@{application.version}"
    outbox.send_email(session, "application_answered", about, now)
