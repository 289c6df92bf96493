"""The desk's list of postings: narrowed, searched, sorted, with how far each reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from careercenter.database import Page, paginate
from careercenter.insights.models import Reach
from careercenter.insights.reach_queries import reach_of
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.queries import WITHOUT_LISTS

S = PostingStatus
UNFINISHED = (S.DRAFT, S.CHECKOUT, S.REJECTED)
A_PAGE = 50
LONGEST = 100  # characters of what is looked for
STATES: Mapping[str, str] = MappingProxyType(
    {
        "": "All",
        "live": "Live",
        "paused": "Paused",
        "review": "In review",
        "drafts": "Drafts",
        "ended": "Ended",
    }
)
SORTS: Mapping[str, str] = MappingProxyType(
    {"": "newest first", "title": "by title", "ends": "ending soonest"}
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the list is asked for, ``state`` and ``sort`` by their keys above."""

    state: str = ""
    q: str = ""
    sort: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        return bool(self.state or self.q)


@dataclass(frozen=True, slots=True)
class DeskList:
    page: Page[Posting]
    reach: Mapping[int, Reach]  # by posting id, of the last thirty days
    counts: Mapping[str, int]  # of each state that may be chosen


def desk_list(
    session: Session, employer_id: int, shown: Shown, since: date, now: datetime
) -> DeskList:
    """Three statements, whatever there is. Raises ``NoResultFound`` for a page beyond the end."""
    mine = select(Posting).where(Posting.employer_id == employer_id)
    if shown.state:
        mine = mine.where(_conditions(now)[shown.state])
    if shown.q:
        mine = mine.where(Posting.title.icontains(shown.q, autoescape=True))
    ordered = mine.options(*WITHOUT_LISTS).order_by(*_order(shown.sort))
    page = paginate(session, ordered, shown.page, A_PAGE)
    ids = [posting.id for posting in page.items]
    return DeskList(page, reach_of(session, ids, since), _counts(session, employer_id, now))


def _conditions(now: datetime) -> dict[str, ColumnElement[bool]]:
    on_board = Posting.status.in_((S.PUBLISHED, S.PAUSED))
    expired = on_board & (Posting.status == S.PUBLISHED) & (Posting.expires_at <= now)
    return {
        "live": (Posting.status == S.PUBLISHED) & (Posting.expires_at > now),
        "paused": Posting.status == S.PAUSED,
        "review": Posting.status == S.IN_REVIEW,
        "drafts": Posting.status.in_(UNFINISHED),
        "ended": Posting.status.in_((S.FILLED, S.CLOSED, S.REMOVED)) | expired,
    }


def _counts(session: Session, employer_id: int, now: datetime) -> Mapping[str, int]:
    conditions = _conditions(now)
    sums = (func.sum(case((condition, 1), else_=0)) for condition in conditions.values())
    row = session.execute(
        select(func.count(), *sums).where(Posting.employer_id == employer_id)
    ).one()
    return {state: int(count or 0) for state, count in zip(("", *conditions), row, strict=True)}


def _order(sort: str) -> tuple[ColumnElement[Any], ...]:
    newest = (Posting.created_at.desc(), Posting.id.desc())
    if sort == "title":
        return (func.lower(Posting.title), *newest)
    if sort == "ends":
        return (Posting.expires_at.is_(None), Posting.expires_at.asc(), *newest)
    return newest
