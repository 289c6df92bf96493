"""Whole stories, word for word as a person acts, on a board where every part is real."""

import io

import pytest

from tests.candidates.files import pdf
from tests.factories import PASSWORD
from tests.journeys.conftest import POSTING

pytestmark = pytest.mark.slow
EMAIL = "erin@example.com"


@pytest.fixture
def employer(stranger, live):
    """Registered, confirmed, named, with a posting written."""
    stranger.goes_to("/hire").follows("Create an account").presses(
        "Create account", role="employer", name="Erin Mercer", email=EMAIL
    ).sees("Check your email to finish.")
    stranger.goes_to(live.link_in_letter(EMAIL, "/account/confirmations/"))
    stranger.presses("Confirm my address", password=PASSWORD).sees("Who is hiring?")
    stranger.presses("Save", name="Prairie Urology Partners", kind="physician-practice")
    stranger.goes_to("/hire/postings/new").presses("All on one page")
    return stranger.presses("Save and preview", **POSTING)


def pay(employer, live) -> None:
    employer.follows("Go on to payment").presses("Pay $249")
    session_id = employer.path.rsplit("/", 1)[1]
    live.simulator.decline(session_id)
    employer.goes_to(live.simulator.pay(session_id)).sees("Payment received")


def test_an_employer_posts_and_pays(employer, live):
    employer.sees("Urology profee coder", "$27.60–$33.00 an hour", "from $0.92–$1.10 a chart at 30")
    pay(employer, live)
    employer.follows("Go to the posting").sees("In review")
    assert live.link_in_letter(EMAIL, "/hire/checkouts/")  # the receipt


def test_a_moderator_turns_it_down_and_then_approves(employer, moderator, stranger, live):
    pay(employer, live)
    moderator.goes_to("/staff/review").follows("Urology profee coder")
    moderator.presses("Turn it down", reason="").sees("There is something to put right")
    moderator.presses("Turn it down", reason="pay-unclear", words="Is the bonus in it?")
    employer.goes_to(live.link_in_letter(EMAIL, "/hire/postings/")).sees("Is the bonus in it?")
    employer.follows("Edit and send again").presses("Save and preview")
    employer.follows("Go on to payment").presses("Use one credit").sees("In review")
    moderator.goes_to("/staff/review").follows("Urology profee coder").presses("Approve")
    employer.goes_to("/jobs?q=urology").follows("Urology profee coder").sees("an hour")


def test_a_visitor_searches(listing, stranger):
    stranger.goes_to("/").presses("Search", q="profee encountr", where="")
    stranger.goes_to("/jobs?q=urology&state=TX").follows("Profee coder, urology")
    stranger.sees("$24.00–$31.00 an hour", "Do you qualify?")
    stranger.presses("Tell me", state="IA").sees("Iowa")
    stranger.goes_to("/jobs?q=urology&state=CA").sees("No jobs match all of that")
    stranger.goes_to("/jobs?pay=40").sees("0 jobs")


def test_a_candidate_applies_and_hears_back(listing, candidate, signed_in, live):
    posting, owner = listing
    candidate.goes_to("/jobs?q=urology").follows("Profee coder, urology").follows("Apply")
    candidate.presses("Send application", note="Nine years.").sees("Choose a file.", "Nine years.")
    candidate.presses("Send application", note="Nine years.", file=(io.BytesIO(pdf()), "ada.pdf"))
    candidate.sees("What happened", "ada.pdf")

    employer = signed_in(owner).goes_to(f"/hire/postings/{posting.id}/applications")
    employer.follows("Person").does_not_see(candidate.email).presses("Shortlist")
    employer.sees(candidate.email)
    candidate.goes_to(live.link_in_letter(candidate.email, "/me/applications/"))
    candidate.sees("Shortlisted").presses("Withdraw application").sees("Withdrawn")
    employer.goes_to(employer.path).sees("withdrew this application").does_not_see("ada.pdf")


def test_a_posting_ends_everywhere_at_once(listing, candidate, stranger, signed_in):
    posting, owner = listing
    signed_in(owner).goes_to(f"/hire/postings/{posting.id}").presses("Mark as filled")
    for place in ("/jobs", "/", "/feeds/jobs.atom", "/sitemaps/jobs-1.xml"):
        assert stranger.goes_to(place).status in (200, 404)
        stranger.does_not_see("Profee coder, urology")
    page = f"/jobs/{posting.id}-profee-coder-urology"
    assert stranger.goes_to(page).status == 410
    assert candidate.goes_to(f"{page}/apply").status == 410
