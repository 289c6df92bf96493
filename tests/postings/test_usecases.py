"""What an employer does with a posting, and that the feed is told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.errors import Conflict
from careercenter.outbox import SearchClock
from careercenter.postings import usecases
from careercenter.postings.models import PostingStatus
from tests.factories import make_details, make_employer, make_posting


def feed(session) -> int:
    return session.scalar(select(SearchClock.seq)) or 0


def test_a_draft_is_written_without_telling_the_feed(session, now):
    before = feed(session)
    posting = usecases.draft_posting(session, make_employer(session), make_details(), now)
    session.flush()
    assert (posting.status, posting.version) == (PostingStatus.DRAFT, 1)
    assert feed(session) == before


MOVES = [
    (usecases.pause_posting, PostingStatus.PAUSED),
    (usecases.fill_posting, PostingStatus.FILLED),
    (usecases.close_posting, PostingStatus.CLOSED),
]


@pytest.mark.parametrize(("move", "status"), MOVES)
def test_a_posting_that_leaves_the_board_is_told_to_the_feed(session, now, move, status):
    posting = make_posting(session)
    move(session, posting, now)
    assert (posting.status, posting.search_seq) == (status, feed(session))


def test_a_paused_posting_comes_back(session, now):
    posting = make_posting(session, PostingStatus.PAUSED)
    usecases.resume_posting(session, posting, now + timedelta(days=9))
    assert posting.is_live(now)
    assert posting.search_seq == feed(session)


@pytest.mark.parametrize("status", sorted(set(PostingStatus) - {"draft", "rejected"}))
def test_what_was_submitted_is_not_revised(session, status):
    posting = make_posting(session, PostingStatus(status))
    with pytest.raises(Conflict):
        usecases.revise_posting(posting, make_details(title="Another"))
