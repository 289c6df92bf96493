"""Writes the demo board into an empty database: rows that the real use cases would have left."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from slugify import slugify
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from careercenter import outbox
from careercenter.accounts import passwords
from careercenter.accounts.models import Role, User
from careercenter.billing.placing import Purchase
from careercenter.billing.usecases import start_checkout
from careercenter.config import Settings, SettingsError
from careercenter.database import Base
from careercenter.demo.bills import load_money
from careercenter.demo.board import Board, plan_board
from careercenter.demo.candidacies import load_candidates
from careercenter.demo.living import load_living
from careercenter.demo.money import credits_of, decided_at
from careercenter.demo.people import (
    EMPLOYER,
    FINANCE,
    FOUNDED,
    MODERATOR,
    NO_PASSWORD,
    PASSWORD,
    Person,
    candidates,
    full_names,
    user_row,
)
from careercenter.demo.reach import load_reach
from careercenter.demo.rows import Row, insert_rows, posting_row
from careercenter.demo.trust import keep_files, load_trust
from careercenter.employers.models import Clients, Employer, Member, MemberRole
from careercenter.errors import Conflict
from careercenter.moderation.models import Decision, Reason, Verdict
from careercenter.plans.queries import posting_plan
from careercenter.plans.usecases import add_first_plans
from careercenter.postings.models import (
    Posting,
    PostingCredential,
    PostingDetails,
    PostingParticulars,
    PostingPlace,
    PostingStatus,
    PostingTerm,
    PostingYears,
)
from careercenter.postings.particulars import particular_columns
from careercenter.postings.rows import (
    credential_columns,
    place_columns,
    term_columns,
    years_columns,
)
from careercenter.storage import Storage

AT_ONCE = 2000  # postings whose lists are held as rows
REFUSALS = {
    Reason.PAY_UNCLEAR: "Say whether the upper end of the range is for experienced coders only.",
    Reason.MISLEADING: "The title says remote, but the text asks for three days in the office.",
    Reason.DUPLICATE: "The same opening was sent in last week. Please keep one of the two.",
    Reason.NOT_A_JOB: "This reads like a call for a talent pool. Describe one current opening.",
}


def is_empty(session: Session) -> bool:
    """Whether nobody uses this board yet."""
    return session.scalar(select(User.id).limit(1)) is None


def load_demo(
    session: Session,
    storage: Storage,
    settings: Settings,
    listings: int,
    seed: int,
    now: datetime,
) -> Board:
    """The whole demo board. Raises ``SettingsError`` in production, ``Conflict`` on a used board.

    The files are kept before the first row is written, so that no row is held while a store waits.
    """
    if settings.production:
        raise SettingsError("The demo board has known passwords: never with ENV=production.")
    if not is_empty(session):
        raise Conflict("The board isn't empty. The demo board is written to an empty one.")
    session.rollback()
    board = plan_board(listings, seed, now, ZoneInfo(settings.board_zone))
    people = candidates(seed, tuple(board.employers))
    keys = _keep_files(storage, people, seed)
    files = keep_files(storage, board.employers, seed)
    moderator, owners, password_hash = _load_staff_and_owners(session, board, seed, now)
    employers = _load_employers(session, board, owners, now)
    load_trust(session, board.employers, employers, files, moderator, seed, now)
    postings = _load_postings(session, board, employers)
    add_first_plans(session, now - FOUNDED)
    plan = posting_plan(session)
    price = plan.price_cents if plan else 0
    load_money(session, board, seed, employers, owners, postings, price)
    _load_decisions(session, board, seed, postings, moderator)
    load_living(session, board, owners[0], postings, now)
    load_candidates(session, board, people, keys, seed, postings, password_hash, now)
    load_reach(session, employers[0], ZoneInfo(settings.board_zone), seed, now)
    _begin_checkout(session, board, owners[0], postings, settings, now)
    outbox.index_posting(session)
    session.execute(
        update(Posting).values(search_seq=select(outbox.SearchClock.seq).scalar_subquery())
    )
    return board


def _keep_files(storage: Storage, people: Sequence[Person], seed: int) -> list[str]:
    rng = Random(f"files:{seed}")  # noqa: S311 -- invented data
    keys = [f"{rng.getrandbits(192):048x}" for _ in people]
    for key, person in zip(keys, people, strict=True):
        storage.save(key, person.resume)
    return keys


def _load_staff_and_owners(
    session: Session, board: Board, seed: int, now: datetime
) -> tuple[int, list[int], str]:
    """The moderator's id, an owner's id for each employer, and the hash of the demo password."""
    rng = Random(f"owners:{seed}")  # noqa: S311 -- invented data
    password_hash = passwords.hash_password(PASSWORD)
    names = full_names(rng)
    owners = [
        user_row(f"owner{number}@example.net", next(names), NO_PASSWORD, Role.EMPLOYER, now)
        for number in range(len(board.employers))
    ]
    owners[0] |= {"email": EMPLOYER, "password_hash": password_hash}
    moderator, finance = (
        user_row(email, next(names), password_hash, role, now)
        for email, role in ((MODERATOR, Role.MODERATOR), (FINANCE, Role.FINANCE))
    )
    moderator_id, *owner_ids, _ = insert_rows(session, User, [moderator, *owners, finance])
    return moderator_id, owner_ids, password_hash


def _load_employers(
    session: Session, board: Board, owners: Sequence[int], now: datetime
) -> list[int]:
    credits = credits_of(board.postings)
    rows: list[Row] = [
        {
            "slug": slugify(employer.name, max_length=80, word_boundary=True),
            "name": employer.name,
            "kind": employer.kind,
            "about": employer.about,
            "city": employer.home.city,
            "state": employer.home.state,
            "direct": employer.direct,
            "clients": None if employer.direct else Clients(("named", "undisclosed")[number % 2]),
            "delivery": employer.delivery,
            "credit_balance": credits[number].balance if number in credits else 0,
            "created_at": now - FOUNDED,
        }
        for number, employer in enumerate(board.employers)
    ]
    ids = insert_rows(session, Employer, rows)
    members = [
        {"employer_id": employer, "user_id": owner, "role": MemberRole.OWNER, "version": 1}
        for employer, owner in zip(ids, owners, strict=True)
    ]
    insert_rows(session, Member, members)
    return ids


def _load_postings(session: Session, board: Board, employers: Sequence[int]) -> list[int]:
    rows = [posting_row(planned, employers[planned.employer]) for planned in board.postings]
    ids = insert_rows(session, Posting, rows)
    pairs = list(zip(ids, (planned.opening.details for planned in board.postings), strict=True))
    for start in range(0, len(pairs), AT_ONCE):
        _load_lists(session, pairs[start : start + AT_ONCE])
    return ids


def _load_lists(session: Session, postings: Sequence[tuple[int, PostingDetails]]) -> None:
    of: dict[type[Base], Callable[[PostingDetails], Iterable[Row]]] = {
        PostingTerm: term_columns,
        PostingCredential: credential_columns,
        PostingYears: years_columns,
        PostingPlace: place_columns,
        PostingParticulars: lambda details: [particular_columns(details)],
    }
    for table, rows_of in of.items():
        rows = [
            {"posting_id": posting_id} | row
            for posting_id, details in postings
            for row in rows_of(details)
        ]
        if rows:
            session.execute(insert(table), rows)


def _load_decisions(
    session: Session, board: Board, seed: int, postings: Sequence[int], moderator: int
) -> None:
    rng = Random(f"decisions:{seed}")  # noqa: S311 -- invented data
    rows: list[Row] = []
    for posting_id, planned in zip(postings, board.postings, strict=True):
        made: Row = {"posting_id": posting_id, "moderator_id": moderator, "posting_version": 1}
        at = decided_at(planned)
        if planned.published_at is not None:
            rows.append(made | _verdict(Verdict.APPROVED, at))
        if planned.status is PostingStatus.REJECTED:
            rows.append(made | _verdict(Verdict.REJECTED, at, rng.choice(list(REFUSALS))))
        if planned.status is PostingStatus.REMOVED:
            rows.append(made | _verdict(Verdict.REMOVED, planned.ended_at, Reason.NOT_A_JOB))
    insert_rows(session, Decision, rows)


def _verdict(verdict: Verdict, at: datetime | None, reason: Reason | None = None) -> Row:
    words = REFUSALS[reason] if reason else ""
    return {"verdict": verdict, "reason": reason, "words": words, "created_at": at}


def _begin_checkout(
    session: Session,
    board: Board,
    owner: int,
    postings: Sequence[int],
    settings: Settings,
    now: datetime,
) -> None:
    """The demo employer began to pay for their last draft, where payment is set up."""
    if not settings.stripe_secret_key:
        return
    mine = (n for n, p in enumerate(board.postings) if p.employer == 0 and not p.submitted_at)
    posting = session.get_one(Posting, postings[max(mine)])
    member = session.scalars(select(Member).where(Member.user_id == owner)).one()
    plan = posting_plan(session)
    if plan is not None:
        start_checkout(session, Purchase(plan, posting, plan.kind), member, settings, now)
