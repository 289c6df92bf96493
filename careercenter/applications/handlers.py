"""Letters about applications, and deleting the bytes that nobody may read any more."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from careercenter.applications import queries
from careercenter.applications.models import Application, ApplicationStatus
from careercenter.applications.usecases import forget_old_applications
from careercenter.employers.queries import owner_addresses
from careercenter.mail import Builder, Letter
from careercenter.postings.models import ApplyBy
from careercenter.storage import Storage
from careercenter.tasks import Handler

ANSWERS = {
    ApplicationStatus.SHORTLISTED: "You are shortlisted",
    ApplicationStatus.DECLINED: "An answer to your application",
    ApplicationStatus.HIRED: "You are marked as hired",
}


def new_application(session: Session, application_id: str, now: datetime) -> Letter | None:
    application = session.get(Application, int(application_id))
    if application is None or not application.readable:
        return None
    return _to_employer(session, application, "New application", "new_application")


def application_withdrawn(session: Session, application_id: str, now: datetime) -> Letter | None:
    application = session.get(Application, int(application_id))
    if application is None:
        return None
    return _to_employer(session, application, "Application withdrawn", "application_withdrawn")


def application_sent(session: Session, application_id: str, now: datetime) -> Letter | None:
    application = session.get(Application, int(application_id))
    if application is None or not application.readable:
        return None
    return _to_candidate(application, "Your application was sent", "application_sent")


def application_answered(session: Session, about: str, now: datetime) -> Letter | None:
    """``about`` is "id@version". An answer that was changed since has a letter of its own."""
    application_id, _, version = about.partition("@")
    application = session.get(Application, int(application_id))
    if application is None or str(application.version) != version:
        return None
    subject = ANSWERS.get(application.status)
    return _to_candidate(application, subject, "application_answered") if subject else None


LETTERS: dict[str, Builder] = {
    "new_application": new_application,
    "application_sent": application_sent,
    "application_answered": application_answered,
    "application_withdrawn": application_withdrawn,
}


def handlers(storage: Storage) -> dict[str, Handler]:
    def discard_file(session: Session, key: str, now: datetime) -> None:
        wanted = queries.is_wanted(session, key)
        session.commit()  # nothing is open while the file store is spoken to
        if not wanted:
            storage.delete(key)

    return {"discard_file": discard_file, "forget_old_applications": forget_old_applications}


def _to_employer(
    session: Session, application: Application, subject: str, template: str
) -> Letter | None:
    posting = application.posting
    mailbox = posting.apply_to if posting.apply_by is ApplyBy.MAIL else None
    addresses = ", ".join(filter(None, (*owner_addresses(session, posting.employer_id), mailbox)))
    if not addresses:
        return None
    context = _context(application) | {"employer": posting.employer.name}
    return Letter(addresses, f"{subject}: {posting.title}", template, context)


def _to_candidate(application: Application, subject: str, template: str) -> Letter:
    user, title = application.candidate.user, application.posting.title
    return Letter(user.email, f"{subject}: {title}", template, _context(application))


def _context(application: Application) -> dict[str, Any]:
    """Words only: the rows are out of reach once the letter is composed."""
    return {
        "name": application.candidate.user.name,
        "title": application.posting.title,
        "employer": application.posting.shown_employer,
        "status": application.status.value,
        "public_id": application.public_id,
    }
