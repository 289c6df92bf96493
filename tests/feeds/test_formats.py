"""The same listings as Atom, JSON Feed and RSS, and all of them as one catalogue."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import pytest

from careercenter.feeds import queries
from careercenter.postings.models import Place, PostingStatus
from careercenter.taxonomy.pay import Pay
from tests.factories import make_employer, make_posting

JOB = "{http://localhost/feeds}"
FEEDS = ["/feeds/jobs.atom", "/feeds/jobs.json", "/feeds/jobs.rss"]
HERE = Place("Waterloo", "IA", "50701", 42.5, -92.3)


def items(answer) -> list[ET.Element]:
    return ET.fromstring(answer.data).findall("channel/item")


def test_a_json_feed_says_what_the_standard_asks(visitor, session):
    posting = make_posting(session, pay=Pay("hour", 2400, 3150))
    answer = visitor.get("/feeds/jobs.json?specialty=urology")
    assert answer.mimetype == "application/feed+json"
    feed = answer.json
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "http://localhost/feeds/jobs.json?specialty=urology"
    assert feed["home_page_url"] == "http://localhost/jobs?specialty=urology"
    (item,) = feed["items"]
    assert item["id"] == f"tag:localhost,2026:job/{posting.id}"
    assert item["authors"] == [{"name": posting.employer.name}]
    assert (item["_job"]["hourlyLow"], item["_job"]["hourlyHigh"]) == ("24.00", "31.50")
    assert item["content_text"]


def test_an_rss_item_keeps_its_guid_and_says_pay_and_place(visitor, session, now):
    posting = make_posting(session, setting="onsite", states=(), place=HERE, title="R&D <b>")
    (item,) = items(visitor.get("/feeds/jobs.rss"))
    assert item.find("guid").text == f"tag:localhost,2026:job/{posting.id}"
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.find("title").text.startswith("R&D <b>")
    posted = posting.published_at.replace(microsecond=0)
    assert parsedate_to_datetime(item.find("pubDate").text) == posted
    assert item.find(f"{JOB}city").text == "Waterloo"
    assert "$24.00–$31.00 an hour" in item.find(f"{JOB}pay").text


def test_an_atom_entry_has_the_fields_too(visitor, session):
    make_posting(session, setting="onsite", states=(), place=HERE)
    entry = ET.fromstring(visitor.get("/feeds/jobs.atom").data).find(
        "{http://www.w3.org/2005/Atom}entry"
    )
    assert (entry.find(f"{JOB}hourlyHigh").text, entry.find(f"{JOB}zip").text) == ("31.00", "50701")


def test_the_three_feeds_hold_the_same(visitor, session):
    for number in range(3):
        make_posting(session, title=f"Number {number}")
    json_ids = [item["id"] for item in visitor.get("/feeds/jobs.json").json["items"]]
    rss_ids = [item.find("guid").text for item in items(visitor.get("/feeds/jobs.rss"))]
    assert len(json_ids) == 3
    assert json_ids == rss_ids


def test_a_feed_is_titled_by_what_was_searched(visitor, session):
    make_posting(session)
    title = visitor.get("/feeds/jobs.json?where=remote&cred=cpc").json["title"]
    assert "CPC" in title
    assert "Remote" in title


@pytest.mark.parametrize("path", [*FEEDS, "/feeds/listings.jsonld"])
def test_a_feed_that_did_not_change_is_not_sent_again(visitor, session, path):
    make_posting(session)
    first = visitor.get(path)
    by_tag = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})
    by_date = visitor.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    head = visitor.head(path)
    assert (by_tag.status_code, by_date.status_code, by_tag.data) == (304, 304, b"")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("path", [*FEEDS, "/feeds/listings.jsonld"])
def test_a_newer_listing_is_sent(visitor, session, path, now):
    make_posting(session, now=now - timedelta(days=2))
    first = visitor.get(path)
    make_posting(session, title="Newer")
    again = visitor.get(
        path,
        headers={
            "If-None-Match": first.headers["ETag"],
            "If-Modified-Since": first.headers["Last-Modified"],
        },
    )
    assert (again.status_code, b"Newer" in again.data) == (200, True)


@pytest.mark.parametrize("path", [*FEEDS, "/feeds/listings.jsonld", "/sitemaps/jobs-1.xml"])
def test_what_is_large_is_sent_compressed(visitor, session, path):
    employer = make_employer(session)
    for _ in range(10):
        make_posting(session, employer=employer)
    answer = visitor.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"


def test_an_empty_feed_has_a_date(visitor):
    answer = visitor.get("/feeds/jobs.json")
    assert answer.json["items"] == []
    assert answer.last_modified == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_catalogue_comes_in_pages_that_hold_all_that_is_live(visitor, session, monkeypatch):
    monkeypatch.setattr(queries, "A_PAGE", 2)
    made = [make_posting(session) for _ in range(5)]
    make_posting(session, PostingStatus.CLOSED)
    found, path = [], "/feeds/listings.jsonld"
    while path:
        page = visitor.get(path)
        found += [item["item"]["url"] for item in page.json["dataFeedElement"]]
        path = page.json.get("next", "").removeprefix("http://localhost")
        assert ('rel="next"' in page.headers.get("Link", "")) == bool(path)
    assert found == [f"http://localhost/jobs/{p.id}-{p.slug}" for p in made]


def test_the_catalogue_is_in_schema_orgs_words_and_says_its_terms(visitor, session):
    make_posting(session)
    make_posting(session, setting="offshore", states=(), title="Abroad")
    page = visitor.get("/feeds/listings.jsonld")
    assert page.mimetype == "application/ld+json"
    assert page.json["license"] == "http://localhost/feeds"
    first, abroad = [element["item"] for element in page.json["dataFeedElement"]]
    assert first["@type"] == "JobPosting"
    assert first["baseSalary"]["value"]["maxValue"] == 31
    assert abroad["name"] == "Abroad"


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "٣", ""])
def test_a_strange_page_of_the_catalogue_is_a_page(visitor, session, after):
    assert visitor.get(f"/feeds/listings.jsonld?after={after}").status_code == 200


def test_pages_name_their_feeds(visitor, session):
    posting = make_posting(session)
    search = visitor.get("/jobs?specialty=urology").text
    for path in FEEDS:
        assert f'href="{path}?specialty=urology"' in search
    employer = visitor.get(f"/employers/{posting.employer.slug}").text
    assert f'href="/feeds/jobs.rss?employer={posting.employer.slug}"' in employer


def test_the_terms_are_on_a_page(visitor):
    page = visitor.get("/feeds").text
    assert "link each one to its address here" in page
    assert "/feeds/listings.jsonld" in page


def test_what_was_sent_compressed_is_known_again(visitor, session):
    employer = make_employer(session)
    for _ in range(10):
        make_posting(session, employer=employer)
    first = visitor.get("/feeds/jobs.rss", headers={"Accept-Encoding": "gzip"})
    known = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    assert visitor.get("/feeds/jobs.rss", headers=known).status_code == 304
