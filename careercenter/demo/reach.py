"""How often the demo employer's listings were seen: thirty days, as a small board has them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.insights.models import Act, Source
from careercenter.insights.usecases import add_reach
from careercenter.postings.models import Posting

DAYS = 30
SHARES: Sequence[tuple[Source, float]] = (
    (Source.SEARCH, 1.0),
    (Source.TOPIC, 0.4),
    (Source.HOME, 0.2),
    (Source.EMPLOYER, 0.1),
    (Source.ENGINE, 0.0),
    (Source.DIRECT, 0.0),
)


def load_reach(
    session: Session, employer_id: int, zone: ZoneInfo, seed: int, now: datetime
) -> None:
    rng = Random(f"reach:{seed}")  # noqa: S311 -- invented data
    today = now.astimezone(zone).date()
    shown = select(Posting.id, Posting.published_at, Posting.ended_at).where(
        Posting.employer_id == employer_id, Posting.published_at.is_not(None)
    )
    counts = {}
    for posting_id, published_at, ended_at in session.execute(shown.order_by(Posting.id)):
        first, last = ((at or now).astimezone(zone).date() for at in (published_at, ended_at))
        for day in (today - timedelta(days=n) for n in range(DAYS)):
            if not first <= day <= last:
                continue
            weight = 0.3 if day.weekday() > 4 else 1.0
            for source, share in SHARES:
                seen = int(rng.uniform(20, 90) * share * weight)
                opened = int(seen * rng.uniform(0.08, 0.2)) if share else rng.randrange(4)
                counts[posting_id, day, source, Act.IMPRESSION] = seen
                counts[posting_id, day, source, Act.VIEW] = opened
            counts[posting_id, day, Source.LISTING, Act.APPLY_START] = rng.randrange(3)
    add_reach(session, {key: times for key, times in counts.items() if times})
