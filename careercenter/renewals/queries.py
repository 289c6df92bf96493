"""Finding postings that are to renew themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.postings.models import Posting
from careercenter.postings.queries import WITHOUT_LISTS


def ending_within(session: Session, span: timedelta, now: datetime) -> Sequence[Posting]:
    """Those that are live, renew themselves, and end so soon; the first to end first."""
    soon = (Posting.auto_renews, Posting.live(now), Posting.expires_at <= now + span)
    ordered = select(Posting).where(*soon).order_by(Posting.expires_at, Posting.id)
    return session.scalars(ordered.options(*WITHOUT_LISTS)).all()
