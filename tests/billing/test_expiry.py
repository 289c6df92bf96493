"""Credits that last so many days run out by the clock; a task writes that into the ledger."""

from datetime import timedelta

import pytest

from careercenter.billing.contradictions import contradictions
from careercenter.credits import queries
from careercenter.credits.handlers import expire_credits
from careercenter.credits.models import EntryReason
from careercenter.credits.usecases import give_credits, take_credits
from careercenter.errors import Invalid
from careercenter.publishing.queries import entitlement_of


@pytest.fixture
def give(session, employer, now):
    def give(count, ref, lasts=None):
        until = now + timedelta(days=lasts) if lasts else None
        give_credits(session, employer, count, 30, EntryReason.BOUGHT, ref, now, expires_at=until)

    return give


def test_what_has_run_out_cannot_be_spent_before_any_task_ran(session, employer, give, now):
    give(1, "old", lasts=10)
    later = now + timedelta(days=10)
    with pytest.raises(Invalid, match="no posting credits"):
        take_credits(session, employer, 1, EntryReason.SPENT, "spend", later)
    take_credits(session, employer, 1, EntryReason.SPENT, "spend", later - timedelta(seconds=1))


def test_the_task_takes_what_is_left_and_a_second_time_nothing(session, employer, give, now):
    give(3, "old", lasts=10)
    give(2, "new")
    take_credits(session, employer, 1, EntryReason.SPENT, "spend", now)
    later = now + timedelta(days=11)
    for _ in range(2):
        expire_credits(session, "", later)
    entries = queries.newest_entries(session, employer.id)
    gone = [entry for entry in entries if entry.reason is EntryReason.EXPIRED]
    assert [entry.delta for entry in gone] == [-2]
    assert employer.credit_balance == 2
    assert contradictions(session) == []


def test_what_never_expires_stays(session, employer, give, now):
    give(2, "new")
    expire_credits(session, "", now + timedelta(days=5000))
    assert employer.credit_balance == 2


def test_the_page_counts_by_the_clock(session, member, draft, give, now):
    give(1, "old", lasts=10)
    later = now + timedelta(days=11)
    assert entitlement_of(session, member, draft, True, "", now).balance == 1
    assert entitlement_of(session, member, draft, True, "", later).balance == 0
