"""The board in the XML of job search engines."""

from xml.etree import ElementTree

import pytest

from careercenter.listings.wording import listing_url, pay_words
from careercenter.postings.details import Disclosure
from careercenter.postings.models import Place, PostingStatus
from tests.factories import make_posting

PATHS = ["/feeds/indeed.xml", "/feeds/linkedin.xml"]


def jobs(client, path):
    root = ElementTree.fromstring(client.get(path).get_data(as_text=True))
    assert root.tag == "source"
    return [{child.tag: child.text for child in job} for job in root.iter("job")]


def test_indeed_gets_each_live_posting_with_what_it_asks_for(client, session):
    posting = make_posting(session, title="Coder & auditor", setting="onsite", states=())
    make_posting(session, PostingStatus.PAUSED)
    (job,) = jobs(client, PATHS[0])
    assert job["title"] == "Coder & auditor"
    assert job["referencenumber"] == job["requisitionid"] == str(posting.id)
    assert job["url"] == "http://localhost" + listing_url(posting.id, posting.slug)
    assert (job["company"], job["country"]) == (posting.employer.name, "US")
    assert job["salary"] == pay_words(posting)
    assert job["date"] == posting.published_at.isoformat(timespec="seconds")
    assert job["description"].startswith("<p>")
    assert "@" in job["email"]


def test_linkedin_gets_what_it_asks_for_and_how_many_to_expect(client, session):
    posting = make_posting(session)
    page = client.get(PATHS[1]).get_data(as_text=True)
    assert "<expectedJobCount><![CDATA[1]]></expectedJobCount>" in page
    (job,) = jobs(client, PATHS[1])
    assert {"partnerJobId", "company", "title", "description", "location", "applyUrl"} <= job.keys()
    assert job["partnerJobId"] == str(posting.id)
    assert job["location"].endswith("United States")


NUMBERS = [(PATHS[0], "referencenumber"), (PATHS[1], "partnerJobId")]


@pytest.mark.parametrize(("path", "name"), NUMBERS)
def test_each_place_is_a_row_with_a_number_of_its_own(client, session, path, name):
    more = (Place("Austin", "TX", "73301"), Place("Boise", "ID", "83701"))
    posting = make_posting(session, setting="onsite", states=(), more_places=more)
    numbers = [job[name] for job in jobs(client, path)]
    assert numbers == [str(posting.id), f"{posting.id}-1", f"{posting.id}-2"]
    if path == PATHS[1]:
        assert "<![CDATA[3]]></expectedJobCount>" in client.get(path).get_data(as_text=True)


@pytest.mark.parametrize("path", PATHS)
def test_no_text_breaks_out_and_no_entity_is_needed(client, session, path):
    evil = "]]></title><job>\x0b"
    make_posting(session, title=f"Coder {evil}", description="x ]]> &amp; <script> " * 20)
    page = client.get(path).get_data(as_text=True)
    (job,) = jobs(client, path)
    assert job["title"] == "Coder ]]></title><job>"
    assert not [line for line in page.splitlines() if "&" in line and "CDATA" not in line]


@pytest.mark.parametrize("path", PATHS)
def test_a_name_that_is_kept_back_stays_so(client, session, path):
    posting = make_posting(session, disclosure=Disclosure(confidential=True))
    assert posting.employer.name not in client.get(path).get_data(as_text=True)


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_board_is_a_feed_too(client, path):
    assert jobs(client, path) == []


@pytest.mark.parametrize("path", PATHS)
def test_more_than_a_page_of_the_database_comes_whole(client, session, path, monkeypatch):
    monkeypatch.setattr("careercenter.feeds.queries.A_PAGE", 2)
    for _ in range(5):
        make_posting(session)
    assert len(jobs(client, path)) == 5
