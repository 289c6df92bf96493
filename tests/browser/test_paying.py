"""Every way to pay, in a real browser, whose content policy lets it go to the payment page."""

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from careercenter import clock
from careercenter.accounts.models import Role
from careercenter.coupons.models import CouponTerms
from careercenter.coupons.usecases import create_coupon
from careercenter.postings.models import PostingStatus
from tests.browser.people import sign_in
from tests.conftest import empty_database, furnished
from tests.factories import make_employer, make_posting, make_user, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def live(request, tmp_path_factory, reference):
    """One board for all of these; each has an employer of its own."""
    folder = tmp_path_factory.mktemp("paying")
    url = f"sqlite:///{folder / 'board.db'}"
    if request.config.getoption("--database") == "postgresql":
        url = empty_database(request.getfixturevalue("postgres_url"))
    with furnished(url, folder, reference) as running:
        yield running


@pytest.fixture(params=[False], ids=["without script"])
def script(request):
    """Other tests pay with script too."""
    return request.param


@pytest.fixture
def desk(open_page, live):
    """Signed in as the owner of a new employer; ``desk.drafts`` waits to be paid for."""
    with live.sessions() as session:
        employer = make_employer(session)
        made = [make_posting(session, PostingStatus.DRAFT, employer, title=t) for t in "ABC"]
        drafts = [f"/hire/postings/{posting.id}/checkout" for posting in made]
        email = owner_of(session, employer).email
        session.commit()
    page = open_page()
    sign_in(page, email)
    page.drafts, page.email = drafts, email
    return page


def headed(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def look_until(page: Page, there: Locator) -> None:
    """Look again until Stripe's message has come and a worker has looked."""
    for _ in range(100):
        if there.count():
            break
        time.sleep(0.1)
        page.reload()
    expect(there).to_be_visible()


def test_a_card_is_declined_and_another_pays(desk, live):
    desk.goto(desk.drafts[0])
    desk.get_by_role("button", name="Pay $249").click()
    headed(desk, "Pay $249.00")
    assert desk.url.startswith(live.simulator.url)  # the policy of our page let it through
    desk.get_by_role("button", name="declined").click()
    expect(desk.get_by_role("alert")).to_contain_text("You have not been charged")
    desk.get_by_role("button", name="4242").click()
    headed(desk, "Payment received")
    assert live.link_in_letter(desk.email, "/hire/checkouts/")


def test_a_bank_debit_settles_later(desk, live):
    desk.goto(desk.drafts[0])
    desk.get_by_role("button", name="Pay $249").click()
    headed(desk, "Pay $249.00")
    session_id = desk.url.rsplit("/", 1)[1]
    desk.get_by_role("button", name="bank debit").click()
    headed(desk, "Your bank is confirming the payment")
    expect(desk.locator("main")).to_contain_text("Payment processing (bank)")
    live.simulator.settle(session_id)
    look_until(desk, desk.get_by_role("heading", name="Payment received"))
    headed(desk, "Payment received")
    expect(desk.locator("main")).to_contain_text("Your posting is with a moderator")


def test_a_coupon_takes_all_and_no_card_is_asked_for(desk, live):
    with live.sessions() as session:
        staff = make_user(session, Role.FINANCE)
        create_coupon(session, CouponTerms("WELCOME", percent=100), staff, clock.now())
        session.commit()
    desk.goto(desk.drafts[0])
    desk.get_by_label("Coupon code").fill("welcome")
    desk.get_by_role("button", name="Apply").click()
    expect(desk.locator("main")).to_contain_text("−$249")
    desk.get_by_role("button", name="Publish it, nothing to pay").click()
    headed(desk, "Nothing to pay")
    assert desk.url.startswith(live.url)
    desk.goto(desk.drafts[1])
    desk.get_by_label("Coupon code").fill("WELCOME")
    desk.get_by_role("button", name="Apply").click()
    expect(desk.locator("main")).to_contain_text("That code isn't valid for this order.")


def test_a_bundle_pays_for_three_postings(desk):
    desk.goto("/hire/credits")
    desk.get_by_label("Three postings").check()
    desk.get_by_role("button", name="Go on to payment").click()
    headed(desk, "Pay $672.00")
    desk.get_by_role("button", name="4242").click()
    headed(desk, "Payment received")
    for draft in desk.drafts:
        desk.goto(draft)
        desk.get_by_role("button", name="Use one credit").click()
        expect(desk.locator("main")).to_contain_text("A moderator reads it before it goes live")
    desk.goto("/hire/billing")
    expect(desk.locator("main")).to_contain_text("You have no posting credits.")


def test_an_invoice_is_asked_for_made_out_and_paid(desk, live):
    desk.goto(desk.drafts[0].replace("/checkout", "/invoice"))
    desk.get_by_label("Purchase order").fill("PO-77120")
    desk.get_by_role("button", name="Make out the invoice").click()
    pay = desk.get_by_role("link", name="Pay it on Stripe’s page")
    look_until(desk, pay)
    expect(desk.locator("main")).to_contain_text("You get what you bought when it is paid.")
    ours = desk.url
    pay.click()
    assert desk.url.startswith(live.simulator.url)
    expect(desk.locator("main")).to_contain_text("PO-77120")
    desk.get_by_role("button", name="4242").click()
    expect(desk.locator("main")).to_contain_text("Paid. Thank you.")
    desk.goto(ours)
    look_until(desk, desk.get_by_text("It is paid. Thank you."))
    desk.get_by_role("link", name="Go to the posting").click()
    expect(desk.locator("main")).to_contain_text("A moderator reads it before it goes live")


def test_cards_and_tax_ids_are_kept_on_the_page_of_stripe(desk, live):
    desk.goto("/hire/billing")
    desk.get_by_role("link", name="Payment methods and tax").click()
    desk.get_by_role("button", name="Open Stripe’s page").click()
    desk.wait_for_url(f"{live.simulator.url}/**")
    desk.go_back()
    headed(desk, "Payment methods and tax")


def test_to_any_other_address_the_policy_lets_nobody_through(browser, live):
    """So the tests above prove something."""
    page = browser.new_page()
    page.goto(f"{live.url}/login")
    elsewhere = live.simulator.url.replace("127.0.0.1", "localhost")
    with page.expect_console_message(lambda message: "form-action" in message.text):
        page.evaluate(f"document.forms[0].action = '{elsewhere}'; document.forms[0].submit()")
    assert page.url == f"{live.url}/login"
    page.close()
