"""What machines read: well formed, true, and only what is live."""

import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest

from careercenter.feeds import queries
from careercenter.feeds.documents import atom
from careercenter.feeds.models import Entry, Feed
from careercenter.postings.models import PostingStatus
from tests.factories import make_employer, make_posting

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NASTY = "R&D ]]> </script> <b>\u202e é"


def entries(answer) -> list[ET.Element]:
    return ET.fromstring(answer.data).findall(f"{ATOM}entry")


def addresses(answer) -> list[str]:
    return [loc.text for loc in ET.fromstring(answer.data).iter(f"{MAP}loc")]


def test_the_feed_lists_what_is_live_the_newest_first(visitor, session, now):
    make_posting(session, title="Older", now=now - timedelta(days=2))
    make_posting(session, title="Newer")
    make_posting(session, PostingStatus.CLOSED, title="Closed")
    make_posting(session, title="Expired", expires_at=now - timedelta(seconds=1))
    answer = visitor.get("/feeds/jobs.atom")
    assert answer.mimetype == "application/atom+xml"
    assert [entry.find(f"{ATOM}title").text for entry in entries(answer)] == ["Newer", "Older"]


def test_an_entry_has_what_atom_asks_for(visitor, session):
    posting = make_posting(session)
    (entry,) = entries(visitor.get("/feeds/jobs.atom"))
    assert entry.find(f"{ATOM}id").text == f"tag:localhost,2026:job/{posting.id}"
    link = entry.find(f"{ATOM}link").get("href")
    assert link == f"http://localhost/jobs/{posting.id}-{posting.slug}"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == posting.employer.name
    assert entry.find(f"{ATOM}updated").text.endswith("Z")
    assert "an\N{NO-BREAK SPACE}hour" in entry.find(f"{ATOM}summary").text


def test_what_is_written_cannot_break_the_xml(visitor, session):
    make_posting(session, title=NASTY, employer=make_employer(session, name=NASTY))
    (entry,) = entries(visitor.get("/feeds/jobs.atom"))
    assert entry.find(f"{ATOM}title").text == NASTY
    assert entry.find(f"{ATOM}author/{ATOM}name").text == NASTY


def test_what_xml_cannot_say_is_left_out(now):
    entry = Entry("k", "http://x/", "a\x00b\x0bc\ufffe", "author", "text", now)
    body = atom(Feed("t", "key", "http://x/feed", "http://x/", "http://x/terms", (entry,)))
    assert ET.fromstring(body).find(f"{ATOM}entry/{ATOM}title").text == "abc"


def test_the_feed_takes_a_search(visitor, session):
    make_posting(session, title="Cardiology coder", specialties=("cardiology",))
    make_posting(session, title="Other")
    answer = visitor.get("/feeds/jobs.atom?specialty=cardiology&page=9&sort=pay&x=1")
    assert [entry.find(f"{ATOM}title").text for entry in entries(answer)] == ["Cardiology coder"]
    own = ET.fromstring(answer.data).find(f"{ATOM}link[@rel='self']").get("href")
    assert own == "http://localhost/feeds/jobs.atom?specialty=cardiology"


def test_the_feed_ends_at_fifty(visitor, session):
    employer = make_employer(session)
    for _ in range(51):
        make_posting(session, employer=employer)
    assert len(entries(visitor.get("/feeds/jobs.atom"))) == 50


def test_an_empty_feed_is_a_feed(visitor):
    feed = ET.fromstring(visitor.get("/feeds/jobs.atom").data)
    assert feed.find(f"{ATOM}updated").text == "2026-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "path",
    ["/feeds/jobs.atom", "/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/jobs-1.xml",
     "/sitemaps/employers-1.xml", "/sitemaps/topics-places.xml", "/robots.txt"],
)  # fmt: skip
def test_what_has_not_changed_is_not_sent_again(visitor, session, path):
    make_posting(session)
    first = visitor.get(path)
    again = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_a_listing_that_ends_changes_the_feed(visitor, session, now):
    posting = make_posting(session)
    first = visitor.get("/feeds/jobs.atom")
    posting.expires_at = now
    again = visitor.get("/feeds/jobs.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, entries(again)) == (200, [])


def test_the_sitemap_leads_to_every_live_listing_and_its_employer(visitor, session, now):
    live = make_posting(session)
    for status in (PostingStatus.CLOSED, PostingStatus.IN_REVIEW, PostingStatus.PAUSED):
        make_posting(session, status)
    make_posting(session, expires_at=now - timedelta(seconds=1))
    found = [
        address
        for file in addresses(visitor.get("/sitemap.xml"))
        for address in addresses(visitor.get(file.removeprefix("http://localhost")))
    ]
    listings = [address for address in found if re.search(r"/jobs/\d", address)]
    employers = [address for address in found if "/employers/" in address]
    assert listings == [f"http://localhost/jobs/{live.id}-{live.slug}"]
    assert employers == [f"http://localhost/employers/{live.employer.slug}"]
    for address in found:
        assert visitor.get(address.removeprefix("http://localhost")).status_code == 200


def test_the_sitemap_says_when_a_listing_came(visitor, session, now):
    make_posting(session, now=now - timedelta(days=3), expires_at=now + timedelta(days=3))
    answer = visitor.get("/sitemaps/jobs-1.xml")
    (changed,) = ET.fromstring(answer.data).iter(f"{MAP}lastmod")
    assert changed.text == (now - timedelta(days=3)).date().isoformat()


def test_a_listing_whose_words_are_newer_than_its_first_day_says_so(visitor, session, now):
    posting = make_posting(session, now=now - timedelta(days=3), expires_at=now + timedelta(days=3))
    posting.submitted_at = now
    (changed,) = ET.fromstring(visitor.get("/sitemaps/jobs-1.xml").data).iter(f"{MAP}lastmod")
    assert changed.text == now.date().isoformat()


def test_topics_are_in_the_sitemap_from_five_listings_on(visitor, session):
    employer = make_employer(session)
    for _ in range(5):
        make_posting(session, employer=employer, specialties=("urology",), states=("IA",))
    make_posting(session, employer=employer, specialties=("cardiology",), states=("TX",))
    found = addresses(visitor.get("/sitemaps/topics-specialties.xml"))
    start = "http://localhost/jobs/for/urology"
    assert found == [
        start, f"{start}/remote", f"{start}/remote-listed-states", f"{start}/iowa"
    ]  # fmt: skip
    places = addresses(visitor.get("/sitemaps/topics-places.xml"))
    assert "http://localhost/jobs/for/remote/iowa" in places
    assert "http://localhost/jobs/for/texas" not in places


def test_every_topic_in_the_sitemap_is_a_page_that_may_be_indexed(visitor, session):
    employer = make_employer(session)
    for _ in range(5):
        make_posting(session, employer=employer)
    for kind in ("credentials", "specialties", "roles", "places"):
        for address in addresses(visitor.get(f"/sitemaps/topics-{kind}.xml")):
            page = visitor.get(address.removeprefix("http://localhost"))
            assert (page.status_code, "noindex" in page.text) == (200, False), address


def test_while_nothing_can_be_counted_the_topics_are_asked_for_again(visitor, listings, session):
    make_posting(session)
    listings.down = True
    answer = visitor.get("/sitemaps/topics-places.xml")
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
    assert visitor.get("/sitemap.xml").status_code == 200


def test_a_long_sitemap_comes_in_files(visitor, session, monkeypatch):
    monkeypatch.setattr(queries, "A_FILE", 2)
    monkeypatch.setattr("careercenter.feeds.views.A_FILE", 2)
    employer = make_employer(session)
    for _ in range(5):
        make_posting(session, employer=employer)
    files = [file for file in addresses(visitor.get("/sitemap.xml")) if "/jobs-" in file]
    counts = [len(addresses(visitor.get(file.removeprefix("http://localhost")))) for file in files]
    assert counts == [2, 2, 1]


@pytest.mark.parametrize("path", ["/sitemaps/jobs-2.xml", "/sitemaps/jobs-0.xml",
                                  "/sitemaps/employers-2.xml", "/sitemaps/x-1.xml"])  # fmt: skip
def test_there_is_no_file_beyond_the_last(visitor, path):
    assert visitor.get(path).status_code == 404


def test_robots_are_told_where_the_sitemap_is_and_what_is_closed(visitor):
    told = visitor.get("/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in told
    assert "Disallow: /hire" in told
    assert "Disallow: /\n" not in told
