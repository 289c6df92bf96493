"""A letter a week to every employer with something on the board, or something that waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.applications.models import Application, ApplicationStatus
from careercenter.applications.queries import count_new
from careercenter.employers.models import Employer
from careercenter.employers.queries import owner_addresses
from careercenter.hire.desk_list import UNFINISHED
from careercenter.insights.models import Reach
from careercenter.insights.reach_queries import NOTHING, reach_of
from careercenter.mail import Letter
from careercenter.postings.models import Posting
from careercenter.postings.queries import WITHOUT_LISTS

LETTER, TASK = "weekly_desk", "promise_weekly_letters"
MONDAY = 0
DAY, WEEK = timedelta(days=1), timedelta(days=7)
MOST = 50  # postings that are named


@dataclass(frozen=True, slots=True)
class Line:
    posting: Posting
    reach: Reach
    to_answer: int
    ends_soon: bool


def promise_weekly_letters(session: Session, zone: ZoneInfo, now: datetime) -> None:
    """On Mondays of the board's zone; each employer gets one a week, however often this runs."""
    today = now.astimezone(zone)
    if today.weekday() != MONDAY:
        return
    year, week, _ = today.isocalendar()
    for employer_id in session.scalars(_with_news(now)):
        outbox.send_email(session, LETTER, employer_id, now, f"weekly:{employer_id}:{year}-{week}")


def weekly_desk(session: Session, employer_id: str, zone: ZoneInfo, now: datetime) -> Letter | None:
    """What waits, and how far each live posting reached in seven days. None: there is nothing."""
    employer = session.get(Employer, int(employer_id))
    owners = owner_addresses(session, int(employer_id))
    if employer is None or not employer.weekly_letter or not owners:
        return None
    lines, unfinished = _lines(session, employer, zone, now), _unfinished(session, employer)
    if not lines and not unfinished:
        return None
    context = {"employer": employer.name, "lines": lines, "unfinished": unfinished}
    total = sum((line.reach for line in lines), NOTHING)
    waiting = sum(line.to_answer for line in lines)
    subject = f"Your week: {waiting} to answer" if waiting else "Your week on the board"
    return Letter(
        ", ".join(owners), subject, LETTER, {**context, "total": total, "waiting": waiting}
    )


def _lines(session: Session, employer: Employer, zone: ZoneInfo, now: datetime) -> list[Line]:
    fresh = count_new(session, employer.id)
    shown = or_(Posting.live(now), Posting.id.in_(fresh))
    postings = session.scalars(
        select(Posting)
        .where(Posting.employer_id == employer.id, shown)
        .options(*WITHOUT_LISTS)
        .order_by(Posting.expires_at, Posting.id)
        .limit(MOST)
    ).all()
    today = now.astimezone(zone).date()  # not over yet: it counts in the next letter
    ids = [posting.id for posting in postings]
    reach = reach_of(session, ids, today - WEEK, today - DAY)
    return [
        Line(
            posting,
            reach[posting.id],
            fresh.get(posting.id, 0),
            posting.is_live(now) and posting.may_renew(now),
        )
        for posting in postings
    ]


def _unfinished(session: Session, employer: Employer) -> Sequence[Posting]:
    return session.scalars(
        select(Posting)
        .where(Posting.employer_id == employer.id, Posting.status.in_(UNFINISHED))
        .options(*WITHOUT_LISTS)
        .order_by(Posting.id)
        .limit(MOST)
    ).all()


def _with_news(now: datetime) -> Select[int]:
    live = exists().where(Posting.employer_id == Employer.id, Posting.live(now))
    waits = exists().where(
        Posting.employer_id == Employer.id,
        Application.posting_id == Posting.id,
        Application.status == ApplicationStatus.SUBMITTED,
    )
    written = select(Employer.id).where(Employer.weekly_letter, or_(live, waits))
    return written.order_by(Employer.id)
