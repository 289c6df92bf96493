"""What an employer's desk shows, and what needs doing first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from careercenter.billing.models import Checkout, PaymentState
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.queries import WITHOUT_LISTS

SOON = timedelta(days=3)


class Need(StrEnum):
    """What may need doing, the most pressing first: people wait, then money lies idle."""

    ANSWER = "answer"  # applications that nobody has looked at
    MEND = "mend"  # rejected; its credit is back
    PAY = "pay"  # a purchase was begun
    FINISH = "finish"  # a draft
    EXTEND = "extend"  # ends soon
    WRITE = "write"  # there is no posting yet
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Todo:
    """``count`` things of one kind; ``posting`` is the one that has waited longest."""

    need: Need
    count: int = 0
    posting: Posting | None = None


def first_todo(
    session: Session, employer_id: int, new_applications: Mapping[int, int], now: datetime
) -> Todo:
    """What the employer should do first. ``new_applications``: posting id → how many."""
    if new_applications:
        most = max(
            new_applications, key=lambda posting_id: (new_applications[posting_id], posting_id)
        )
        return Todo(Need.ANSWER, sum(new_applications.values()), session.get(Posting, most))
    for need, condition in _conditions(now).items():
        mine = (Posting.employer_id == employer_id, condition)
        count = session.scalar(select(func.count()).select_from(Posting).where(*mine)) or 0
        if count:
            oldest = select(Posting).where(*mine).order_by(Posting.created_at, Posting.id).limit(1)
            return Todo(need, count, session.scalars(oldest).one())
    any_posting = select(Posting.id).where(Posting.employer_id == employer_id).limit(1)
    return Todo(Need.NOTHING if session.scalar(any_posting) else Need.WRITE)


def locked_seen(
    session: Session, employer_id: int, versions: Mapping[int, int]
) -> Sequence[Posting]:
    """Those of an employer's that are as they were seen (id → version); by id, locked before
    anything else is.
    """
    mine = (Posting.employer_id == employer_id, Posting.id.in_(versions))
    found = session.scalars(
        select(Posting)
        .where(*mine)
        .options(*WITHOUT_LISTS)
        .order_by(Posting.id)
        .with_for_update(of=Posting)
        .execution_options(populate_existing=True)
    ).all()
    return [posting for posting in found if posting.version == versions[posting.id]]


def periods_of(session: Session, posting_id: int) -> Sequence[ListingPeriod]:
    """What was bought for a posting, in that order."""
    return session.scalars(
        select(ListingPeriod)
        .where(ListingPeriod.posting_id == posting_id)
        .order_by(ListingPeriod.id)
    ).all()


def _conditions(now: datetime) -> dict[Need, ColumnElement[bool]]:
    on_its_way = exists().where(
        Checkout.posting_id == Posting.id, Checkout.payment_state == PaymentState.PROCESSING
    )
    return {
        Need.MEND: Posting.status == PostingStatus.REJECTED,
        Need.PAY: (Posting.status == PostingStatus.CHECKOUT) & ~on_its_way,
        Need.FINISH: Posting.status == PostingStatus.DRAFT,
        Need.EXTEND: Posting.live(now) & (Posting.expires_at < now + SOON),
    }
