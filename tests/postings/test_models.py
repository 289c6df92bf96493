"""A posting's own rules."""

import pytest

from careercenter.errors import Conflict
from careercenter.postings.models import MOVES, Posting, PostingStatus
from tests.factories import make_details


def test_every_status_has_its_moves():
    assert set(MOVES) == set(PostingStatus)


def test_a_draft_cannot_be_published_without_review(now):
    posting = Posting(status=PostingStatus.DRAFT)
    with pytest.raises(Conflict):
        posting.publish(now, now)


def test_only_a_paused_posting_is_resumed(now):
    posting = Posting(status=PostingStatus.IN_REVIEW)
    with pytest.raises(Conflict):
        posting.resume(now)


def test_revising_writes_the_derived_hourly_range():
    posting = Posting(status=PostingStatus.DRAFT)
    posting.revise(make_details())
    assert (posting.hourly_low_cents, posting.hourly_high_cents) == (2400, 3100)


def test_revising_a_rejected_posting_makes_it_a_draft_again():
    posting = Posting(status=PostingStatus.REJECTED)
    posting.revise(make_details())
    assert posting.status is PostingStatus.DRAFT
