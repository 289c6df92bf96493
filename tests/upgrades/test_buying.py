"""Featuring and prolonging a live posting, from the desk to the board."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from careercenter.billing.contradictions import contradictions
from careercenter.billing.models import Checkout
from careercenter.clock import end_of_day
from careercenter.employers.models import MemberRole
from careercenter.featuring.handlers import feature_posting, feature_waiting
from careercenter.featuring.models import FeaturedPeriod
from careercenter.periods.models import ListingPeriod
from careercenter.periods.usecases import prolong
from careercenter.postings.models import PostingStatus
from tests.factories import make_member, make_posting


def bought_before(posting, now):
    """The thirty days that it is on the board by."""
    ends = {"starts_at": now, "ends_at": now + timedelta(days=30)}
    ref = "checkout:0:1"
    return ListingPeriod(posting_id=posting.id, source_ref=ref, days=30, created_at=now, **ends)


def buy(client, posting, plan, **changes):
    form = {"plan": plan, "version": posting.version} | changes
    return client.post(f"/hire/postings/{posting.id}/upgrades/checkouts", data=form)


def pay(session, client, payments):
    """The newest purchase, by card; and back to the board."""
    checkout = session.scalars(select(Checkout).order_by(Checkout.id.desc())).first()
    payments.pay(checkout.attempts[-1].stripe_session_id)
    page = client.get(f"/hire/checkouts/{checkout.public_id}").text
    assert "Payment received" in page
    return page


def test_the_desk_offers_it_with_prices(owner_client, posting):
    assert "Feature or extend" in owner_client.get(f"/hire/postings/{posting.id}").text
    page = owner_client.get(f"/hire/postings/{posting.id}/upgrades").text
    for words in ("Featured, 7 days", "$49", "Extension, 30 days", "$225", "take turns"):
        assert words in page


def test_featured_days_begin_when_they_are_paid(session, owner_client, posting, payments, now):
    assert buy(owner_client, posting, "featured-7").location.endswith("cs_test_1")
    assert "is featured" in pay(session, owner_client, payments)
    feature_posting(session, str(posting.id), now)
    feature_posting(session, str(posting.id), now)  # a second time changes nothing
    assert posting.featured_until == now + timedelta(days=7)
    assert contradictions(session) == []


def test_more_featured_days_go_behind_those_it_has(session, owner_client, posting, payments, now):
    for _ in range(2):
        buy(owner_client, posting, "featured-7")
        pay(session, owner_client, payments)
        feature_posting(session, str(posting.id), now)
        session.flush()
    assert posting.featured_until == now + timedelta(days=14)


def test_what_is_paid_for_while_the_posting_is_away_waits(
    session, owner_client, posting, payments, now
):
    buy(owner_client, posting, "featured-14")
    posting.pause(now)
    pay(session, owner_client, payments)
    feature_posting(session, str(posting.id), now)
    feature_waiting(session, "", now)
    assert session.scalars(select(FeaturedPeriod)).one().starts_at is None
    posting.resume(now + timedelta(days=30))
    feature_waiting(session, "", now)
    assert posting.featured_until == now + timedelta(days=14)


def test_an_extension_goes_behind_the_days_it_has(session, owner_client, posting, payments, now):
    zone = ZoneInfo("America/Chicago")
    session.add(bought_before(posting, now))
    buy(owner_client, posting, "extension-15")
    pay(session, owner_client, payments)
    prolong(session, posting, now, zone)
    assert posting.expires_at == end_of_day(
        (now + timedelta(days=45)).astimezone(zone).date(), zone
    )


def test_a_double_click_leads_to_one_page(owner_client, posting):
    seen = {"version": posting.version}
    first, second = (buy(owner_client, posting, "featured-7", **seen).location for _ in range(2))
    assert first == second


def test_days_are_not_sold_that_would_be_cut(session, owner_client, employer, now):
    closing = make_posting(session, employer=employer, closes_on=(now + timedelta(days=9)).date())
    assert buy(owner_client, closing, "featured-7").status_code == 303
    closing.expires_at = now + timedelta(days=10)
    assert buy(owner_client, closing, "extension-15").status_code == 422
    far = make_posting(session, employer=employer, expires_at=now + timedelta(days=170))
    assert buy(owner_client, far, "extension-15").status_code == 422


@pytest.mark.parametrize("plan", ["", "nothing", "bundle-3", "single-posting"])
def test_nothing_else_is_sold_here(session, owner_client, posting, plan):
    response = buy(owner_client, posting, plan)
    assert response.status_code == 422
    assert "error-summary" in response.text
    assert session.scalars(select(Checkout)).all() == []


def test_an_old_page_is_told_so(owner_client, posting):
    assert buy(owner_client, posting, "featured-7", version="0").status_code == 409


def test_only_for_ones_own_live_postings(session, client, owner_client, employer, posting):
    draft = make_posting(session, PostingStatus.DRAFT, employer)
    assert owner_client.get(f"/hire/postings/{draft.id}/upgrades").status_code == 409
    assert buy(owner_client, make_posting(session), "featured-7").status_code == 404
    client.sign_in(make_member(session, employer, MemberRole.RECRUITER).user)
    assert buy(client, posting, "featured-7").status_code == 403
    client.sign_out()
    assert client.get(f"/hire/postings/{posting.id}/upgrades").status_code == 302
