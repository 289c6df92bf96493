"""A draft that is held for a payment nobody finished: one letter that leads back to it."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.billing import queries as billing
from careercenter.billing.usecases import UNFINISHED
from careercenter.mail import Builder, Letter
from careercenter.publishing.queries import left_unfinished
from careercenter.tasks import Handler


def remind(session: Session, posting_id: str, now: datetime) -> None:
    """Whoever canceled meant it; whoever paid, by whatever way, is done."""
    checkout = left_unfinished(session, int(posting_id))
    if checkout is not None:
        outbox.send_email(session, UNFINISHED, checkout.id, now)


def _letter(session: Session, checkout_id: str, now: datetime) -> Letter | None:
    checkout = billing.by_id(session, int(checkout_id))
    if checkout.posting_id is None or left_unfinished(session, checkout.posting_id) is not checkout:
        return None
    facts = {
        "name": checkout.placed_by.name,
        "title": checkout.what,
        "posting_id": checkout.posting_id,
        "due_cents": checkout.due_cents,
    }
    subject = f"Your posting waits: {checkout.what}"
    return Letter(checkout.placed_by.email, subject, "unfinished_checkout", facts)


TASKS: dict[str, Handler] = {UNFINISHED: remind}
LETTERS: dict[str, Builder] = {UNFINISHED: _letter}
