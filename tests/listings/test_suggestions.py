"""Suggestions: what is offered for a beginning, in which order, and as which page."""

import re
from html import unescape

import pytest

from careercenter.listings.index import Facet
from careercenter.listings.suggestions import (
    MOST,
    MOST_OF_A_KIND,
)
from careercenter.postings.models import Place
from careercenter.taxonomy.requirements import parse
from tests.factories import make_employer, make_posting

FRAGMENT = {"HX-Request": "true"}
WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)
OPTION = re.compile(
    r'<li id="([^"]+)" role="option" aria-selected="false" data-(to|fill)="([^"]+)"'
)


def labels(found):
    return [one.label for one in found]


def options(page):
    return [(kind, unescape(value)) for _, kind, value in OPTION.findall(page.text)]


@pytest.mark.parametrize(
    ("typed", "label", "kind", "query"),
    [
        ("uro", "Urology", "Specialty", "specialty=urology"),
        ("IR", "Interventional radiology", "Specialty", "specialty=interventional-radiology"),
        ("peds", "Pediatrics", "Specialty", "specialty=pediatrics"),
        ("ccsp", "CCS-P", "Credential", "cred=ccs-p"),
        ("CCS-P", "CCS-P", "Credential", "cred=ccs-p"),
        ("certified urology", "CUC", "Credential", "cred=cuc"),
        ("cpc-h", "COC", "Credential", "cred=coc"),
        ("auditor", "Coding auditor", "Role", "role=coding-auditor"),
        ("clinical documentation imp", "CDI specialist", "Role", "role=cdi-specialist"),
        ("profee", "Professional fee", "Coding type", "type=profee"),
        ("hcc", "Risk adjustment (HCC)", "Coding type", "type=risk-adjustment"),
        ("e/m", "E/M leveling", "Coding type", "type=em-leveling"),
        ("waterl", "Waterloo, IA", "Place", "where=Waterloo%2C+IA"),
        ("st. louis", "Saint Louis, MO", "Place", "where=Saint+Louis%2C+MO"),
        ("ia", "Iowa", "State", "where=Iowa"),
        ("wfh", "Remote", "Place", "where=Remote"),
        ("50701", "50701", "ZIP code", "where=50701"),
        ("N13.5", "N13.5", "ICD-10-CM code", "q=N13.5"),
        ("n135", "N13.5", "ICD-10-CM code", "q=N13.5"),
        ("drg 661", "DRG 661", "MS-DRG", "q=DRG+661"),
        ("5070", "50600–50980", "CPT", "q=50600%E2%80%9350980"),
        ("j927", "J9000–J9999", "HCPCS code", "q=J9000%E2%80%93J9999"),
    ],
)
def test_everything_a_coder_types_is_suggested(suggest, listings, typed, label, kind, query):
    listings.down = True  # without counts all there is may be meant
    found = {(one.label, one.kind): one for one in suggest(typed)}
    assert found[label, kind].query == query


def test_each_suggestion_leads_to_a_search(suggest, visitor, session):
    make_posting(session)
    for typed in ("ur", "co", "50", "n1", "ia", "lake", "drg 66", "re"):
        for one in suggest(typed):
            assert visitor.get(f"/jobs?{one.query}").status_code == 200
            assert "We know no" not in visitor.get(f"/jobs?{one.query}").text, one


@pytest.mark.parametrize("typed", ["", "u", " ", "()", "%", "x" * 200, '"', "\N{SNOWMAN}"])
def test_too_little_or_nonsense_suggests_nothing(suggest, suggest_where, typed):
    assert suggest(typed) == suggest_where(typed) == ()


def test_what_is_named_exactly_so_comes_first(suggest, session):
    irving = make_employer(session, name="Irving Health", slug="irving-health")
    make_posting(session, specialties=("interventional-radiology",))
    make_posting(session, employer=irving)
    make_posting(session, employer=irving)
    assert labels(suggest("ir"))[:2] == ["Interventional radiology", "Irving Health"]


def test_a_label_that_begins_so_comes_before_a_word_that_does(suggest, session):
    make_posting(session, specialties=("cardiology",))
    for _ in range(2):
        make_posting(session, specialties=("interventional-cardiology",))
    make_posting(session, specialties=("cardiothoracic-surgery",))
    found = labels(suggest("cardio"))
    assert found[0] == "Cardiology", "it is called cardio, and holds the interventional ones"
    assert found.index("Cardiothoracic surgery") < found.index(
        "Interventional & structural cardiology"
    )


def test_the_more_live_listings_the_earlier(suggest, session):
    make_posting(session, specialties=("neurosurgery",))
    for _ in range(2):
        make_posting(session, specialties=("neurology",))
    found = [(one.label, one.jobs) for one in suggest("neu")]
    assert found[:2] == [("Neurology", 2), ("Neurosurgery", 1)]


def test_what_has_no_live_listing_is_not_offered(suggest, suggest_where, session):
    make_posting(session, specialties=("urology",), setting="onsite", states=(), place=WATERLOO)
    assert {one.kind for one in suggest("uro")} == {"Specialty", "Title"}, "no CUC"
    assert "Urogynecology" not in labels(suggest("uro"))
    assert [one.kind for one in suggest("des moi")] == []
    assert labels(suggest_where("des moi"))[0] == "Des Moines, IA", "people may live there"


def test_no_kind_takes_more_than_four_of_ten(suggest, session):
    for n in range(6):
        employer = make_employer(session, name=f"Coastal Care {n}", slug=f"coastal-care-{n}")
        make_posting(session, employer=employer)
    for typed in ("co", "ce", "ca", "50", "new"):
        found = suggest(typed)
        kinds = [one.kind for one in found]
        assert len(found) <= MOST
        assert all(kinds.count(kind) <= MOST_OF_A_KIND for kind in kinds)
    assert [one.kind for one in suggest("coast")].count("Employer") == MOST_OF_A_KIND


def test_an_employer_is_named_as_it_writes_itself(suggest, session):
    employer = make_employer(session, name="St. Luke’s Café", slug="st-lukes-cafe")
    make_posting(session, employer=employer)
    found = suggest("lukes caf")
    assert [(one.label, one.kind, one.query, one.jobs) for one in found] == [
        ("St. Luke’s Café", "Employer", "employer=st-lukes-cafe", 1)
    ]


def test_cities_with_jobs_come_before_bigger_ones(suggest, suggest_where, session):
    make_posting(session, setting="onsite", states=(), place=WATERLOO)
    assert labels(suggest("wat"))[0] == "Waterloo, IA"
    assert labels(suggest_where("wat"))[0] == "Waterloo, IA"
    assert suggest("wat")[0].jobs is None, "around it there may be more"


def test_the_rest_of_the_search_stays(suggest, session):
    make_posting(session, specialties=("urology",))
    chosen = {Facet.SETTING: ("hybrid",), Facet.SPECIALTY: ("cardiology",)}
    found = suggest("uro", where="Iowa", chosen=chosen)[0]
    assert found.query == "where=Iowa&specialty=urology&setting=hybrid"
    assert found.jobs is None, "that many would not be found"


def test_a_box_of_places_is_filled_after_the_places_before(suggest_where):
    found = suggest_where("Des Moines, IA; waterl", q="coder")[0]
    assert found.fill == "Des Moines, IA; Waterloo, IA"
    assert found.query == "q=coder&where=Des+Moines%2C+IA%3B+Waterloo%2C+IA"
    assert {one.kind for one in suggest_where("ne")} == {"Place", "State"}


def test_a_state_is_not_taken_for_its_city(suggest_where):
    found = {(one.label, one.kind): one.fill for one in suggest_where("new york")}
    assert found["New York", "State"] == "NY"
    assert found["New York, NY", "Place"] == "New York, NY"


def test_without_the_engine_the_vocabularies_answer(suggest, suggest_where, listings):
    listings.down = True
    assert labels(suggest("uro")) == ["Urology", "Urogynecology", "CUC"]
    assert labels(suggest_where("waterl"))[0] == "Waterloo, IA"
    assert {one.jobs for one in suggest("co")} == {None}


def test_the_page_works_without_script(visitor, session):
    make_posting(session, specialties=("urology",))
    page = visitor.get("/jobs/suggestions?q=uro&where=")
    assert "<h1>Suggestions for “uro”</h1>" in page.text
    assert 'href="/jobs?specialty=urology"' in page.text
    assert 'href="/jobs?q=uro"' in page.text
    assert 'content="noindex"' in page.text
    assert "csrf" not in page.text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "Type the beginning"),
        ("q=u", "at least two letters"),
        ("q=qqqqq", "begins so"),
        ("where=qqqqq", "We know no place that begins so."),
        ("where=iow", 'href="/jobs?where=Iowa"'),
        ("q=coder&where=iow&in=where", 'href="/jobs?q=coder&amp;where=Iowa"'),
        ("q=%3Cb%3E&in=%3Cb%3E&specialty=none", "&lt;b&gt;"),
    ],
)
def test_the_page_says_what_to_do(visitor, query, says):
    assert says in visitor.get(f"/jobs/suggestions?{query}").text


def test_the_fragment_is_a_listbox(visitor, session):
    make_posting(session, title="Coder", specialties=("urology",), required=parse("CUC"))
    page = visitor.get("/jobs/suggestions?q=urol&in=q", headers=FRAGMENT)
    assert page.text.startswith('<ul id="suggested-q" role="listbox" aria-label="Suggestions">')
    assert options(page) == [
        ("to", f"/jobs?{query}") for query in ("specialty=urology", "cred=cuc")
    ]
    assert "1&nbsp;job<" in page.text
    places = visitor.get("/jobs/suggestions?q=urol&where=iow&in=where", headers=FRAGMENT)
    assert ("fill", "Iowa") in options(places)
    assert visitor.get("/jobs/suggestions?q=qqqq", headers=FRAGMENT).text.strip() == ""


def test_suggestions_are_checked_again_by_their_etag(visitor):
    first = visitor.get("/jobs/suggestions?q=uro", headers=FRAGMENT)
    again = FRAGMENT | {"If-None-Match": first.headers["ETag"]}
    assert visitor.get("/jobs/suggestions?q=uro", headers=again).status_code == 304
    assert "HX-Request" in first.headers["Vary"]


def test_the_database_is_asked_twice(visitor, session, asked):
    make_posting(session, employer=make_employer(session, name="Urology One", slug="urology-one"))
    visitor.get("/jobs/suggestions?q=uro", headers=FRAGMENT)
    asked.clear()
    visitor.get("/jobs/suggestions?q=uro", headers=FRAGMENT)
    assert len([one for one in asked if "employer" in one]) == 2
    assert len(asked) <= 3, "employers that begin so, titles, and the engine's own"
