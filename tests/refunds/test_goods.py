"""What was bought beside days on the board ends with its money too."""

from datetime import timedelta

from careercenter.billing.contradictions import contradictions
from careercenter.featuring.usecases import begin_featured
from careercenter.lifecycle.usecases import close_posting
from careercenter.postings.models import PostingStatus


def test_days_that_came_back_as_a_credit_go_with_the_money(session, pay, ask, draft, review, now):
    checkout = pay(draft, "single-posting")
    review(draft, approve=True)
    close_posting(session, draft, now + timedelta(days=10))
    assert checkout.employer.credit_balance == 1
    ask(checkout, 24_900)
    assert checkout.employer.credit_balance == 0
    assert contradictions(session) == []


def test_days_in_the_featured_place_end_with_their_money(session, ask, pay, draft, review, now):
    pay(draft, "single-posting")
    review(draft, approve=True)
    checkout = pay(draft, "featured-7")
    begin_featured(session, draft, now + timedelta(minutes=5))
    assert draft.featured_until > now + timedelta(days=6)
    ask(checkout, checkout.total_cents)
    assert draft.featured_until <= now + timedelta(minutes=5)
    assert draft.status is PostingStatus.PUBLISHED
    assert contradictions(session) == []
