"""The hourly look at who is silent, and the letters."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.tokens import RowTokens
from careercenter.config import Settings
from careercenter.employers.queries import owner_addresses
from careercenter.heartbeat import queries, usecases
from careercenter.heartbeat.models import LINK_AGE, LINK_PURPOSE, Heartbeat
from careercenter.mail import Builder, Letter
from careercenter.tasks import Handler


def ask_who_still_hires(session: Session, _: str, now: datetime) -> None:
    usecases.lapse(session, now)
    usecases.forget_unsent(session, now)
    usecases.ask(session, now)


HANDLERS: dict[str, Handler] = {"ask_who_still_hires": ask_who_still_hires}


def letters(settings: Settings) -> dict[str, Builder]:
    tokens = RowTokens(settings, LINK_PURPOSE, LINK_AGE)

    def still_hiring(session: Session, heartbeat_id: str, now: datetime) -> Letter | None:
        heartbeat = queries.by_id(session, int(heartbeat_id))
        if heartbeat.answered_at or not heartbeat.posting.is_live(now):
            return None
        subject = f"Are you still hiring? {heartbeat.posting.title}"
        return _letter(session, heartbeat, subject, "still_hiring", tokens)

    def paused_unanswered(session: Session, heartbeat_id: str, now: datetime) -> Letter | None:
        heartbeat = queries.by_id(session, int(heartbeat_id))
        if heartbeat.answered_at:
            return None
        subject = f"Paused: {heartbeat.posting.title}"
        return _letter(session, heartbeat, subject, "paused_unanswered", tokens)

    return {"still_hiring": still_hiring, "paused_unanswered": paused_unanswered}


def _letter(
    session: Session, heartbeat: Heartbeat, subject: str, template: str, tokens: RowTokens
) -> Letter | None:
    posting = heartbeat.posting
    addresses = ", ".join(owner_addresses(session, posting.employer_id))
    if not addresses:
        return None
    context = {
        "title": posting.title,
        "posting_id": posting.id,
        "published_at": posting.published_at,
        "token": tokens.make(heartbeat.id),
    }
    return Letter(addresses, subject, template, context)
