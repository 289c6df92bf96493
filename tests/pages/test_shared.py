"""What pages say of themselves to search engines and whoever shares them."""

import json
import re
from pathlib import Path

import pytest

from careercenter.postings.models import PostingStatus
from careercenter.taxonomy.pay import Pay
from tests.factories import make_employer, make_posting

PAGES = [
    "/",
    "/jobs",
    "/employers",
    "/feeds",
    "/jobs/for",
    "/jobs/map?view=remote",
    "/jobs/for/cpc",
]


def meta(page, name) -> str:
    return re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)"', page)[1]


def canonical(page) -> str:
    (address,) = re.findall(r'<link rel="canonical" href="([^"]+)">', page)
    return address


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_address_and_a_card(visitor, path):
    page = visitor.get(path).text
    assert canonical(page) == meta(page, "og:url") == f"http://localhost{path}"
    assert meta(page, "og:title")
    assert meta(page, "og:description")
    assert meta(page, "twitter:card") == "summary_large_image"


def test_listings_and_employers_have_one_address_too(visitor, session):
    posting = make_posting(session)
    for path in (f"/jobs/{posting.id}-{posting.slug}", f"/employers/{posting.employer.slug}"):
        assert canonical(visitor.get(f"{path}?utm_source=x").text) == f"http://localhost{path}"


def test_a_search_keeps_its_own_address(visitor, session):
    make_posting(session)
    page = visitor.get("/jobs?cred=cpc&utm_source=x&pay=20").text
    assert canonical(page) == "http://localhost/jobs?cred=cpc&amp;pay=20"


def test_the_picture_is_ours_and_small(visitor):
    address = meta(visitor.get("/").text, "og:image").removeprefix("http://localhost")
    picture = Path(__file__).parents[2] / "static/img/social.png"
    assert address.endswith("/img/social.png")
    assert picture.stat().st_size <= 60_000
    assert picture.read_bytes()[16:24] == (1200).to_bytes(4) + (630).to_bytes(4)


def test_the_front_page_says_how_to_search(visitor):
    found = re.findall(r"ld\+json\">(.*?)</script>", visitor.get("/").text)
    site, organization = map(json.loads, found)
    assert site["potentialAction"]["target"]["urlTemplate"].startswith("http://localhost/jobs?q=")
    assert organization["url"] == "http://localhost/"


def test_the_front_page_leads_to_popular_topics_and_the_map(visitor, session):
    for _ in range(3):
        make_posting(session)
    page = visitor.get("/").text
    for path, count in (("cpc", 3), ("urology", 3), ("iowa", 3)):
        assert re.search(rf'href="/jobs/for/{path}"><span>[^<]+</span> <b>{count}</b>', page)
    assert 'href="/jobs/map"' in page
    assert 'href="/jobs/for"' in page


def test_an_employers_page_tells_the_middle_of_what_it_pays(visitor, session):
    employer = make_employer(session)
    for number in range(5):
        make_posting(session, employer=employer, pay=Pay("hour", 2000, 3000 + number * 100))
    page = visitor.get(f"/employers/{employer.slug}").text
    assert "pays up to <b>$31.00–$33.00</b> an hour" in page
    assert "noindex" not in page


def test_an_employer_without_live_listings_is_not_indexed(visitor, session):
    posting = make_posting(session, PostingStatus.CLOSED)
    assert "noindex" in visitor.get(f"/employers/{posting.employer.slug}").text
