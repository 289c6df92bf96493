"""Writes what the demo employers bought."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from careercenter.billing.models import Checkout, CheckoutLine, Payment
from careercenter.credits.models import EntryReason, LedgerEntry
from careercenter.demo.board import Board, Planned
from careercenter.demo.money import (
    checkout_row,
    credits_of,
    decided_at,
    entry_row,
    line_row,
    payment_row,
    period_row,
)
from careercenter.demo.rows import Row, insert_rows
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import PostingStatus


def load_money(
    session: Session,
    board: Board,
    seed: int,
    employers: Sequence[int],
    owners: Sequence[int],
    postings: Sequence[int],
    price: int,
) -> None:
    """Checkouts and credits for all that was submitted. The lists of ids follow the board's."""
    rng = Random(f"money:{seed}")  # noqa: S311 -- invented data
    pairs = list(zip(postings, board.postings, strict=True))
    bought: list[tuple[int, Planned]] = [pair for pair in pairs if pair[1].submitted_at]
    checkouts: dict[int, Row] = {}
    for posting_id, planned in bought:
        if not planned.credit and planned.submitted_at:
            ids = (employers[planned.employer], posting_id, owners[planned.employer])
            checkouts[posting_id] = checkout_row(rng, planned.submitted_at, ids, price)
    numbers = _load_checkouts(session, checkouts)
    spent = {p: f"spend:posting:{p}:1" for p, planned in bought if planned.credit}
    refs = spent | {posting: f"checkout:{number}:1" for posting, number in numbers.items()}
    rows = [period_row(planned, posting_id, refs[posting_id]) for posting_id, planned in bought]
    periods = insert_rows(session, ListingPeriod, rows)
    gifts = list(_gifts(board, employers))
    came = dict(
        zip(
            (row["employer_id"] for row in gifts),
            insert_rows(session, LedgerEntry, gifts),
            strict=True,
        )
    )
    moved = _movements(bought, periods, employers, spent, came)
    insert_rows(session, LedgerEntry, sorted(moved, key=lambda row: row["created_at"]))


def _load_checkouts(session: Session, checkouts: dict[int, Row]) -> dict[int, int]:
    """The ids by posting."""
    rows = list(checkouts.values())
    ids = insert_rows(session, Checkout, rows)
    pairs = list(zip(ids, rows, strict=True))
    session.execute(insert(CheckoutLine), [line_row(*pair) for pair in pairs])
    session.execute(insert(Payment), [payment_row(*pair) for pair in pairs])
    return dict(zip(checkouts, ids, strict=True))


def _gifts(board: Board, employers: Sequence[int]) -> Iterator[Row]:
    earliest = min(planned.created_at for planned in board.postings) - timedelta(days=1)
    for number, credits in credits_of(board.postings).items():
        employer = employers[number]
        if credits.gifts:
            ref = f"gift:{employer}:{earliest:%Y%m%dT%H%M%S}:welcome"
            yield entry_row(employer, credits.gifts, EntryReason.GIFT, ref, earliest, None)


def _movements(
    bought: Sequence[tuple[int, Planned]],
    periods: Sequence[int],
    employers: Sequence[int],
    spent: dict[int, str],
    came: dict[int, int],
) -> Iterator[Row]:
    """Credits spent of those that ``came``, and given back for what was rejected."""
    for (posting, planned), period in zip(bought, periods, strict=True):
        employer, at = employers[planned.employer], planned.submitted_at
        if planned.credit and at:
            row = entry_row(employer, -1, EntryReason.SPENT, spent[posting], at, posting)
            yield row | {"taken_from_id": came[employer]}
        rejected_at = decided_at(planned)
        if planned.status is PostingStatus.REJECTED and rejected_at:
            ref = f"rejected:period:{period}"
            yield entry_row(employer, 1, EntryReason.REJECTED, ref, rejected_at, posting)
