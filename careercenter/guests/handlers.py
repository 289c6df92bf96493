"""The letters to guests."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.accounts.tokens import Tokens
from careercenter.guests import queries
from careercenter.guests.models import KEPT_FOR
from careercenter.guests.usecases import forget_guest_drafts, remind_guests
from careercenter.mail import Builder, Letter

PURPOSE = "guest-draft"
TASKS = {"remind_guests": remind_guests, "forget_guest_drafts": forget_guest_drafts}


def letters(tokens: Tokens) -> dict[str, Builder]:
    def builder(subject: str, template: str) -> Callable[[Session, str, datetime], Letter | None]:
        def build(session: Session, public_id: str, now: datetime) -> Letter | None:
            draft = queries.by_public_id(session, public_id)
            if draft is None or not draft.is_open(now) or not draft.email:
                return None
            context = {
                "title": draft.title,
                "token": tokens.link(PURPOSE, public_id),
                "until": draft.changed_at + KEPT_FOR,
            }
            return Letter(draft.email, f"{subject}: {draft.title}", template, context)

        return build

    return {
        "guest_link": builder("Go on with your posting", "guest_link"),
        "guest_reminder": builder("Your posting is not finished", "guest_reminder"),
    }
