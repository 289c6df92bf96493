"""The letters about what moderators decided."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.employers.queries import owner_addresses
from careercenter.listings.wording import listing_url
from careercenter.mail import Builder, Letter
from careercenter.moderation import queries


def posting_approved(session: Session, decision_id: str, now: datetime) -> Letter | None:
    return _to_employer(session, decision_id, "Your posting is live")


def posting_rejected(session: Session, decision_id: str, now: datetime) -> Letter | None:
    return _to_employer(session, decision_id, "Your posting was not approved")


def posting_removed(session: Session, decision_id: str, now: datetime) -> Letter | None:
    return _to_employer(session, decision_id, "Your posting was removed")


def posting_folded(session: Session, decision_id: str, now: datetime) -> Letter | None:
    return _to_employer(session, decision_id, "Your posting points to another now")


def posting_unfolded(session: Session, decision_id: str, now: datetime) -> Letter | None:
    return _to_employer(session, decision_id, "Your posting stands for itself again")


LETTERS: dict[str, Builder] = {
    "posting_approved": posting_approved,
    "posting_rejected": posting_rejected,
    "posting_removed": posting_removed,
    "posting_folded": posting_folded,
    "posting_unfolded": posting_unfolded,
}


def _to_employer(session: Session, decision_id: str, subject: str) -> Letter | None:
    decision = queries.decision(session, int(decision_id))
    posting = decision.posting
    addresses = ", ".join(owner_addresses(session, posting.employer_id))
    if not addresses:
        return None
    context = {  # words only: the rows are out of reach once the letter is composed
        "title": posting.title,
        "posting_id": posting.id,
        "listing": listing_url(posting.id, posting.slug),
        "expires_at": posting.expires_at,
        "reason": decision.reason_text,
        "words": decision.words,
    }
    template = f"posting_{decision.verdict.value}"
    return Letter(addresses, f"{subject}: {posting.title}", template, context)
