"""Reading a search from an address."""

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from careercenter.listings.criteria import PARAMETERS, Criteria
from careercenter.listings.forms import LAST_PAGE, SearchForm
from careercenter.listings.index import Facet, Sort

NAMES = [
    *(*PARAMETERS, "q", "where", "miles", "pay", "days", "new", "fit", "as", "hidden", "sort"),
    *("page", "more", "find", "explain", "__class__"),
]
WORTH = ["IA", "cpc", "remote", "25", "newest", "1&page=2", "\x00", "٣", "' OR 1=1--", "{{7*7}}"]


def read(address: str) -> Criteria:
    return SearchForm(MultiDict(parse_qsl(address, keep_blank_values=True))).criteria()


def test_an_empty_address_asks_for_everything():
    assert read("") == Criteria()


def test_values_are_known_in_any_case_and_may_share_a_parameter():
    chosen = read("state=ia,TX&state=IA&cred=CPC&cred=CCS-P").chosen
    assert chosen[Facet.STATE] == ("IA", "TX")
    assert chosen[Facet.CREDENTIAL] == ("cpc", "ccs-p")


def test_an_unknown_value_is_dropped_with_a_note():
    criteria = read("specialty=alchemy&specialty=urology")
    assert criteria.chosen[Facet.SPECIALTY] == ("urology",)
    assert criteria.notes == ("We know no specialty “alchemy”, so it was left out.",)


def test_values_are_known_by_their_names_too():
    chosen = read("state=Texas&specialty=pain management&cred=ccs-p").chosen
    assert chosen[Facet.STATE] == ("TX",)
    assert chosen[Facet.SPECIALTY] == ("pain-management",)


def test_an_unknown_state_is_called_one():
    assert read("state=Texass").notes == ("We know no state “Texass”, so it was left out.",)


@pytest.mark.parametrize(
    ("address", "note"),
    [
        ("sort=best", "We know no order “best”, so it was left out."),
        ("fit=always", "We know no way to qualify “always”, so it was left out."),
        ("as=tarot", "We know no kind of code “tarot”, so it was left out."),
        ("more=x", "We know no filter “x”, so it was left out."),
        ("days=soon", "“soon” is no number of days, so it was left out."),
        ("days=4", "“Posted within” has no 4 days, so it is 7."),
        ("miles=near", "“near” is no number of miles, so it is 25."),
        ("miles=900", "500 miles are the most that can be asked for."),
        ("page=two", "“two” is no number of a page, so this is the first."),
    ],
)
def test_what_makes_no_sense_is_told(address, note):
    assert read(address).notes == (note,)


def test_beyond_five_notes_the_rest_is_counted():
    notes = read("sort=x&fit=x&as=x&days=x&miles=x&page=x&state=zz").notes
    assert len(notes) == 6
    assert notes[-1] == "2 more parts of the address made no sense."


def test_what_is_empty_needs_no_note():
    assert read("sort=&fit=&as=&days=&miles=&page=&pay=&more=").notes == ()


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1e3", "٣", "", " 2", "1.0"])
def test_what_is_no_page_number_is_page_one(page):
    assert read(f"page={page}").page == 1


def test_a_page_far_beyond_the_end_stays_far_beyond_it():
    assert read("page=99999999999").page == LAST_PAGE


def test_of_two_pages_the_first_counts():
    assert read("page=3&page=2").page == 3


@pytest.mark.parametrize("sort", ["__class__", "id;drop", "", "NEWEST"])
def test_an_unknown_sort_is_ignored(sort):
    assert read(f"sort={sort}").sort is None


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        *[("25", 2500), ("$25.50", 2550), ("25.5", 2550), ("25.559", 2555), ("$25 an hour", 2500)],
        *[("62400", 3000), ("62,400", 3000), ("62.4k", 3000), ("$62k/year", 2980), ("26k", 1250)],
        *[("0", None), ("x", None), ("25-30", None), ("25,50", None), ("25 a year", None)],
        *[("9999999", None), ("60k an hour", None)],
    ],
)
def test_pay_is_by_the_hour_or_from_a_thousand_on_by_the_year(typed, cents):
    assert read(f"pay={typed}").pay_cents == cents


def test_a_search_is_its_address_and_back_again():
    criteria = read("q=inpatient&where=Iowa&miles=50&state=IA&state=TX&cred=cpc&pay=25&sort=pay")
    assert criteria.sort is Sort.PAY
    assert read(criteria.query()) == criteria


@pytest.mark.parametrize(
    ("typed", "days"),
    [("1", 1), ("3", 3), ("4", 7), ("30", 30), ("31", 30), ("0", None), ("x", None), ("", None)],
)
def test_days_are_those_that_one_may_ask_for(typed, days):
    assert read(f"days={typed}").days == days


@pytest.mark.parametrize("address", ["fit=always", "as=tarot", "new=yes", "hidden=1", "more=x"])
def test_words_that_are_not_known_ask_for_nothing(address):
    assert replace(read(address), notes=()) == Criteria()


@pytest.mark.parametrize(
    ("typed", "again"), [("$25.50", "25.50"), ("25.00", "25"), ("25k", "25000")]
)
def test_pay_is_written_in_one_way(typed, again):
    assert read(f"pay={typed}").query() == f"pay={again}"


def test_pay_that_could_not_be_read_is_told_with_how_to_write_it():
    (note,) = read("pay=25-30").notes
    assert note.startswith("We could not read the pay “25-30”, so it was left out.")
    assert read("pay=0").notes


def test_several_places_are_one_text_or_several_parameters():
    assert read("where=50701&where=Chicago,+IL").where == "50701; Chicago, IL"
    assert read("where=50701;60601;").places == ("50701", "60601")


def test_values_are_searched_for_only_in_a_facet_that_is_shown_whole():
    assert read("more=employer&find=lake").find == "lake"
    assert read("more=shift&find=lake").find == ""
    assert read("find=lake").find == ""


def test_what_is_the_default_stays_out_of_the_address():
    assert Criteria(page=1, miles=25).query() == ""


def test_a_filter_can_be_taken_away():
    criteria = read("state=IA&state=TX&page=4")
    assert criteria.without(Facet.STATE, "IA").query() == "state=TX"


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(st.text(), st.sampled_from(WORTH)))))
def test_no_address_is_an_error_and_every_reading_can_be_written(pairs):
    criteria = SearchForm(MultiDict(pairs)).criteria()
    again = SearchForm(MultiDict(parse_qsl(criteria.query()))).criteria()
    assert again.query() == criteria.query()
