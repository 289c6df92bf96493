"""What a coder can do with the search page beyond words."""

import re
from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from careercenter.employers.models import Delivery
from careercenter.insights.search_log import SearchLog
from careercenter.listings.forms import SearchForm
from careercenter.listings.models import Visitor
from careercenter.listings.queries import ANYBODY, Reference, find_listings
from careercenter.postings.models import CodingTest, Conditions, Equipment, Place
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement, parse
from tests.factories import make_employer, make_posting
from tests.listings.test_views import titles, total

WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)
CHICAGO = Place("Chicago", "IL", "60601", 41.88, -87.62)


@pytest.fixture
def find(app, session, listings, now):
    """A search as some visitor asks it."""

    def find(address: dict[str, str] | None = None, visitor: Visitor = ANYBODY):
        criteria = SearchForm(MultiDict(address or {})).criteria()
        known = Reference(app.extensions["places"], app.extensions["codes"])
        return find_listings(listings, session, criteria, known, now, visitor=visitor)

    return find


def test_a_code_is_read_and_narrows_by_specialty(visitor, session):
    make_posting(session, title="Wanted", specialties=("urology",))
    make_posting(session, specialties=("cardiology",))
    page = visitor.get("/jobs?q=50706")
    assert titles(page) == ["Wanted"]
    assert "CPT number in the ureter range → Urology" in page.text
    assert "Also: ZIP code of Waterloo, IA" in page.text
    assert "/jobs?q=50706&amp;as=words" in page.text


def test_a_code_can_be_read_as_a_place_or_as_words(visitor, session):
    make_posting(session, title="There", setting="onsite", place=WATERLOO, states=())
    make_posting(session, title="Elsewhere", setting="onsite", place=CHICAGO, states=())
    make_posting(session, title="Says it", description="We code 50706 all day. " * 10)
    assert titles(visitor.get("/jobs?q=50706&as=zip")) == ["There"]
    assert titles(visitor.get("/jobs?q=50706&as=words")) == ["Says it"]


@pytest.mark.parametrize("typed", ["N13.5", "n135", "0T768DZ", "C61"])
def test_codes_of_every_kind_lead_to_their_specialty(visitor, session, typed):
    types = ("facility-inpatient",)
    make_posting(session, title="Wanted", specialties=("urology",), coding_types=types)
    make_posting(session, specialties=("cardiology",), coding_types=types)
    assert titles(visitor.get(f"/jobs?q={typed}")) == ["Wanted"]


def test_what_was_chosen_stands_beside_a_code(visitor, session):
    make_posting(session, title="Wanted", specialties=("cardiology",))
    make_posting(session, specialties=("urology",))
    assert titles(visitor.get("/jobs?q=50706&specialty=cardiology")) == ["Wanted"]


def test_words_beside_a_code_are_searched_for(visitor, session):
    make_posting(session, title="Senior coder", specialties=("urology",))
    make_posting(session, title="Junior coder", specialties=("urology",))
    assert titles(visitor.get("/jobs?q=50706+senior")) == ["Senior coder"]


def test_a_code_that_finds_nothing_is_offered_in_parts(visitor, session):
    make_posting(session, specialties=("urology",), coding_types=("profee",))
    page = visitor.get("/jobs?q=DRG+661").text
    assert "No jobs match all of that" in page
    assert re.search("Any [^<]*Urology", page)


def test_a_lane_a_reading_and_the_like_outlast_a_filter_that_is_ticked(visitor, session):
    make_posting(session)
    page = visitor.get("/jobs?q=60601&as=zip&fit=today&hidden=show&explain=1").text
    for name, value in (("fit", "today"), ("hidden", "show"), ("explain", "1"), ("as", "zip")):
        assert f'<input type="hidden" name="{name}" value="{value}" form="search">' in page
    assert "&#34;as&#34;: &#34;zip&#34;" in page  # what a ticked filter sends with script


def test_a_word_of_the_trade_is_no_beginning_of_another(visitor, session):
    make_posting(session, title="Physician educator", specialties=(), coding_types=("profee",))
    make_posting(session, title="ED coder", specialties=("emergency-medicine",))
    page = visitor.get("/jobs?q=ED").text
    assert "ED coder" in page
    assert "Physician educator" not in page
    assert "Physician educator" in visitor.get("/jobs?q=educ").text


def test_who_looks_for_ccs_does_not_get_ccs_p(visitor, session):
    for slug in ("ccs", "ccs-p"):
        required = Requirement(((Alternative(slug, None),),))
        make_posting(session, title=f"Asks for {slug}", required=required, description="x " * 80)
    page = visitor.get("/jobs?q=CCS").text
    assert "Asks for ccs<" in page
    assert "Asks for ccs-p<" not in page


def test_a_word_that_finds_nothing_can_be_left_out(visitor, session):
    make_posting(session, title="Inpatient coder")
    page = visitor.get("/jobs?q=asdfghj+coder").text
    assert "Without “asdfghj”" in page


def test_remote_and_a_setting_that_is_not_find_nothing_together(visitor, session):
    make_posting(session, setting="hybrid", states=())
    make_posting(session, title="At home", setting="remote-us", states=())
    assert "No jobs match all of that" in visitor.get("/jobs?where=remote&setting=hybrid").text
    assert "At home" in visitor.get("/jobs?where=remote&setting=remote-us").text


def test_what_is_no_utf8_is_refused(visitor):
    assert visitor.get("/jobs?q=%ff").status_code == 400


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("level=mid", "Said"),
        ("shift=days", "Said"),
        ("equipment=own", "Said"),
        ("test=yes-paid", "Said"),
        ("software=epic", "Said"),
        ("codes=hedis", "Said"),
        ("city=waterloo-ia", "Said"),
        ("kind=asc", "Said"),
        ("direct=no", "Said"),
        ("delivery=onshore", "Said"),
        ("direct=yes", "Silent"),
    ],
)
def test_every_facet_narrows(visitor, session, address, title):
    make_posting(
        session,
        title="Said",
        employer=make_employer(session, kind="asc", direct=False, delivery=Delivery.ONSHORE),
        conditions=Conditions("mid", 3, "days", Equipment.OWN, CodingTest.PAID),
        software=("epic",),
        code_sets=("hedis",),
        setting="onsite",
        place=WATERLOO,
        states=(),
    )
    make_posting(session, title="Silent")
    assert titles(visitor.get(f"/jobs?{address}")) == [title]


def test_employers_are_counted_and_searched_on_demand(visitor, session):
    for name in ("Lakeside", "Lakeview", "Mercy"):
        make_posting(session, employer=make_employer(session, name=name, slug=name.lower()))
    assert 'name="employer"' not in visitor.get("/jobs").text
    assert visitor.get("/jobs?more=employer").text.count('name="employer"') == 3
    page = visitor.get("/jobs?more=employer&find=lake").text
    assert re.findall(r'name="employer" value="([a-z]+)"', page) == ["lakeside", "lakeview"]
    assert "Nothing begins with" in visitor.get("/jobs?more=employer&find=zzz").text


def test_a_chosen_city_keeps_its_name(visitor, session):
    make_posting(session, setting="onsite", place=WATERLOO, states=())
    page = visitor.get("/jobs?city=waterloo-ia").text
    assert "Remove filter: </span>Waterloo, IA" in page
    assert 'value="waterloo-ia" form="search" checked' in page


def test_several_places_at_once(visitor, session):
    make_posting(session, title="One", setting="onsite", place=WATERLOO, states=())
    make_posting(session, title="Two", setting="onsite", place=CHICAGO, states=())
    make_posting(session, setting="remote-us", states=())
    assert sorted(titles(visitor.get("/jobs?where=50701;60601"))) == ["One", "Two"]
    assert sorted(titles(visitor.get("/jobs?where=50701&where=Chicago,+IL"))) == ["One", "Two"]


def test_posted_within_some_days(visitor, session, now):
    make_posting(session, title="New").published_at = now - timedelta(hours=3)
    make_posting(session, title="Old").published_at = now - timedelta(days=10)
    assert titles(visitor.get("/jobs?days=3")) == ["New"]
    assert total(visitor.get("/jobs?days=14")) == 2


def test_the_pay_is_drawn_and_written_down(visitor, session):
    make_posting(session, pay=Pay("hour", 2000, 2600))
    make_posting(session, pay=Pay("hour", 3000, 4600))
    page = visitor.get("/jobs?pay=40").text
    assert total(visitor.get("/jobs?pay=40")) == 1
    assert "<title>$25–$30 an hour: 1</title>" in page, "the least pay does not move the bars"
    assert re.search(r'<th scope="row">\$45–\$50</th><td class="number">1</td>', page)


def test_a_misspelt_word_is_corrected_and_said(visitor, session):
    make_posting(session, title="Outpatient surgery coder")
    page = visitor.get("/jobs?q=outpateint").text
    assert "No listing has “outpateint”, so we looked for “outpatient”." in page


def test_why_each_stands_where_it_does(visitor, session):
    make_posting(session, title="Outpatient coder")
    page = visitor.get("/jobs?q=outpatient&explain=1").text
    assert "1 word met, no typos, 1 in the title, fullness" in page
    assert "no typos" not in visitor.get("/jobs?q=outpatient").text


def test_why_names_what_the_chosen_sort_looks_at(visitor, session):
    pay = Pay("hour", 2400, 3150)
    make_posting(session, setting="onsite", place=WATERLOO, states=(), pay=pay)
    assert "pays up to $31.50 an hour, fullness" in visitor.get("/jobs?sort=pay&explain=1").text
    near = visitor.get("/jobs?where=50701&sort=distance&explain=1").text
    assert re.search(r"\d\.\d miles away, fullness", near)
    assert re.search(r"posted at \d\d:\d\d:\d\d UTC, ", visitor.get("/jobs?explain=1").text)


def test_the_specialty_that_a_code_means_comes_before_the_others(visitor, session):
    make_posting(session, title="Urology coder", specialties=("urology",))
    make_posting(session, title="IR coder", specialties=("interventional-radiology",))
    page = visitor.get("/jobs?q=50706&explain=1")
    assert titles(page) == ["Urology coder", "IR coder"]
    assert "Best match first: Urology before what else the code may mean" in page.text
    assert "the specialty that the code means, fullness" in page.text
    assert "a second specialty that the code means, fullness" in page.text
    assert titles(visitor.get("/jobs?q=50706&sort=newest")) == ["IR coder", "Urology coder"]


def test_related_searches_have_counts(visitor, session):
    make_posting(session, specialties=("electrophysiology",))
    make_posting(session, specialties=("interventional-cardiology",))
    page = visitor.get("/jobs?specialty=electrophysiology").text
    related = page.partition('aria-label="Related searches"')[2]
    assert "specialty=interventional-cardiology" in related


def test_a_wider_specialty_is_offered_when_nothing_is_found(visitor, session):
    make_posting(session, specialties=("interventional-cardiology",))
    page = visitor.get("/jobs?specialty=electrophysiology&apprentice=yes").text
    assert "Without “Apprentices welcome”" not in page
    page = visitor.get("/jobs?specialty=electrophysiology").text
    assert "All of Cardiology" in page


def test_searches_are_counted_once(visitor, app, session, monkeypatch):
    log = SearchLog(lambda: session)
    monkeypatch.setitem(app.extensions, "search_log", log)
    for path in ("/jobs?q=Cpc", "/jobs?q=cpc&page=1", "/jobs?q=cpc&page=2", "/jobs"):
        visitor.get(path)
    assert log._counts == {"cpc": (2, 2)}


def test_lanes_count_what_somebody_qualifies_for(find, session):
    make_posting(session, title="Today", required=parse("CPC"))
    make_posting(session, title="Nearly", required=parse("CPC and CRC"))
    make_posting(session, title="Other", required=parse("CCS and RHIA"))
    told = Visitor(credentials=("cpc",))
    found = find(visitor=told)
    assert {lane.text: lane.count for lane in found.lanes} == {
        "I qualify today": 1,
        "With one more credential": 1,
        "Apprentice lane": 0,
    }
    assert [card.title for card in find({"fit": "today"}, told).cards] == ["Today"]
    assert [card.title for card in find({"fit": "nearly"}, told).cards] == ["Nearly"]


def test_without_an_answer_there_are_no_lanes(find, session):
    make_posting(session)
    found = find({"fit": "today"})
    assert (found.lanes, found.total) == ((), 1)
    assert "tell us what you hold first" in found.notes[0]


def test_what_was_hidden_is_left_out_until_it_is_asked_for(find, session):
    one, two, three = (make_posting(session) for _ in range(3))
    visitor = Visitor(hidden=frozenset({one.id}), hidden_employers=frozenset({two.employer.slug}))
    assert [card.id for card in find(visitor=visitor).cards] == [three.id]
    assert find(visitor=visitor).hidden == 2
    assert find({"hidden": "show"}, visitor).total == 3


def test_new_since_the_last_visit(find, session, now):
    make_posting(session, title="Old").published_at = now - timedelta(days=9)
    make_posting(session, title="New").published_at = now - timedelta(days=1)
    visitor = Visitor(last_visit=now - timedelta(days=3))
    assert {card.title: card.new for card in find(visitor=visitor).cards} == {
        "New": True,
        "Old": False,
    }
    assert [card.title for card in find({"new": "1"}, visitor).cards] == ["New"]
