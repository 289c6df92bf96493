"""One object answers what a posting may do, and what it takes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from careercenter.billing.contradictions import contradictions
from careercenter.credits.usecases import gift_credits
from careercenter.errors import Invalid
from careercenter.periods.models import ListingPeriod
from careercenter.periods.usecases import revoke_period
from careercenter.plans.queries import posting_plan
from careercenter.plans.usecases import edit_plan
from careercenter.postings.models import Apprentice, PostingStatus
from careercenter.publishing import queries, usecases
from careercenter.publishing.models import Cost, Way
from tests.factories import make_posting


@pytest.fixture
def ask(session, member, draft, now):
    def ask(posting=draft, payments_on=True, code=""):
        return queries.entitlement_of(session, member, posting, payments_on, code, now)

    return ask


def test_without_anything_one_pays(ask):
    asked = ask()
    assert (asked.ways, asked.may_publish, asked.why_not) == ((Way.CHECKOUT,), True, "")
    assert asked.what_would_it_cost == Cost(Way.CHECKOUT, 24_900)


def test_credits_come_before_a_checkout(session, ask, employer, now):
    gift_credits(session, employer, 2, "hello", now)
    asked = ask()
    assert asked.ways == (Way.CREDIT, Way.CHECKOUT)
    assert asked.what_would_it_cost == Cost(Way.CREDIT, credits=1)


def test_what_is_free_comes_first(session, ask, employer, now):
    gift_credits(session, employer, 1, "hello", now)
    employer.nonprofit_at = now
    assert ask().what_would_it_cost == Cost(Way.FREE)


def test_without_a_way_it_says_why(session, ask, employer, member, now):
    assert ask(payments_on=False).why_not == "You have no posting credits left."
    plan = posting_plan(session)
    edit_plan(session, plan, 1, replace(plan.terms, on_sale=False), member.user, now)
    asked = ask()
    assert (asked.may_publish, asked.what_would_it_cost) == (False, None)
    assert asked.why_not == "That product isn't available."
    employer.suspended_at = now
    assert ask().why_not == "Your account is on hold. Contact support."


def test_what_is_on_its_way_has_nothing_to_publish(session, ask, employer, start):
    posting = make_posting(session, PostingStatus.IN_REVIEW, employer)
    assert "nothing to publish" in ask(posting).why_not
    assert "under way" in ask(start().posting).why_not


def test_a_non_profit_has_one_open_posting_free(session, employer, member, draft, now):
    employer.nonprofit_at = now
    checkout = usecases.publish_free(session, draft, member, now)
    assert (checkout.total_cents, draft.status) == (0, PostingStatus.IN_REVIEW)
    other = make_posting(session, PostingStatus.DRAFT, employer)
    with pytest.raises(Invalid, match="not open to this posting"):
        usecases.publish_free(session, other, member, now)
    assert contradictions(session) == []
    revoke_period(session, draft, now)
    draft.reject()
    assert employer.credit_balance == 0  # nothing was given, so nothing comes back
    assert usecases.publish_free(session, other, member, now).total_cents == 0


def test_free_days_that_are_over_stand_in_nobodys_way(session, ask, employer, member, draft, now):
    """A posting that was free and is kept on the board by a credit since."""
    employer.nonprofit_at = now
    usecases.publish_free(session, draft, member, now)
    draft.publish(now, now + timedelta(days=60))
    period = session.scalars(select(ListingPeriod)).one()
    period.starts_at, period.ends_at = now - timedelta(days=30), now + timedelta(days=1)
    session.flush()
    other = make_posting(session, PostingStatus.DRAFT, employer)
    assert ask(other).free is None
    period.ends_at = now
    assert ask(other).free is not None


def test_apprentices_are_free_for_employers_that_were_checked(
    session,
    monkeypatch,
    ask,
    employer,
    now,
):
    posting = make_posting(session, PostingStatus.DRAFT, employer, apprentice=Apprentice.YES)
    assert ask(posting).free is None
    monkeypatch.setattr(queries, "facts_of", lambda *_: type("Facts", (), {"any": True}))
    assert ask(posting).free is not None
    assert ask().free is None


def test_the_free_plan_on_the_page(session, owner_client, employer, draft, now):
    url = f"/hire/postings/{draft.id}"
    form = {"version": draft.version}
    assert owner_client.post(f"{url}/free-uses", data=form).status_code == 422
    employer.nonprofit_at = now
    assert "Publish it free" in owner_client.get(f"{url}/checkout").text
    assert owner_client.post(f"{url}/free-uses", data=form).location == url
    assert draft.status is PostingStatus.IN_REVIEW
