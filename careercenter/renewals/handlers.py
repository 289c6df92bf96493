"""The hourly look at who renews, and the letters."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.tokens import RowTokens
from careercenter.config import Settings
from careercenter.credits.queries import count_usable
from careercenter.employers.queries import owner_addresses
from careercenter.mail import Builder, Letter
from careercenter.postings import queries as postings
from careercenter.renewals import queries, usecases
from careercenter.renewals.models import LINK_AGE, LINK_PURPOSE, RENEWED_BEFORE, TASK, WARNED_BEFORE
from careercenter.slots.queries import slots_left
from careercenter.tasks import Handler


def renew_postings(session: Session, _: str, now: datetime) -> None:
    """Each by itself: the locks of one are let go before the next."""
    for posting in queries.ending_within(session, WARNED_BEFORE, now):
        usecases.announce(session, posting, now)
    session.commit()
    due = [posting.id for posting in queries.ending_within(session, RENEWED_BEFORE, now)]
    for posting_id in due:
        usecases.renew(session, postings.locked_any(session, posting_id), now)
        session.commit()


HANDLERS: dict[str, Handler] = {TASK: renew_postings}

SUBJECTS = {
    "renewal_announced": "Renews soon",
    "renewal_done": "Renewed",
    "renewal_failed": "Could not be renewed",
}


def letters(settings: Settings) -> dict[str, Builder]:
    tokens = RowTokens(settings, LINK_PURPOSE, LINK_AGE)

    def builder(name: str) -> Builder:
        def build(session: Session, posting_id: str, now: datetime) -> Letter | None:
            posting = postings.any_posting(session, int(posting_id))
            to = ", ".join(owner_addresses(session, posting.employer_id))
            if not to or not posting.auto_renews:
                return None
            facts = {
                "title": posting.title,
                "posting_id": posting.id,
                "expires_at": posting.expires_at,
                "credits": count_usable(session, posting.employer_id, now),
                "slots": slots_left(session, posting.employer_id, now, posting.id),
                "token": tokens.make(posting.id),
            }
            return Letter(to, f"{SUBJECTS[name]}: {posting.title}", name, facts)

        return build

    return {name: builder(name) for name in SUBJECTS}
