"""The search page, as visitors meet it."""

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from careercenter import clock
from careercenter.postings.models import Apprentice, Place, PostingStatus
from careercenter.taxonomy.pay import Pay
from tests.factories import make_employer, make_posting
from tests.listings.test_forms import NAMES, WORTH

WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)
TOTAL = re.compile(r'role="status"><b>([\d,]+) jobs?</b>')


def total(page) -> int:
    return int(TOTAL.search(page.text)[1])


def titles(page) -> list[str]:
    return re.findall(r'class="card-title"><a href="[^"]+">([^<]+)<', page.text)


def test_thousands_are_written_alike_all_over_the_page(app):
    with app.test_request_context():
        parts = app.jinja_env.from_string(
            '{% from "macros/layouts.html" import filters %}{% call filters(total) %}{% endcall %}'
        )
        assert ">Show 2,000 jobs</button>" in parts.render(total=2000)
        assert ">Show 1 job</button>" in parts.render(total=1)


def test_a_listing_is_found_by_a_misspelt_word(visitor, session):
    make_posting(session, title="Outpatient surgery coder")
    make_posting(session, title="Risk adjustment auditor")
    assert titles(visitor.get("/jobs?q=outpateint")) == ["Outpatient surgery coder"]


def test_a_card_says_what_decides(visitor, session):
    employer = make_employer(session, name="Mercy & Sons")
    make_posting(session, employer=employer, pay=Pay("year", 5_200_000, 6_240_000))
    page = visitor.get("/jobs").text
    assert "Mercy &amp; Sons" in page
    assert "$25.00–$30.00\N{NO-BREAK SPACE}an\N{NO-BREAK SPACE}hour" in page
    assert "$52,000–$62,400" in page
    assert "Asks for CPC or CCS-P." in page
    assert "IA, TX" in page


def test_filters_narrow_and_each_can_be_taken_away(visitor, session):
    make_posting(session, title="Wanted", specialties=("cardiology",), apprentice=Apprentice.YES)
    make_posting(session, specialties=("cardiology",))
    make_posting(session, specialties=("urology",), apprentice=Apprentice.YES)
    page = visitor.get("/jobs?specialty=cardiology&apprentice=yes")
    assert titles(page) == ["Wanted"]
    assert 'href="/jobs?apprentice=yes"' in page.text
    assert 'href="/jobs?specialty=cardiology"' in page.text
    assert total(visitor.get("/jobs?specialty=cardiology")) == 2


def test_counts_do_not_move_with_their_own_selection(visitor, session):
    make_posting(session, specialties=("cardiology",))
    make_posting(session, specialties=("urology",))
    page = visitor.get("/jobs?specialty=cardiology").text
    for slug in ("cardiology", "urology"):
        option = re.search(rf'<input[^>]+id="specialty-{slug}".*?</div>', page, re.S)[0]
        assert '<span class="count">1</span>' in option
        assert (" checked" in option) == (slug == "cardiology")


def test_a_facet_with_many_values_shows_eight_and_a_way_to_the_rest(visitor, session):
    make_posting(session, setting="remote-us", states=())
    page = visitor.get("/jobs?state=WY").text
    assert page.count('name="state"') == 9, "eight, and the one that is chosen"
    more = re.search(r'href="([^"]+)#facet-state"', page)[1].replace("&amp;", "&")
    assert visitor.get(more).text.count('name="state"') == 51


def test_the_state_one_lives_in_opens_remote_work_and_work_at_a_place(visitor, session):
    make_posting(session, title="Anywhere", setting="remote-us", states=())
    make_posting(session, title="In Waterloo", setting="onsite", place=WATERLOO, states=())
    make_posting(session, title="Texas", states=("TX",))
    page = visitor.get("/jobs?where=Iowa&sort=newest")
    assert set(titles(page)) == {"Anywhere", "In Waterloo"}
    assert "Jobs open to people in Iowa." in page.text


def test_near_a_zip_the_nearest_can_be_first(visitor, session):
    des_moines = Place("Des Moines", "IA", "50309", 41.59, -93.62)
    make_posting(session, title="Far", setting="onsite", place=des_moines, states=())
    make_posting(session, title="Near", setting="hybrid", place=WATERLOO, states=())
    page = visitor.get("/jobs?where=50701&miles=150&sort=distance")
    assert titles(page) == ["Near", "Far"]
    assert "Within 150 miles of Waterloo, IA." in page.text
    assert "miles away" in page.text or "mile away" in page.text
    assert titles(visitor.get("/jobs?where=50701")) == ["Near"]


def test_pay_counts_by_the_hour_whatever_the_unit(visitor, session):
    make_posting(session, title="Hourly", pay=Pay("hour", 2000, 2400))
    make_posting(session, title="Yearly", pay=Pay("year", 6_240_000, 7_280_000))
    assert titles(visitor.get("/jobs?pay=30")) == ["Yearly"]
    assert total(visitor.get("/jobs?pay=40000")) == 2


def test_the_default_order_depends_on_the_words_and_is_named(visitor, session):
    make_posting(session)
    page = visitor.get("/jobs?q=coder").text
    assert '<option value="" selected>best match</option>' in page
    assert "Best match first:" in page
    page = visitor.get("/jobs").text
    assert '<option value="" selected>newest</option>' in page
    assert "Newest first." in page


def test_an_unknown_value_is_left_out_and_said(visitor, session):
    make_posting(session)
    page = visitor.get("/jobs?specialty=alchemy&sort=__class__&miles=x&where=Xyzzy")
    assert total(page) == 1
    assert "We know no specialty “alchemy”, so it was left out." in page.text
    assert "We do not know the place “Xyzzy”" in page.text


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("/jobs?q=&where=", "/jobs"),
        ("/jobs?q=hcc&where=&days=&pay=", "/jobs?q=hcc"),
        ("/jobs?state=IA&state=&state=TX&sort=zz", "/jobs?state=IA&state=TX&sort=zz"),
    ],
)
def test_what_a_form_left_empty_stays_out_of_the_address(visitor, address, short):
    answer = visitor.get(address)
    assert (answer.status_code, answer.location) == (302, short)


def test_an_employer_that_there_is_not_is_left_out_and_said(visitor, session):
    employer = make_employer(session, slug="mercy")
    make_posting(session, employer=employer, title="Known")
    make_posting(session, title="Another")
    assert titles(visitor.get("/jobs?employer=mercy&employer=nobody")) == ["Known"]
    page = visitor.get("/jobs?employer=nobody")
    assert total(page) == 2
    assert "We know no employer “nobody”, so it was left out." in page.text
    assert '<link rel="canonical" href="http://localhost/jobs">' in page.text


def test_a_city_that_there_is_not_is_left_out_and_said(visitor, session):
    make_posting(session, setting="onsite", place=WATERLOO, states=())
    page = visitor.get("/jobs?city=xyzzy-ia")
    assert total(page) == 1
    assert "We know no city “xyzzy-ia”, so it was left out." in page.text
    assert total(visitor.get("/jobs?city=des-moines-ia")) == 0


def test_the_button_of_the_filters_leads_to_the_results(visitor, session):
    make_posting(session)
    page = visitor.get("/jobs").text
    assert 'form="search" formaction="#results">Show 1 job</button>' in page
    assert '<section class="results" id="results" tabindex="-1"' in page


def test_pages_hold_twenty_and_end(visitor, session):
    employer = make_employer(session)
    for _ in range(21):
        make_posting(session, employer=employer)
    assert len(titles(visitor.get("/jobs"))) == 20
    assert len(titles(visitor.get("/jobs?page=2"))) == 1
    assert visitor.get("/jobs?page=3").status_code == 404
    assert visitor.get("/jobs?page=99999999999").status_code == 404
    assert len(titles(visitor.get("/jobs?page=-1"))) == 20


def test_with_no_hit_fewer_words_are_tried_and_said(visitor, session):
    make_posting(session, title="Inpatient coder")
    page = visitor.get("/jobs?q=inpatient+zeppelin")
    assert titles(page) == ["Inpatient coder"]
    assert "No job has all of these words" in page.text


def test_with_no_hit_one_filter_less_is_offered(visitor, session):
    make_posting(session, setting="hybrid", place=WATERLOO, states=())
    page = visitor.get("/jobs?setting=onsite&state=IA").text
    assert "No jobs match all of that" in page
    assert 'href="/jobs?state=IA" rel="nofollow">Without “On site”</a>: 1 job' in page


def test_when_the_engine_is_down_the_database_answers_and_says_so(visitor, listings, session):
    make_posting(session, title="Inpatient coder")
    make_posting(session, title="Biller")
    listings.down = True
    page = visitor.get("/jobs?q=inpatient&setting=remote-listed-states")
    assert titles(page) == ["Inpatient coder"]
    assert "Our search engine is not answering" in page.text
    assert 'value="remote-listed-states" form="search" checked' in page.text


def test_what_is_no_longer_live_never_shows(visitor, listings, session, monkeypatch):
    """Even if the index still had it."""
    posting = make_posting(session)
    visitor.get("/jobs")
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert titles(visitor.get("/jobs")) == []
    assert posting.status is PostingStatus.PUBLISHED


def test_a_search_takes_few_statements(visitor, session, asked):
    for _ in range(20):
        make_posting(session, specialties=("urology", "cardiology"))
    visitor.get("/jobs?q=urology")
    session.expunge_all()
    asked.clear()
    visitor.get("/jobs?q=urology&employer=x")
    assert len(asked) <= 6


def test_htmx_gets_what_the_page_holds_without_its_frame(visitor, session):
    make_posting(session)
    part = visitor.get("/jobs", headers={"HX-Request": "true"})
    assert 'id="main"' in part.text
    assert "site-head" not in part.text
    assert "HX-Request" in part.headers["Vary"]


def test_a_visitors_page_has_no_token_and_an_etag(visitor, session):
    page = visitor.get("/jobs")
    assert "csrf_token" not in page.text
    assert "Set-Cookie" not in page.headers
    again = visitor.get("/jobs", headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304


def test_a_filtered_search_is_not_for_search_engines(visitor):
    assert 'content="noindex, follow"' in visitor.get("/jobs?q=x").text
    assert "noindex" not in visitor.get("/jobs").text


@hypothesis(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(st.text(), st.sampled_from(WORTH)))))
def test_no_address_breaks_the_page(visitor, pairs):
    pairs = [(name, value.encode("utf-8", "ignore").decode()) for name, value in pairs]
    blank = any(value == "" for _, value in pairs)
    expected = (302, 400) if blank else (200, 400, 404)
    assert visitor.get("/jobs", query_string=pairs).status_code in expected


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "{{7*7}}", '"><b>', "]]>"])
def test_what_is_typed_is_shown_as_it_was_typed(visitor, value):
    page = visitor.get("/jobs", query_string={"q": value, "where": value, "specialty": value})
    assert "<script>alert" not in page.text
    assert '"><b>"' not in page.text
