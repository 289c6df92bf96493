"""A colleague is invited and joins; a guest writes first and signs up later."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import (
    confirm,
    make_moderator,
    name_organization,
    register_employer,
    sign_in,
)
from tests.factories import make_employer, make_posting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMES = ("erin", "rae", "gus", "ada")
OWNER, COLLEAGUE, GUEST, CLAIMANT = (f"{name}@prairie.example" for name in NAMES)


@pytest.fixture
def owner(open_page, live):
    page = open_page()
    register_employer(page, live, OWNER)
    name_organization(page)
    return page


def make_account(page, name: str, button: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password").fill("plum trombone lake")
    page.get_by_role("button", name=button).click()


def test_a_colleague_is_invited_joins_and_is_removed(owner, open_page, live):
    owner.goto("/hire/team")
    owner.get_by_label("Email").fill(COLLEAGUE)
    owner.get_by_label("Role", exact=True).select_option("reviewer")
    owner.get_by_role("button", name="Send the invitation").click()
    expect(owner.get_by_role("status")).to_contain_text("is on its way")

    colleague = open_page()
    colleague.goto(live.link_in_letter(COLLEAGUE, "/invitations/"))
    make_account(colleague, "Rae Reviewer", "Create account and join")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Prairie Urology Partners")
    expect(colleague.get_by_role("link", name="Write a posting")).to_have_count(0)

    owner.reload()
    owner.get_by_role("button", name="Remove Rae Reviewer").click()
    confirm(owner)
    expect(owner.get_by_role("status")).to_contain_text("no longer acts for")
    colleague.goto("/hire")
    expect(colleague.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_guest_writes_first_and_signs_up_later(open_page, live):
    guest = open_page()
    guest.goto("/post")
    guest.get_by_label("Job title").fill("Inpatient coder")
    guest.get_by_label("The advertisement").fill("CCS required. $30 to $36 an hour. Remote.")
    guest.get_by_role("button", name="Keep it and go on").click()
    guest.get_by_label("Organization", exact=True).fill("Prairie Urology Partners")
    guest.get_by_label("Kind of organization").select_option("physician-practice")
    guest.get_by_label("Your address at work").fill(GUEST)
    guest.get_by_role("button", name="Mail me the link").click()

    phone = open_page()
    phone.goto(live.link_in_letter(GUEST, "/post/links/"))
    make_account(phone, "Gus Manager", "Create account and go on")
    expect(phone.get_by_label("Job title")).to_have_value("Inpatient coder")


def test_an_organization_that_is_here_already_is_claimed(open_page, live):
    with live.sessions() as session:
        employer = make_employer(session, name="Prairie", website="https://prairie.example")
        make_posting(session, employer=employer)
        slug = employer.slug
        session.commit()
    claimant = open_page()
    register_employer(claimant, live, "ada@private.example")
    claimant.goto(f"/employers/{slug}")
    claimant.get_by_role("link", name="Claim this page").click()
    claimant.get_by_label("Your address at work").fill(CLAIMANT)
    claimant.locator("main form").get_by_role("button").last.click()
    expect(claimant.get_by_role("status")).to_contain_text("First open the link")
    claimant.goto(live.link_in_letter(CLAIMANT, "/claims/"))
    claimant.locator("main form").get_by_role("button").last.click()

    staff = open_page()
    sign_in(staff, make_moderator(live))
    staff.goto("/staff/claims")
    staff.get_by_label("Role").select_option("recruiter")
    staff.locator('form[action$="/approval"]').get_by_role("button").click()
    confirm(staff)
    expect(staff.get_by_role("status")).to_contain_text("now acts for Prairie")
    claimant.goto("/hire")
    expect(claimant.get_by_role("heading", level=1)).to_have_text("Prairie")
