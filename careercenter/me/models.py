"""What the candidate's desk shows of an application: its story, in the order it happened."""

from dataclasses import dataclass
from datetime import datetime

from careercenter.applications.models import Application, ApplicationStatus
from careercenter.postings.models import Posting, PostingStatus

ANSWERS = {
    ApplicationStatus.SHORTLISTED: "The employer shortlisted you",
    ApplicationStatus.DECLINED: "The employer chose not to go on",
    ApplicationStatus.HIRED: "The employer marked you as hired",
}
ENDINGS = {
    PostingStatus.FILLED: "The employer filled the job",
    PostingStatus.CLOSED: "The employer closed the job",
    PostingStatus.REMOVED: "The job was taken off the board",
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to an application; the last one that did is ``now``."""

    at: datetime
    text: str


def story(application: Application, now: datetime) -> list[Step]:
    """What happened to the application and to its posting, the oldest first."""
    steps = [Step(application.submitted_at, "You applied")]
    if application.answered_at is not None:
        last = ANSWERS.get(application.status, "The employer answered")
        steps.append(Step(application.answered_at, last))
    if application.withdrawn_at is not None:
        steps.append(Step(application.withdrawn_at, "You withdrew"))
    ended = ending(application.posting, now)
    return sorted([*steps, ended] if ended else steps, key=lambda step: step.at)


def ending(posting: Posting, now: datetime) -> Step | None:
    """How the posting left the board; None while it is there or only paused."""
    if posting.status in ENDINGS and posting.ended_at is not None:
        return Step(posting.ended_at, ENDINGS[posting.status])
    if posting.is_expired(now) and posting.expires_at is not None:
        return Step(posting.expires_at, "The job’s time on the board ended")
    return None
