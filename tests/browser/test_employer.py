"""An employer registers, writes, pays; a moderator approves; a visitor finds it within a second."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import (
    TITLE,
    make_moderator,
    name_organization,
    register_employer,
    sign_in,
    write_posting,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EMAIL = "erin@example.com"


@pytest.fixture
def employer(open_page, live):
    """The desk of an employer who has written a posting."""
    page = open_page()
    register_employer(page, live, EMAIL)
    name_organization(page)
    write_posting(page)
    return page


def test_from_registration_to_the_board(employer, open_page, live):
    expect(employer.get_by_role("heading", name=TITLE).first).to_be_visible()  # the preview
    employer.get_by_role("link", name="Go on to payment").first.click()
    employer.get_by_role("button", name="Pay $249").click()

    expect(employer.get_by_role("heading", level=1)).to_have_text("Pay $249.00")
    employer.get_by_role("button", name="declined").click()
    expect(employer.get_by_role("alert")).to_contain_text("You have not been charged")
    employer.get_by_role("button", name="4242").click()

    expect(employer.get_by_role("heading", level=1)).to_have_text("Payment received")
    employer.get_by_role("link", name="Go to the posting").click()
    expect(employer.locator("main")).to_contain_text("A moderator reads it before it goes live")

    moderator = open_page()
    sign_in(moderator, make_moderator(live))
    moderator.goto("/staff/review")
    moderator.get_by_role("link", name=TITLE, exact=True).first.click()
    moderator.get_by_role("button", name="Approve").click()

    visitor = open_page()
    visitor.goto("/jobs?q=encountrs+coder")
    expect(visitor.get_by_role("link", name=TITLE, exact=True)).to_be_visible()
    visitor.get_by_role("link", name=TITLE, exact=True).click()
    expect(visitor.locator("main")).to_contain_text("$24.00–$31.50")
    assert live.link_in_letter(EMAIL, "/jobs/")

    employer.reload()
    employer.get_by_role("link", name="Close …").click()
    employer.get_by_role("radio").first.check()
    employer.get_by_role("button", name="Close it").click()
    expect(employer.locator("main")).to_contain_text("Closed on")
    gone = visitor.reload()
    assert gone.status == 410
    visitor.goto("/jobs?q=urology+coder")
    expect(visitor.get_by_role("link", name=TITLE, exact=True)).to_have_count(0)


def test_a_rejected_posting_pays_for_its_next_try(employer, open_page, live):
    employer.get_by_role("link", name="Go on to payment").first.click()
    employer.get_by_role("button", name="Pay $249").click()
    employer.get_by_role("button", name="4242").click()
    expect(employer.get_by_role("heading", level=1)).to_have_text("Payment received")

    moderator = open_page()
    sign_in(moderator, make_moderator(live))
    moderator.goto("/staff/review")
    moderator.get_by_role("link", name=TITLE, exact=True).first.click()
    moderator.get_by_label("What is paid, or how, is not clear.").check()
    moderator.get_by_label("words").fill("Say whether the range includes the bonus.")
    moderator.get_by_role("button", name="Turn it down").click()

    employer.goto(live.link_in_letter(EMAIL, "/hire/postings/"))
    expect(employer.locator("main")).to_contain_text("Say whether the range includes the bonus.")
    employer.get_by_role("link", name="Edit and send again").click()
    employer.get_by_label("Highest pay").fill("32")
    employer.get_by_role("button", name="Save and preview").click()
    employer.get_by_role("link", name="Go on to payment").first.click()
    employer.get_by_role("button", name="Use one credit").click()
    expect(employer.locator("main")).to_contain_text("A moderator reads it before it goes live")


def test_leaving_the_payment_page_loses_nothing(employer):
    employer.get_by_role("link", name="Go on to payment").first.click()
    employer.get_by_role("button", name="Pay $249").click()
    employer.get_by_role("button", name="Back").click()
    employer.get_by_role("button", name="Continue to payment").click()
    expect(employer.get_by_role("heading", level=1)).to_have_text("Pay $249.00")
    employer.get_by_role("button", name="4242").click()
    expect(employer.get_by_role("heading", level=1)).to_have_text("Payment received")
