"""An employer that keeps its name back is named on no page that the public can read."""

import pytest

from careercenter.accounts.models import Role
from careercenter.postings.models import Disclosure
from tests.factories import make_employer, make_posting, make_user

PATHS = [
    *("/", "/jobs", "/jobs?q=Secretive", "/employers"),
    *("/jobs/suggestions?q=secr", "/feeds/jobs.atom", "/feeds/jobs.json", "/feeds/jobs.rss"),
    *("/feeds/indeed.xml", "/feeds/linkedin.xml"),
    *("/feeds/listings.jsonld", "/sitemaps/jobs-1.xml", "/jobs/for/urology", "/jobs/map"),
    *("{url}", "{url}?state=TX", "/jobs/hidden/{id}", "/jobs/recent"),
]


@pytest.fixture
def posting(session):
    employer = make_employer(
        session,
        slug="secretive-clinic",
        name="Secretive Clinic",
        about="We are the Secretive Clinic.",
        website="https://secretive.example",
    )
    hidden = Disclosure(confidential=True)
    for number in range(6):
        posting = make_posting(
            session, employer=employer, title=f"Coder {number}", disclosure=hidden
        )
    return posting


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("down", [False, True])
def test_no_public_page_names_it(visitor, listings, posting, path, down):
    url = f"/jobs/{posting.id}-{posting.slug}"
    visitor.get(url)  # so that it was seen
    listings.down = down
    page = visitor.get(path.format(url=url, id=posting.id)).text
    for word in ("Secretive Clinic", "secretive-clinic", "secretive.example"):
        assert word not in page, word


def test_its_listing_says_that_the_name_is_kept_back(visitor, posting):
    page = visitor.get(f"/jobs/{posting.id}-{posting.slug}").text
    assert "Confidential employer" in page
    assert "The employer keeps its name from the public. Our moderators know it." in page
    assert '"hiringOrganization": "confidential"' in page.replace('":"', '": "')


def test_it_has_no_page_and_is_on_no_map(visitor, posting):
    assert visitor.get("/employers/secretive-clinic").status_code == 404
    assert visitor.get("/sitemaps/employers-1.xml").status_code in (200, 404)
    assert "secretive" not in visitor.get("/sitemaps/employers-1.xml").text


def test_searching_by_its_address_finds_nothing(visitor, posting):
    assert f"{posting.id}-{posting.slug}" not in visitor.get("/jobs?employer=secretive-clinic").text


def test_who_applies_is_not_told_either(client, session, posting):
    client.sign_in(make_user(session, Role.CANDIDATE))
    page = client.get(f"/jobs/{posting.id}-{posting.slug}/apply").text
    assert "Confidential employer" in page
    assert "Secretive" not in page


def test_one_named_posting_shows_the_employer_but_not_what_is_confidential(visitor, posting):
    make_posting(visitor.session, employer=posting.employer, title="Named coder")
    page = visitor.get("/employers/secretive-clinic").text
    assert "Named coder" in page
    assert "Coder 5" not in page
