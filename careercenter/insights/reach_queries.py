"""How far an employer's postings reach."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from careercenter.applications.models import Application
from careercenter.insights.models import SOURCE_WORDS, Act, PostingReach, Reach, Source
from careercenter.postings.models import Posting

DAYS = 30  # that the desk adds up

NOTHING = Reach()
Times = dict[tuple[object, str], int]  # by posting, day or source, and act


@dataclass(frozen=True, slots=True)
class PostingNumbers:
    """The days of a posting, the first first, what they add up to, and where people came from."""

    days: tuple[tuple[date, Reach], ...]
    total: Reach
    sources: tuple[tuple[str, Reach], ...]  # in words; the most views first


def reach_of(
    session: Session, posting_ids: Collection[int], since: date, until: date = date.max
) -> Mapping[int, Reach]:
    """Of each posting, both days with them. Applications are counted whenever they came."""
    seen = (
        select(PostingReach.posting_id, PostingReach.act, func.sum(PostingReach.times))
        .where(PostingReach.posting_id.in_(posting_ids), PostingReach.day.between(since, until))
        .group_by(PostingReach.posting_id, PostingReach.act)
    )
    applied = (
        select(Application.posting_id, func.count())
        .where(Application.posting_id.in_(posting_ids))
        .group_by(Application.posting_id)
    )
    times: Times = {(i, act): int(n) for i, act, n in session.execute(seen)}
    applications: dict[int, int] = dict(session.execute(applied).all())
    return {i: _reach(i, times, applications.get(i, 0)) for i in posting_ids}


def numbers_of(
    session: Session, posting: Posting, zone: ZoneInfo, now: datetime, days: int = DAYS
) -> PostingNumbers:
    """The last ``days`` days of the board's zone, today with them."""
    today = now.astimezone(zone).date()
    since = today - timedelta(days=days - 1)
    rows = session.execute(
        select(PostingReach.day, PostingReach.source, PostingReach.act, PostingReach.times).where(
            PostingReach.posting_id == posting.id, PostingReach.day >= since
        )
    ).all()
    applied = [at.astimezone(zone).date() for at in _applied(session, posting.id, since, zone)]
    by_day = _sums((day, act, times) for day, _, act, times in rows)
    by_source = _sums((source, act, times) for _, source, act, times in rows)
    all_days = [since + timedelta(days=n) for n in range(days)]
    found = tuple((day, _reach(day, by_day, applied.count(day))) for day in all_days)
    sources = [(SOURCE_WORDS[s], _reach(s.value, by_source, 0)) for s in Source]
    came = [(words, r) for words, r in sources if r.impressions or r.views]
    came.sort(key=lambda pair: (-pair[1].views, -pair[1].impressions))
    return PostingNumbers(found, sum((reach for _, reach in found), NOTHING), tuple(came))


def _applied(session: Session, posting_id: int, since: date, zone: ZoneInfo) -> Iterable[datetime]:
    began = datetime(since.year, since.month, since.day, tzinfo=zone)
    return session.scalars(
        select(Application.submitted_at).where(
            Application.posting_id == posting_id, Application.submitted_at >= began
        )
    )


def _sums(rows: Iterable[tuple[object, str, int]]) -> Times:
    found: Times = {}
    for key, act, times in rows:
        found[key, act] = found.get((key, act), 0) + times
    return found


def _reach(key: object, times: Times, applications: int) -> Reach:
    return Reach(
        times.get((key, Act.IMPRESSION), 0),
        times.get((key, Act.VIEW), 0),
        times.get((key, Act.APPLY_START), 0),
        applications,
    )
