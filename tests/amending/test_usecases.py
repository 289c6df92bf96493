"""Little changes at once, the rest after a look; the old stays live meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.amending.usecases import amend_posting, approve_revision, reject_revision
from careercenter.errors import Conflict, Invalid
from careercenter.moderation.usecases import approve_posting
from careercenter.periods.models import ListingPeriod
from careercenter.postings.models import PostingStatus
from careercenter.revisions import queries
from careercenter.revisions.models import RevisionState
from careercenter.revisions.usecases import withdraw_revision
from careercenter.tasks import Task
from tests.lifecycle.conftest import ZONE

S = RevisionState


@pytest.fixture
def amend(session, author, now):
    def amend(posting, **changes):
        details = replace(posting.details, **changes)
        return amend_posting(session, posting, details, author, ZONE, now)

    return amend


def test_a_little_change_is_seen_at_once(session, running, amend):
    posting = running()
    told = posting.search_seq
    revision = amend(posting, software=("epic",))
    assert (revision.state, posting.software) == (S.APPLIED, ("epic",))
    assert posting.search_seq > told
    assert queries.shown(session, posting.id) == [revision]


def test_a_big_change_waits_and_the_old_stays_live(session, running, amend, moderator, now):
    posting = running()
    revision = amend(posting, title="Senior coder")
    assert (revision.state, posting.title) == (S.WAITING, "Profee coder, urology")
    assert posting.is_live(now)
    assert queries.shown(session, posting.id) == []
    told = posting.search_seq
    approve_revision(session, posting, revision, moderator, ZONE, now)
    assert (posting.title, revision.summary) == ("Senior coder", "the title")
    assert posting.search_seq > told
    assert session.scalars(select(Task.kind)).all() == ["mail:revision_approved"]


def test_what_is_turned_down_changes_nothing(session, running, amend, moderator, now):
    posting = running()
    revision = amend(posting, title="Senior coder")
    reject_revision(session, revision, moderator, "Why?", "Say so.", now)
    assert posting.title == "Profee coder, urology"
    assert session.scalars(select(Task.kind)).all() == ["mail:revision_rejected"]


def test_a_change_is_decided_once(session, running, amend, moderator, now):
    posting = running()
    revision = amend(posting, title="Senior coder")
    approve_revision(session, posting, revision, moderator, ZONE, now)
    with pytest.raises(Conflict):
        reject_revision(session, revision, moderator, "Why?", "", now)


def test_a_new_proposal_takes_the_place_of_the_last(session, running, amend):
    posting = running()
    first, second = amend(posting, title="One"), amend(posting, title="Two")
    assert (first.state, second.state) == (S.WITHDRAWN, S.WAITING)
    assert queries.waiting_for(session, posting.id) is second


def test_what_is_taken_back_is_not_approved(session, running, amend, moderator, now):
    posting = running()
    revision = amend(posting, title="One")
    withdraw_revision(session, posting, now)
    with pytest.raises(Conflict):
        approve_revision(session, posting, revision, moderator, ZONE, now)


def test_a_change_of_what_has_left_the_board_is_not_approved(
    session, running, amend, moderator, now
):
    posting = running()
    revision = amend(posting, title="One")
    posting.close(now)
    with pytest.raises(Conflict):
        approve_revision(session, posting, revision, moderator, ZONE, now)


def test_a_change_of_an_earlier_run_is_not_made_in_the_next(
    session, running, amend, moderator, now
):
    posting = running()
    revision = amend(posting, title="Senior coder")
    posting.close(now)
    session.flush()
    assert queries.count_waiting(session) == 0
    assert queries.waiting(session, 1).items == []
    posting.relist(now)
    posting.submit(now)
    again = {"source_ref": "spend:again", "days": 30, "created_at": now}
    session.add(ListingPeriod(posting_id=posting.id, **again))
    session.flush()
    approve_posting(session, posting, moderator, ZONE, now)
    assert revision.state is S.WITHDRAWN
    with pytest.raises(Conflict):
        approve_revision(session, posting, revision, moderator, ZONE, now)


def test_the_last_day_follows_the_closing_date(running, amend, now):
    posting = running()
    until = posting.expires_at
    amend(posting, closes_on=(now + timedelta(days=3)).date())
    assert posting.expires_at - now < timedelta(days=5)
    amend(posting, closes_on=None)
    assert posting.expires_at == until


def test_a_closing_date_that_has_passed_is_refused(running, amend, now):
    with pytest.raises(Invalid, match="still to come"):
        amend(running(), closes_on=(now - timedelta(days=3)).date())


def test_nothing_different_is_said_so(running, amend):
    with pytest.raises(Invalid, match="Nothing is different"):
        amend(running())


@pytest.mark.parametrize("status", ["draft", "in-review", "filled", "closed", "removed"])
def test_only_what_is_on_the_board_is_changed(running, amend, status):
    posting = running(status=PostingStatus(status))
    with pytest.raises(Conflict):
        amend(posting, title="Another")


def test_small_steps_add_up_to_a_change_that_waits(running, amend):
    posting = running(description=" ".join(f"word{n}" for n in range(100)))
    text = posting.description
    first = amend(posting, description=text.replace("word1", "other1"))
    second = amend(posting, description=posting.description.replace("word2", "other2"))
    third = amend(posting, description=posting.description.replace("word3", "other3"))
    assert [one.state for one in (first, second, third)] == [S.APPLIED, S.APPLIED, S.WAITING]
