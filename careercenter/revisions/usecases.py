"""What becomes of a proposal that nobody decided."""

from datetime import datetime

from sqlalchemy.orm import Session

from careercenter.postings.models import Posting
from careercenter.revisions import queries
from careercenter.revisions.models import RevisionState


def withdraw_revision(session: Session, posting: Posting, now: datetime) -> None:
    """The employer thinks better of what waits, or the posting begins anew. There may be nothing.

    ``posting`` is locked.
    """
    waiting = queries.waiting_for(session, posting.id)
    if waiting is not None:
        waiting.state, waiting.decided_at = RevisionState.WITHDRAWN, now
        session.flush()
