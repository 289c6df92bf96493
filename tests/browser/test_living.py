"""A live posting is asked about, changed after a look, and postings come by the file."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from careercenter import clock
from careercenter.employers.models import Employer
from careercenter.heartbeat.usecases import ask
from tests.browser.people import make_moderator, sign_in
from tests.factories import make_posting, owner_of
from tests.imports.conftest import table

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def running(live):
    """A posting that went live three weeks ago, and its owner's address."""
    with live.sessions() as session:
        posting = make_posting(session, title="Clinic coder", now=clock.now() - timedelta(days=21))
        posting.expires_at = clock.now() + timedelta(days=9)
        owner = owner_of(session, session.get(Employer, posting.employer_id))
        session.commit()
        return posting.id, owner.email


def test_who_is_asked_answers_without_signing_in(running, open_page, live):
    _, email = running
    with live.sessions() as session:
        ask(session, clock.now())
        session.commit()
    page = open_page()
    page.goto(live.link_in_letter(email, "/hiring"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Still hiring?")
    page.get_by_role("button", name="Yes, we are still hiring").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.goto("/jobs")
    page.get_by_role("link", name="Clinic coder", exact=True).click()
    expect(page.locator("main")).to_contain_text("onfirmed by the employer")


def test_a_new_title_waits_for_a_moderator(running, open_page, live):
    posting_id, email = running
    owner = open_page()
    sign_in(owner, email)
    owner.goto(f"/hire/postings/{posting_id}/revision")
    owner.get_by_label("Job title").fill("Clinic coder and auditor")
    owner.get_by_role("button", name="Save the change").click()
    expect(owner.locator("main")).to_contain_text("moderator")

    visitor = open_page()
    visitor.goto("/jobs")
    expect(visitor.get_by_role("link", name="Clinic coder", exact=True)).to_be_visible()

    moderator = open_page()
    sign_in(moderator, make_moderator(live))
    moderator.goto("/staff/revisions")
    moderator.get_by_role("link", name="Clinic coder").first.click()
    expect(moderator.locator("main")).to_contain_text("Clinic coder and auditor")
    moderator.get_by_role("button", name="Approve").first.click()

    visitor.goto("/jobs")
    expect(visitor.get_by_role("link", name="Clinic coder and auditor", exact=True)).to_be_visible()


def test_postings_come_by_the_file(running, open_page, live, script):
    _, email = running
    owner = open_page()
    sign_in(owner, email)
    owner.goto("/hire")
    owner.get_by_role("link", name="Import").click()
    content = table({}, {"id": "A-2", "title": "Profee coder"}, {"id": "A-3", "title": ""})
    file = {"name": "jobs.csv", "mimeType": "text/csv", "buffer": content}
    owner.get_by_label("File").set_input_files(file)
    owner.get_by_role("button", name="Read the file").click()
    expect(owner.get_by_label("Job title")).to_have_value("title")
    owner.get_by_role("button", name="Read the rows").click()
    wait_for(owner, "2 new", script)
    expect(owner.locator("main")).to_contain_text("Enter the job title.")
    owner.get_by_role("button", name="Go on").click()
    wait_for(owner, "2 made", script)
    owner.get_by_role("link", name="Profee coder").click()
    expect(owner.locator("main")).to_contain_text("A draft.")


def wait_for(page, words, script):
    """The worker is at it: with script the page comes by itself, without somebody looks again."""
    for _ in range(20):
        if words in page.locator("main").inner_text():
            return
        page.wait_for_timeout(500)
        if not script:
            page.reload()
    raise AssertionError(f"{words} never came")
