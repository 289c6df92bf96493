"""The letters about what a moderator decided on a change."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.employers.queries import owner_addresses
from careercenter.listings.wording import listing_url
from careercenter.mail import Builder, Letter
from careercenter.revisions import queries


def revision_approved(session: Session, revision_id: str, now: datetime) -> Letter | None:
    return _letter(session, revision_id, "Your change is live", "revision_approved")


def revision_rejected(session: Session, revision_id: str, now: datetime) -> Letter | None:
    return _letter(session, revision_id, "Your change was not approved", "revision_rejected")


LETTERS: dict[str, Builder] = {
    "revision_approved": revision_approved,
    "revision_rejected": revision_rejected,
}


def _letter(session: Session, revision_id: str, subject: str, template: str) -> Letter | None:
    revision = queries.by_id(session, int(revision_id))
    posting = revision.posting
    addresses = ", ".join(owner_addresses(session, posting.employer_id))
    if not addresses:
        return None
    context = {
        "title": posting.title,
        "posting_id": posting.id,
        "listing": listing_url(posting.id, posting.slug),
        "summary": revision.summary,
        "reason": revision.reason,
        "words": revision.words,
    }
    return Letter(addresses, f"{subject}: {posting.title}", template, context)
