"""What an employer does with a draft."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.drafting import queries
from careercenter.drafting.models import MOST_DRAFTS, Draft, Values
from careercenter.employers.models import Employer
from careercenter.errors import Conflict
from careercenter.postings import queries as postings
from careercenter.postings.models import Posting, PostingDetails, PostingStatus
from careercenter.postings.usecases import draft_posting, revise_posting

TOO_MANY = f"You have {MOST_DRAFTS} unfinished drafts. Discard one first."
UNEDITABLE = "A posting can be changed while it is a draft, or after it was turned down."


def begin_draft(
    session: Session, employer_id: int, typed: Values, found: Values, now: datetime
) -> Draft:
    """Raises ``Conflict`` where too many lie about."""
    if queries.count(session, employer_id) >= MOST_DRAFTS:
        raise Conflict(TOO_MANY)
    draft = Draft(employer_id=employer_id, typed=typed, found=found, created_at=now, changed_at=now)
    session.add(draft)
    session.flush()  # the caller leads to it
    return draft


def reopen_posting(session: Session, posting: Posting, typed: Values, now: datetime) -> Draft:
    """The draft of a posting that may be edited, as it was left; filled anew with ``typed`` if
    the posting changed since.
    """
    if not posting.editable:
        raise Conflict(UNEDITABLE)
    draft = queries.into(session, posting.employer_id, posting.id)
    if draft is None:
        draft = begin_draft(session, posting.employer_id, typed, {}, now)
        draft.posting_id = posting.id
    elif draft.posting_version != posting.version:
        draft.typed, draft.found, draft.changed_at = typed, {}, now
    draft.posting_version = posting.version
    session.flush()
    return draft


def finish_draft(
    session: Session, draft: Draft, employer: Employer, details: PostingDetails, now: datetime
) -> Posting:
    """Make it a posting, or write it into its own. ``draft`` is locked.

    Raises ``Conflict`` if the posting was changed or submitted since the draft began.
    """
    if draft.posting_id is None:
        posting = draft_posting(session, employer, details, now)
    else:
        seen = draft.posting_version or 0
        posting = postings.locked(session, draft.employer_id, draft.posting_id, seen)
        revise_posting(posting, details)
    session.delete(draft)
    return posting


def remind_writers(session: Session, _: str, now: datetime) -> None:
    """A daily task: one reminder of a draft, never a second."""
    found = queries.to_remind(session, now)
    # Not by the rows: that would be another version, and a tab that is still open could not save.
    session.execute(update(Draft).where(Draft.id.in_(found)).values(reminded_at=now))
    for draft_id in found:
        outbox.send_email(session, "draft_reminder", draft_id, now)


def discard_draft(session: Session, draft: Draft) -> None:
    """``draft`` is locked. The posting that it would have been written into stays as it is."""
    session.delete(draft)


def imagine_posting(employer: Employer, details: PostingDetails, now: datetime) -> Posting:
    """The posting as visitors would see it. It is in no session, and never will be."""
    posting = Posting(employer=employer, created_at=now, status=PostingStatus.DRAFT)
    posting.revise(details)
    return posting
