"""What the people of the stories do, click by click, as anybody would."""

from playwright.sync_api import Page, expect

from careercenter.accounts.models import Role
from tests.factories import PASSWORD, make_candidate, make_user
from tests.live import Board

TITLE = "Urology profee coder"
DESCRIPTION = """Code office visits and procedures for nine urologists in **Epic**.

- 18 to 22 encounters an hour after 90 days
- 95 % accuracy on a monthly audit of 25 encounters

A lead coder answers questions the same day. We send two monitors and a laptop."""


def make_moderator(live: Board) -> str:
    with live.sessions() as session:
        email = make_user(session, Role.MODERATOR).email
        session.commit()
    return email


def make_candidate_account(live: Board) -> str:
    with live.sessions() as session:
        email = make_candidate(session).user.email
        session.commit()
    return email


def sign_in(page: Page, email: str) -> None:
    page.goto("/login")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)


def register_employer(page: Page, live: Board, email: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="For employers").first.click()
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Hire coders").check()
    page.get_by_label("Your name").fill("Erin Mercer")
    page.get_by_label("Email").fill(email)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your email to finish.")
    page.goto(live.link_in_letter(email, "/account/confirmations/"))
    page.get_by_label("Password").fill("plum trombone lake")
    page.get_by_role("button", name="Confirm my address").click()


def name_organization(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is hiring?")
    page.get_by_label("Name", exact=True).fill("Prairie Urology Partners")
    page.get_by_label("Kind").select_option("physician-practice")
    page.get_by_role("button", name="Save").click()


def write_posting(page: Page) -> None:
    page.goto("/hire/postings/new")
    page.get_by_role("button", name="All on one page").click()
    page.get_by_label("Job title").fill(TITLE)
    page.get_by_label("Role", exact=True).select_option("coder")
    page.get_by_label("Professional fee").check()
    tick(page, "credentials_1", "cpc")
    tick(page, "credentials_1", "ccs-p")
    page.get_by_label("Yes, apprentices").check()
    page.get_by_label("Remote, anywhere in the US").check()
    page.get_by_label("Employment", exact=True).select_option("full-time-w2")
    page.get_by_label("Paid", exact=True).select_option("hour")
    page.get_by_label("Lowest pay").fill("24")
    page.get_by_label("Highest pay").fill("31.50")
    page.get_by_label("Description", exact=True).fill(DESCRIPTION)
    page.get_by_role("button", name="Save and preview").click()


def tick(page: Page, name: str, value: str) -> None:
    """Tick a box, opening the groups that hide it."""
    box = page.locator(f'input[name="{name}"][value="{value}"]')
    for summary in box.locator("xpath=ancestor::details[not(@open)]/summary").all():
        summary.click()
    box.check()


def confirm(page: Page) -> None:
    """With script a dialog asks first; without, the click was enough."""
    dialog = page.locator("dialog[open]")
    if dialog.count():
        dialog.get_by_role("button").last.click()
