"""A candidate applies with a résumé and hears back."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import confirm, make_candidate_account, sign_in
from tests.candidates.files import pdf
from tests.factories import PASSWORD, make_posting, owner_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE = "Profee coder, urology"


@pytest.fixture
def applied(open_page, live):
    """A posting's owner, a candidate's address, and the page of the application just sent."""
    with live.sessions() as session:
        posting = make_posting(session)
        owner = owner_of(session, posting.employer).email
        session.commit()
    email = make_candidate_account(live)
    page = open_page()
    page.goto("/jobs?q=urology")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_role("link", name="Apply").first.click()
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    send_application(page)
    return posting.id, owner, email, page


def send_application(page) -> None:
    """The first file is refused, and what was typed is kept."""
    note = "I have coded for urologists since 2019."
    wrong = {"name": "ada.exe", "mimeType": "application/pdf", "buffer": b"MZ"}
    page.locator('input[type="file"]').set_input_files(wrong)
    page.get_by_label("note").fill(note)
    page.get_by_role("button", name="Send application").click()
    expect(page.get_by_role("alert")).to_contain_text("Upload a PDF or Word (.docx) file.")
    expect(page.get_by_label("note")).to_have_value(note)
    right = {"name": "ada.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator('input[type="file"]').set_input_files(right)
    page.get_by_role("button", name="Send application").click()
    expect(page.locator("main")).to_contain_text("What happened")


def test_applying_hearing_back_and_withdrawing(applied, open_page, live):
    posting_id, owner, email, candidate = applied
    employer = open_page()
    sign_in(employer, owner)
    employer.goto(f"/hire/postings/{posting_id}/applications")
    employer.get_by_role("link", name="Person").first.click()
    expect(employer.locator("main")).not_to_contain_text(email)
    with employer.expect_download() as download:
        employer.get_by_role("link", name="ada.pdf").click()
    assert download.value.suggested_filename == "ada.pdf"
    employer.get_by_role("button", name="Shortlist").click()
    expect(employer.locator("main")).to_contain_text(email)
    assert live.link_in_letter(email, "/me/applications/")

    candidate.reload()
    expect(candidate.locator("main")).to_contain_text("Shortlisted")
    candidate.get_by_role("button", name="Withdraw application").click()
    confirm(candidate)
    expect(candidate.locator("main")).to_contain_text("Withdrawn")
    employer.reload()
    expect(employer.locator("main")).to_contain_text("withdrew this application")
    expect(employer.get_by_role("link", name="ada.pdf")).to_have_count(0)


def test_narrowing_a_search(open_page, live):
    with live.sessions() as session:
        make_posting(session)
        make_posting(
            session, title="Inpatient coder", role="coder", coding_types=("facility-inpatient",)
        )
        session.commit()
    visitor = open_page()
    visitor.goto("/jobs")
    expect(visitor.locator(".results-head")).to_contain_text("2 jobs")
    visitor.get_by_label("Facility inpatient").check()
    if visitor.locator(".without-script").first.is_visible():
        visitor.get_by_role("button", name="Show").click()
    expect(visitor.locator(".results-head")).to_contain_text("1 job")
    assert "type=facility-inpatient" in visitor.url
    visitor.get_by_role("link", name="Remove filter: Facility inpatient").click()
    expect(visitor.locator(".results-head")).to_contain_text("2 jobs")
