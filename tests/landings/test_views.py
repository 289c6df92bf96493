"""Landing pages: what they count, where they lead, and when they may be found."""

import json
import re

import pytest

from careercenter.postings.models import Apprentice, Place, PostingStatus
from careercenter.taxonomy.pay import Pay
from tests.factories import make_employer, make_posting

HERE = Place("Waterloo", "IA", "50701", 42.5, -92.3)


def make_some(session, count=5, **details):
    """Listings of one employer, paid up to $30, $31 … an hour."""
    employer = details.pop("employer", None) or make_employer(session)
    return [
        make_posting(
            session,
            employer=employer,
            **{"title": f"Some {n}", "pay": Pay("hour", 2000, 3000 + n * 100), **details},
        )
        for n in range(count)
    ]


def structured(page) -> list[dict]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    return [json.loads(data) for data in found]


def links(page) -> dict[str, str]:
    """Address → count, of all links that are counted."""
    found = re.findall(r'<a href="(/[^"]+)"><span>[^<]+</span> <b>([\d,]+)</b>', page.text)
    return {href.replace("&amp;", "&"): count for href, count in found}


def test_a_page_counts_and_shows_what_is_live(visitor, session):
    make_some(session, 22, specialties=("urology",))
    make_posting(session, PostingStatus.CLOSED, specialties=("urology",))
    make_posting(session, specialties=("cardiology",), title="Another")
    page = visitor.get("/jobs/for/urology")
    assert "<h1>Urology coding jobs</h1>" in page.text
    assert '<p class="stat-value">22</p><p class="stat-label">live jobs</p>' in page.text
    assert page.text.count('<article class="card') == 20
    assert "Another" not in page.text
    assert 'href="/jobs?specialty=urology">See all 22 jobs</a>' in page.text


@pytest.mark.parametrize(
    "path",
    ["cpc", "urology", "coder", "profee", "remote", "remote-listed-states", "iowa", "apprentice",
     "cpc/remote", "urology/texas", "coder/iowa", "profee/remote", "remote/iowa",
     "apprentice/iowa"],
)  # fmt: skip
def test_the_search_that_a_page_leads_to_finds_as_many(visitor, session, path):
    make_some(session, 3, apprentice=Apprentice.YES)
    make_some(session, 2, setting="onsite", states=(), specialties=(), role="biller")
    page = visitor.get(f"/jobs/for/{path}")
    search = re.search(r'href="(/jobs\?[^"]+)">Search in these', page.text)[1]
    count = re.search(r'<p class="stat-value">(\d+)', page.text)[1]
    assert f"<b>{count} job" in visitor.get(search.replace("&amp;", "&")).text
    assert int(count) in (3, 5)


def test_every_counted_link_leads_to_as_many(visitor, session):
    make_some(session, 6, states=("IA", "TX"))
    make_some(session, 5, specialties=("cardiology",), setting="hybrid", states=())
    page = visitor.get("/jobs/for/cpc")
    found = links(page)
    assert found["/jobs/for/cpc/iowa"] == "6"
    assert found["/jobs?specialty=urology&cred=cpc"] == "6"
    for href, count in found.items():
        there = visitor.get(href).text
        assert f"<b>{count} job" in there or f'stat-value">{count}</p>' in there or (
            href.startswith("/employers/") and f"<span>{count}</span>" in there
        ), href  # fmt: skip


def test_pay_is_told_by_quartiles_of_what_is_paid(visitor, session):
    make_some(session, 8, specialties=("urology",))  # $30 to $37
    page = visitor.get("/jobs/for/urology").text
    assert "$31.00–$35.00" in page
    assert "Of 8 listings, by the top of each hourly range. Half pay up to $33.00 or more." in page


@pytest.mark.parametrize("count", range(5, 13))
def test_quartiles_are_the_ones_of_the_nearest_rank(visitor, session, count):
    tops = [3000 + n * 100 for n in range(count)]
    make_some(session, count)
    low, high = (tops[-(-count * quarter // 4) - 1] for quarter in (1, 3))
    assert f"${low / 100:.2f}–${high / 100:.2f}" in visitor.get("/jobs/for/cpc").text


def test_of_fewer_than_five_no_quartiles_are_told_and_nobody_indexes_them(visitor, session):
    make_some(session, 4)
    few = visitor.get("/jobs/for/cpc").text
    assert "the middle half" not in few
    assert '<meta name="robots" content="noindex, follow">' in few
    make_some(session, 1)
    assert "noindex" not in visitor.get("/jobs/for/cpc").text


def test_a_page_names_who_hires_most(visitor, session):
    make_some(session, 3, employer=make_employer(session, name="Mercy", slug="mercy"))
    make_some(session, 1, employer=make_employer(session, name="Lake", slug="lake"))
    page = visitor.get("/jobs/for/cpc")
    assert list(links(page).items())[:2] == [("/employers/mercy", "3"), ("/employers/lake", "1")]


def test_the_other_order_and_other_spellings_are_redirected(visitor):
    for path, right in (
        ("/jobs/for/texas/cpc", "/jobs/for/cpc/texas"),
        ("/jobs/for/CPC", "/jobs/for/cpc"),
        ("/jobs/for/ctr", "/jobs/for/ods-c"),
    ):
        answer = visitor.get(path)
        assert (answer.status_code, answer.location) == (308, right)


@pytest.mark.parametrize("path", ["nonsense", "cpc/nonsense", "cpc/cpc", "cpc/urology", "x" * 900])
def test_what_is_no_topic_is_not_found(visitor, path):
    assert visitor.get(f"/jobs/for/{path}").status_code == 404


def test_a_page_without_listings_leads_on(visitor):
    page = visitor.get("/jobs/for/cpc/iowa").text
    assert "None of these is live just now" in page
    assert "noindex" in page


def test_a_page_says_where_it_stands(visitor, session):
    posting = make_posting(session)
    page = visitor.get("/jobs/for/cpc/iowa")
    crumbs, items = structured(page)
    names = [item["name"] for item in crumbs["itemListElement"]]
    assert names == ["Jobs", "By topic", "CPC", "Iowa"]
    assert crumbs["itemListElement"][2]["item"] == "http://localhost/jobs/for/cpc"
    listed = f"http://localhost/jobs/{posting.id}-{posting.slug}"
    assert [item["url"] for item in items["itemListElement"]] == [listed]
    assert "JobPosting" not in page.text
    assert '<link rel="canonical" href="http://localhost/jobs/for/cpc/iowa">' in page.text
    assert 'type="application/feed+json"' in page.text


def test_few_statements_make_a_page(visitor, session, asked):
    make_some(session, 12)
    for path in ("/jobs/for/cpc/iowa", "/jobs/for", "/jobs/map"):
        asked.clear()
        visitor.get(path)
        assert len(asked) <= 8, path


def test_without_the_engine_a_page_says_so_and_shows_what_the_database_finds(
    visitor, listings, session
):
    make_some(session, 2, title="Still here")
    make_some(session, 1, specialties=("cardiology",), title="Something else")
    listings.down = True
    page = visitor.get("/jobs/for/urology/iowa").text
    assert "is not answering" in page
    assert page.count("Still here") >= 2
    assert "Something else" not in page


def test_the_directory_counts_every_topic_once(visitor, session):
    make_some(session, 3, states=("IA",))
    found = links(visitor.get("/jobs/for"))
    assert found["/jobs/for/cpc"] == "3"
    assert found["/jobs/for/remote"] == "3"
    assert found["/jobs/for/iowa"] == "3"
    assert "/jobs/for/texas" not in found
    for href, count in found.items():
        assert f'stat-value">{count}</p>' in visitor.get(href).text, href


def test_without_the_engine_the_directory_lists_all_uncounted(visitor, listings):
    listings.down = True
    page = visitor.get("/jobs/for").text
    assert 'href="/jobs/for/texas"' in page
    assert "is not answering" in page


def test_an_empty_board_has_an_empty_directory(visitor):
    assert "No jobs are live just now" in visitor.get("/jobs/for").text


def test_a_city_has_a_page_of_the_work_that_is_done_there(visitor, session):
    make_some(session, 5, setting="onsite", states=(), place=HERE)
    make_some(session, 2)
    page = visitor.get("/jobs/for/waterloo-ia").text
    assert "<h1>Medical coding jobs in Waterloo, IA</h1>" in page
    assert 'stat-value">5</p>' in page
    assert 'href="/jobs/for/waterloo-ia"' in visitor.get("/jobs/for").text


def test_without_the_engine_a_city_shows_its_own_and_no_others(visitor, session, listings):
    waterloo = Place("Waterloo", "IA", "50701", 42.47, -92.35)
    make_posting(session, title="There", setting="onsite", place=waterloo, states=())
    make_posting(session, title="Elsewhere")
    listings.down = True
    page = visitor.get("/jobs/for/waterloo-ia").text
    assert "There" in page
    assert "Elsewhere" not in page


def test_what_is_paid_is_drawn_with_a_table_behind(visitor, session):
    make_some(session, 6)  # $30 to $35
    page = visitor.get("/jobs/for/cpc").text
    assert '<th scope="row">$30–$34.99</th><td class="num" data-label="Listings">5</td>' in page
    assert '<th scope="row">$35–$39.99</th><td class="num" data-label="Listings">1</td>' in page
