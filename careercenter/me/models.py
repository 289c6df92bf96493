"""What the candidate's desk shows: the story of an application, and what the candidate holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from careercenter.applications.models import Application, ApplicationStatus
from careercenter.candidates.models import Qualifications
from careercenter.postings.models import Posting, PostingStatus
from careercenter.taxonomy.terms import Term
from careercenter.taxonomy.vocabularies import CODING_TYPES, SPECIALTIES, STATES

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


def facts_of(told: Qualifications) -> list[tuple[str, str]]:
    """Years and place: what it is, and how much of it. Credentials stand elsewhere."""
    topics: Mapping[str, Term] = {**CODING_TYPES, **SPECIALTIES}
    state = STATES.get(told.state)
    return [
        ("Years of coding", "Not told" if told.years is None else _years(told.years)),
        *((topics[slug].name, _years(number)) for slug, number in told.years_in.items()),
        ("Where I live", state.name if state else "Not told"),
    ]


def _years(number: int) -> str:
    return f"{number} year{'' if number == 1 else 's'}"
