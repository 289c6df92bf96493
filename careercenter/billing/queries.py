"""Finding what was bought, and finding out whether the money is right.

Whoever locks rows locks them in this order, or two people could wait for each other for ever:
postings (by id), checkout, attempt, days, employer, coupon, and last the search
clock
(``outbox.index_posting``). What is not needed is left out.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from careercenter.accounts.models import User
from careercenter.billing.models import (
    LIVE_ATTEMPT,
    Checkout,
    CheckoutLine,
    FulfilmentState,
    PaymentAttempt,
    PaymentState,
)
from careercenter.billing.placing import Purchase
from careercenter.coupons.queries import has_used_any
from careercenter.database import Base, Page, paginate
from careercenter.employers.models import Employer, Member
from careercenter.errors import Conflict
from careercenter.periods.queries import renewing
from careercenter.plans.models import PlanKind
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.queries import WITHOUT_LISTS
from careercenter.tasks import Task

T = TypeVar("T")
S = PostingStatus
PAYABLE = frozenset({S.DRAFT, S.CHECKOUT, S.FILLED, S.CLOSED})
SERVED = frozenset({S.IN_REVIEW, S.PUBLISHED, S.PAUSED})
BOUGHT = frozenset({PaymentState.PROCESSING, PaymentState.INVOICED, PaymentState.PAID})
WITH_POSTING = joinedload(Checkout.posting).options(*WITHOUT_LISTS)


def of_employer(session: Session, employer_id: int, public_id: str) -> Checkout:
    """Raises ``NoResultFound`` for what is missing or another employer's."""
    mine = (Checkout.employer_id == employer_id, Checkout.public_id == public_id)
    shown = (WITH_POSTING, joinedload(Checkout.lines))
    return session.scalars(select(Checkout).where(*mine).options(*shown)).unique().one()


def by_id(session: Session, checkout_id: int) -> Checkout:
    """Anybody's: for letters and for settling."""
    return session.get_one(Checkout, checkout_id)


def attempt_by_id(session: Session, attempt_id: int) -> PaymentAttempt:
    return session.get_one(PaymentAttempt, attempt_id)


def locked_attempt(session: Session, attempt_id: int) -> PaymentAttempt:
    """An attempt, to note the session that was made for it."""
    query = select(PaymentAttempt).where(PaymentAttempt.id == attempt_id)
    return session.scalars(_lock(query)).one()


def page_of_employer(session: Session, employer_id: int, page: int) -> Page[Checkout]:
    """What the employer bought or began to buy, the newest first."""
    newest_first = (
        select(Checkout)
        .where(Checkout.employer_id == employer_id)
        .options(WITH_POSTING)
        .order_by(Checkout.created_at.desc(), Checkout.id.desc())
    )
    return paginate(session, newest_first, page)


def posting_to_pay(
    session: Session, employer_id: int, posting_id: int, version: int | None
) -> Posting:
    """The employer's posting, locked. Raises ``Conflict`` if it is not the ``version`` that was
    seen; None: any.

    A second click comes with the version from before the first; what matters then is the checkout
    that the first one began, and that is found whatever the version.
    """
    mine = (Posting.employer_id == employer_id, Posting.id == posting_id)
    bare = select(Posting).where(*mine).options(*WITHOUT_LISTS)
    posting = session.scalars(_lock(bare, of=Posting)).one()
    changed = version is not None and posting.version != version
    if changed and posting.status is not S.CHECKOUT:
        raise Conflict
    return posting


def locked(session: Session, checkout_id: int) -> Checkout:
    """A checkout to settle, locked after its posting."""
    of_it = select(Posting).join(Checkout).where(Checkout.id == checkout_id).options(*WITHOUT_LISTS)
    session.scalars(_lock(of_it, Posting)).one_or_none()
    return session.scalars(_lock(select(Checkout).where(Checkout.id == checkout_id))).one()


def id_of_reference(session: Session, public_id: str) -> int | None:
    return session.scalar(select(Checkout.id).where(Checkout.public_id == public_id))


def is_held(session: Session, public_id: str) -> bool:
    """Whether it is paid, and a person must say what becomes of it."""
    held = Checkout.fulfilment_state == FulfilmentState.HELD
    this = select(Checkout.id).where(Checkout.public_id == public_id, held)
    return session.scalar(this) is not None


def newest_like(session: Session, employer_id: int, purchase: Purchase) -> Checkout | None:
    """The last checkout that was begun for the same thing, locked. The posting is locked."""
    return session.scalars(_lock(_newest_like(employer_id, purchase))).first()


def newest_begun(session: Session, employer_id: int, purchase: Purchase) -> Checkout | None:
    """The same, only read. The employer is locked."""
    return session.scalars(_newest_like(employer_id, purchase)).first()


def bought(session: Session, employer_id: int, purchase: Purchase) -> Checkout | None:
    """The checkout that paid for this, or is about to."""
    checkout = session.scalars(_newest_like(employer_id, purchase)).first()
    return checkout if checkout and pays_for(checkout, purchase) else None


def has_bought(session: Session, employer_id: int) -> bool:
    """Whether the employer ever paid for anything, or is about to, or had it by a coupon."""
    paid = (Checkout.employer_id == employer_id, Checkout.payment_state.in_(BOUGHT))
    bought = session.scalar(select(Checkout.id).where(*paid).limit(1)) is not None
    return bought or has_used_any(session, employer_id)


def payable(session: Session, posting: Posting, now: datetime) -> bool:
    """Whether there is something to buy for it, to put it on the board or keep it there."""
    return posting.status in PAYABLE or renewing(session, posting, now)


def pays_for(checkout: Checkout, purchase: Purchase) -> bool:
    """Whether it paid for the posting as it stands, or is about to: nobody should pay again."""
    if purchase.posting is None:
        return False  # credits may be bought twice
    given = checkout.fulfilment_state is FulfilmentState.FULFILLED
    if checkout.payment_state is PaymentState.PROCESSING:
        return True
    if checkout.payment_state is PaymentState.INVOICED and not given:
        return True
    held = checkout.fulfilment_state is FulfilmentState.HELD
    publishes = purchase.kind is PlanKind.POSTING
    return held or (given and publishes and purchase.posting.status in SERVED)


def attempt_under_way(session: Session, posting_id: int) -> PaymentAttempt | None:
    """The one payment page that is open, or being opened, for days of this posting."""
    return session.scalars(_live_attempts(posting_id)).first()


def page_open(session: Session, employer_id: int, posting_id: int) -> PaymentAttempt | None:
    """The same, if the posting is this employer's."""
    mine = _live_attempts(posting_id).where(Checkout.employer_id == employer_id)
    return session.scalars(mine).first()


def attempt_like(session: Session, employer_id: int, purchase: Purchase) -> PaymentAttempt | None:
    """The payment page that is open, or being opened, for the same thing."""
    checkout = session.scalars(_newest_like(employer_id, purchase)).first()
    return checkout.live_attempt() if checkout else None


def money_undecided(session: Session, posting_id: int) -> bool:
    """Whether money for days of this posting is on its way, or waits for a person's decision."""
    given = Checkout.fulfilment_state == FulfilmentState.FULFILLED
    given = Checkout.fulfilment_state == FulfilmentState.FULFILLED
    undecided = or_(
        Checkout.payment_state == PaymentState.PROCESSING,
        Checkout.fulfilment_state == FulfilmentState.HELD,
        (Checkout.payment_state == PaymentState.INVOICED) & ~given,
    )
    days = Checkout.kind != PlanKind.FEATURE
    of_it = select(Checkout.id).where(Checkout.posting_id == posting_id, days, undecided)
    return session.scalar(of_it.limit(1)) is not None


def attempts_to_settle(
    session: Session, before: datetime, limit: int = 200
) -> Sequence[PaymentAttempt]:
    """Those that nothing was heard of for too long, the oldest first."""
    return session.scalars(
        select(PaymentAttempt)
        .where(PaymentAttempt.state.in_(LIVE_ATTEMPT), PaymentAttempt.created_at < before)
        .order_by(PaymentAttempt.created_at)
        .limit(limit)
    ).all()


def last_done_at(session: Session, kind: str) -> datetime | None:
    """When the last task of this kind that was done had been due: it began no earlier."""
    done = (Task.kind == kind, Task.done_at.is_not(None))
    return session.scalar(select(func.max(Task.run_at)).where(*done))


def employer_by(session: Session, email_or_slug: str) -> Employer:
    """By its slug, or by a member's address. Raises ``NoResultFound``."""
    members = select(Member.employer_id).join(User, User.id == Member.user_id)
    of_address = members.where(User.email == email_or_slug.lower())
    either = or_(Employer.slug == email_or_slug, Employer.id.in_(of_address))
    return session.scalars(_lock(select(Employer).where(either))).one()


def _live_attempts(posting_id: int) -> Select[PaymentAttempt]:
    return (
        select(PaymentAttempt)
        .join(Checkout)
        .where(
            Checkout.posting_id == posting_id,
            Checkout.kind != PlanKind.FEATURE,
            PaymentAttempt.state.in_(LIVE_ATTEMPT),
        )
        .order_by(PaymentAttempt.id.desc())
    )


def _newest_like(employer_id: int, purchase: Purchase) -> Select[Checkout]:
    """Of a posting: of the same kind. Without one: of the same plan."""
    mine = select(Checkout).where(
        Checkout.employer_id == employer_id, Checkout.kind == purchase.kind
    )
    if purchase.posting is not None:
        mine = mine.where(Checkout.posting_id == purchase.posting.id)
    else:
        mine = mine.join(CheckoutLine).where(CheckoutLine.plan == purchase.plan.slug)
    return mine.order_by(Checkout.id.desc()).limit(1)


def _lock(query: Select[T], of: type[Base] | None = None) -> Select[T]:
    return query.with_for_update(of=of).execution_options(populate_existing=True)
