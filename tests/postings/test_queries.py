"""Postings are found only by those they belong to."""

import pytest
from sqlalchemy.exc import NoResultFound

from careercenter.errors import Conflict
from careercenter.postings import queries
from tests.factories import make_employer, make_posting


def test_another_employers_posting_is_not_found(session):
    posting = make_posting(session)
    with pytest.raises(NoResultFound):
        queries.owned_by(session, make_employer(session).id, posting.id)


def test_the_slower_of_two_editors_meets_a_conflict(session):
    posting = make_posting(session)
    with pytest.raises(Conflict):
        queries.locked(session, posting.employer_id, posting.id, posting.version - 1)


def test_pay_and_place_come_back_as_they_were_written(session):
    posting = make_posting(session)
    session.expire_all()
    assert (posting.pay.low_cents, posting.place.city) == (2400, "")
