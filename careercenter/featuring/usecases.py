"""Featuring a posting: bought, then begun by a task once it is live. The posting is locked."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.featuring import queries
from careercenter.featuring.models import FeaturedPeriod
from careercenter.postings.models import Posting


def add_featured(session: Session, posting: Posting, ref: str, days: int, now: datetime) -> None:
    """More days as a featured posting; a task begins them, behind those that it has."""
    session.add(FeaturedPeriod(posting_id=posting.id, source_ref=ref, days=days, created_at=now))
    session.flush()
    outbox.later(session, "feature_posting", posting.id, now)


def begin_featured(session: Session, posting: Posting, now: datetime) -> None:
    """Begin what waits. What is not live goes on waiting; a second time changes nothing."""
    waiting = queries.waiting_for(session, posting.id)
    if not waiting or not posting.is_live(now):
        return
    for period in waiting:
        period.starts_at = max(now, posting.featured_until or now)
        posting.featured_until = period.ends_at = period.starts_at + timedelta(days=period.days)
    outbox.index_posting(session, posting)
