"""A part of the money goes back, and the payer's bank asks for the rest."""

import threading

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.billing.models import Payment
from careercenter.postings.models import PostingStatus
from tests.browser.people import sign_in
from tests.factories import make_employer, make_posting, make_user, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(params=[True], ids=["with script"])
def script(request):
    return request.param


@pytest.fixture
def people(live):
    """An employer with a draft, and finance staff; their addresses and the draft's id."""
    with live.sessions() as session:
        employer = make_employer(session)
        draft = make_posting(session, PostingStatus.DRAFT, employer)
        finance = make_user(session, Role.FINANCE)
        session.commit()
        return owner_of(session, employer).email, finance.email, draft.id


def until(page, text):
    """Look again until the worker has done it."""
    for _ in range(60):
        if text in page.locator("main").inner_text():
            return
        threading.Event().wait(0.25)
        page.reload()
    expect(page.locator("main")).to_contain_text(text)


def test_a_refund_and_a_dispute_as_both_sides_see_them(open_page, live, people):
    email, staff_email, draft_id = people
    employer, staff = open_page(), open_page()
    sign_in(employer, email)
    employer.goto(f"/hire/postings/{draft_id}/checkout")
    employer.get_by_role("button", name="Pay $249").click()
    employer.get_by_role("button", name="4242").click()
    expect(employer.get_by_role("heading", level=1)).to_have_text("Payment received")
    employer.get_by_role("link", name="Every step of this payment").click()
    expect(employer.locator("main")).to_contain_text("Paid: $249")

    sign_in(staff, staff_email)
    expect(staff.get_by_role("heading", level=1)).to_have_text("Money")
    staff.get_by_role("link", name="Purchases").click()
    staff.locator("main table a").first.click()
    staff.get_by_label("Amount").fill("500")
    staff.get_by_label("Reason").fill("They asked by mail")
    staff.get_by_role("button", name="Refund").click()
    expect(staff.get_by_role("alert")).to_contain_text("You can refund at most $249.00.")
    staff.get_by_label("Amount").fill("100")
    staff.get_by_role("button", name="Refund").click()
    expect(staff.get_by_role("status").first).to_contain_text("It is on its way.")
    until(staff, "Done. Banks show it")
    until(employer, "Refund of $100, by our staff")
    assert "Your refund" in live.subjects_to(email)

    with live.sessions() as session:
        intent = session.scalars(select(Payment.payment_intent_id)).one()
    dispute = live.simulator.dispute(intent)["id"]
    staff.goto("/staff/money")
    until(staff, "Dispute of $149")
    staff.get_by_role("link", name="Dispute of $149").click()
    expect(staff.locator("main")).to_contain_text(email)
    with staff.expect_download() as download:
        staff.get_by_role("link", name="Download as text").click()
    assert email in download.value.path().read_text()
    live.simulator.end_dispute(dispute, "won")
    until(staff, "Won")
    until(employer, "+1 credit kept back, or given back, in a dispute")
