"""The boxes of a search suggest while somebody types, by keyboard, by click, and without script."""

import re

import pytest
from playwright.sync_api import expect

from careercenter.postings.models import Place
from tests.factories import make_posting

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)


@pytest.fixture
def visitor(open_page, live):
    with live.sessions() as session:
        make_posting(session)
        make_posting(session, specialties=("urogynecology",), setting="onsite", place=WATERLOO)
        session.commit()
    page = open_page()
    page.goto("/jobs")
    return page


@pytest.fixture
def with_script(script):
    if not script:
        pytest.skip("needs script")


@pytest.fixture
def what(with_script, visitor):
    return visitor.get_by_role("combobox", name="What")


@pytest.fixture
def options(visitor):
    return visitor.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_the_keyboard_goes_through_the_list_and_out_of_it(what, visitor, options):
    what.press_sequentially("uro")
    expect(visitor.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(options.first).to_contain_text("Urology")
    expect(what).to_have_attribute("aria-expanded", "true")
    expect(what).not_to_have_attribute("aria-activedescendant", re.compile("."))
    what.press("ArrowDown")
    expect(what).to_have_attribute("aria-activedescendant", "suggested-q-1")
    expect(options.first).to_have_attribute("aria-selected", "true")
    what.press("End")
    expect(options.last).to_have_attribute("aria-selected", "true")
    what.press("ArrowDown")
    expect(visitor.locator("[aria-selected=true]")).to_have_count(0)
    what.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    what.press("Home")
    expect(options.first).to_have_attribute("aria-selected", "true")
    what.press("Escape")
    expect(options).to_have_count(0)
    expect(what).to_have_attribute("aria-expanded", "false")
    expect(what).to_be_focused()
    expect(what).to_have_value("uro")


def test_enter_takes_the_chosen_line_or_else_the_words(what, visitor, options):
    what.press_sequentially("uro")
    expect(options.first).to_contain_text("Urology")
    what.press("ArrowDown")
    what.press("Enter")
    visitor.wait_for_url("**/jobs?specialty=urology")
    what.press_sequentially("uro")
    expect(options.first).to_be_visible()
    what.press("Enter")
    visitor.wait_for_url("**/jobs?q=uro&specialty=urology**")


def test_a_click_leads_there_and_leaving_the_box_closes_the_list(what, visitor, options):
    what.press_sequentially("urog")
    expect(options.first).to_contain_text("Urogynecology")
    visitor.get_by_role("combobox", name="Where").focus()
    expect(options).to_have_count(0)
    what.focus()
    what.press("ArrowDown")
    options.filter(has_text="Urogynecology").click()
    visitor.wait_for_url("**/jobs?specialty=urogynecology")


def test_the_box_of_places_is_filled(what, visitor, options):
    where = visitor.get_by_role("combobox", name="Where")
    where.press_sequentially("waterl")
    expect(options.first).to_contain_text("Waterloo, IA")
    options.first.click()
    expect(where).to_have_value("Waterloo, IA")
    expect(where).to_be_focused()
    expect(options).to_have_count(0)
    where.press("Enter")
    visitor.wait_for_url("**/jobs?where=Waterloo**")


def test_a_screen_reader_hears_how_many_there_are(what, visitor, options):
    said = visitor.locator(".search-bar [role=status]")
    what.press_sequentially("urog")
    expect(said).to_have_text(re.compile(r"^\d+ suggestions?$"))
    expect(options.first).to_have_accessible_name(re.compile(r"^Urogynecology Specialty\W+1\sjob$"))
    what.press_sequentially("qqqq")
    expect(said).to_have_text("No suggestions")
    what.fill("u")
    expect(said).to_have_text("")


def test_only_what_was_typed_last_is_asked_for(what, visitor, options):
    asked = []
    visitor.on("request", lambda request: asked.append(request.url))
    what.press_sequentially("urology", delay=20)
    expect(options.first).to_contain_text("Urology")
    asked = [url for url in asked if "/jobs/suggestions" in url]
    assert len(asked) == 1
    assert "q=urology&in=q" in asked[0]


def test_narrowing_the_search_leaves_the_boxes_working(what, visitor, options):
    visitor.get_by_label("Professional fee").check()
    visitor.wait_for_url("**/jobs?type=profee")
    what.press_sequentially("uro")
    options.first.click()
    visitor.wait_for_url("**/jobs?type=profee&specialty=urology")


def test_without_script_a_button_leads_to_the_suggestions(visitor, script):
    button = visitor.get_by_role("button", name="Suggest searches")
    if script:
        expect(button).to_be_hidden()
        return
    visitor.get_by_label("What").fill("uro")
    button.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Suggestions for “uro”")
    visitor.get_by_role("link", name="Urology Specialty").click()
    expect(visitor.locator(".results-head")).to_contain_text("1 job")
