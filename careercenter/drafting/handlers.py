"""The reminder of a draft that lies about."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.drafting import queries
from careercenter.drafting.usecases import remind_writers
from careercenter.employers.queries import owner_addresses
from careercenter.mail import Builder, Letter
from careercenter.tasks import Handler


def draft_reminder(session: Session, draft_id: str, now: datetime) -> Letter | None:
    """None for what was finished or discarded meanwhile."""
    draft = queries.by_id(session, int(draft_id))
    addresses = ", ".join(owner_addresses(session, draft.employer_id)) if draft else ""
    if draft is None or not addresses:
        return None
    context = {"title": draft.title, "draft_id": draft.id}
    return Letter(addresses, f"Not finished: {draft.title}", "draft_reminder", context)


LETTERS: dict[str, Builder] = {"draft_reminder": draft_reminder}
TASKS: dict[str, Handler] = {"remind_writers": remind_writers}
