"""Buying what stays: a subscription with slots, and a place for a featured posting."""

import pytest
from playwright.sync_api import expect

from careercenter.postings.models import PostingStatus
from tests.browser.people import sign_in
from tests.factories import make_employer, make_posting, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def owner(live):
    """Of an employer with a draft and a posting that is live."""
    with live.sessions() as session:
        employer = make_employer(session)
        make_posting(session, PostingStatus.DRAFT, employer, title="Cardiology coder")
        make_posting(session, employer=employer, title="Oncology coder")
        email = owner_of(session, employer).email
        session.commit()
    return email


def test_a_subscription_with_slots_and_a_featured_posting(owner, open_page):
    page = open_page()
    sign_in(page, owner)
    page.goto("/hire/subscription")
    page.get_by_label("Three slots, $499 a month").check()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_role("button", name="4242").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Payment received")

    page.goto("/hire")
    page.get_by_role("link", name="Cardiology coder").first.click()
    page.get_by_role("link", name="Go on to payment").first.click()
    page.get_by_role("button", name="Use a slot").click()
    expect(page.locator("main")).to_contain_text("A moderator reads it before it goes live")

    page.goto("/hire/subscription")
    expect(page.locator("main")).to_contain_text("1 of 3 used")
    page.get_by_label("Ten slots, $1,390 a month").check()
    page.get_by_role("button", name="Change the plan").click()
    expect(page.locator("main")).to_contain_text("1 of 10 used")

    page.goto("/hire")
    page.get_by_role("link", name="Oncology coder").first.click()
    page.get_by_role("link", name="Feature or extend").click()
    page.get_by_label("Featured, 7 days").check()
    page.get_by_role("button", name="Go on to payment").click()
    page.get_by_role("button", name="4242").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Payment received")

    visitor = open_page()
    visitor.goto("/jobs?q=oncology")
    featured = visitor.get_by_label("Featured", exact=True)
    expect(featured.get_by_role("link", name="Oncology coder", exact=True)).to_be_visible()
