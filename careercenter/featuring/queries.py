"""Finding what was bought and has not begun."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.featuring.models import FeaturedPeriod
from careercenter.postings.models import Posting


def waiting_for(session: Session, posting_id: int) -> Sequence[FeaturedPeriod]:
    """The oldest first. The posting is locked."""
    waits = (FeaturedPeriod.posting_id == posting_id, FeaturedPeriod.starts_at.is_(None))
    return session.scalars(select(FeaturedPeriod).where(*waits).order_by(FeaturedPeriod.id)).all()


def ready_postings(session: Session, now: datetime) -> Sequence[int]:
    """The ids of live postings for which something waits."""
    ready = (
        select(Posting.id)
        .join(FeaturedPeriod, FeaturedPeriod.posting_id == Posting.id)
        .where(FeaturedPeriod.starts_at.is_(None), Posting.live(now))
        .distinct()
    )
    return session.scalars(ready).all()
