"""Counting searches without knowing who searched."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from careercenter.insights.models import SearchedText
from careercenter.insights.search_log import EVERY, MOST, SearchLog, kept_of
from careercenter.insights.usecases import add_searches, forget_old_searches


@pytest.fixture
def log(session) -> SearchLog:
    return SearchLog(
        lambda: Session(session.connection(), join_transaction_mode="create_savepoint")
    )


def rows(session) -> dict[str, tuple[int, int]]:
    session.expire_all()
    return {row.text: (row.searches, row.empty) for row in session.scalars(select(SearchedText))}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Remote  CPC ", "remote cpc"),
        ("write to ann@example.com coder", "write to coder"),
        ("call +1 (515) 555-0199 now", "call now"),
        ("50706 urology", "50706 urology"),
        ("0T768DZ", "0t768dz"),
        ("x" * 200, "x" * 80),
    ],
)
def test_what_is_kept_names_nobody(typed, kept):
    assert kept_of(typed) == kept


def test_counts_are_added_up_and_written_down(log, session, now):
    for total in (0, 3, 0):
        log.count("Profee", total)
    log.count("", 9)
    log.write(now)
    log.count("profee", 1)
    log.write(now)
    assert rows(session) == {"profee": (4, 2)}


def test_it_is_due_after_a_minute_or_when_much_is_held(log, now):
    log.count("cpc", 1)
    assert not log.due(now)
    assert log.due(now + EVERY)
    for number in range(MOST):
        log.count(f"text {number}", 1)
    assert log.due(now)


def test_nothing_counted_is_never_due(log, now):
    assert not log.due(now)
    assert not log.due(now + timedelta(days=1))


def test_after_ninety_days_it_is_forgotten(session, now):
    add_searches(session, (now - timedelta(days=91)).date(), {"old": (1, 0)})
    add_searches(session, (now - timedelta(days=89)).date(), {"new": (1, 0)})
    forget_old_searches(session, "", now)
    assert rows(session) == {"new": (1, 0)}
