"""Does somebody qualify, and why."""

import pytest

from careercenter.listings.fit import Lane, asked_by, fit_filters, fit_of, sets_of
from careercenter.listings.index import NOTHING, Facet, RangeField
from careercenter.listings.models import Visitor
from careercenter.postings.models import Apprentice, Conditions, Place
from careercenter.taxonomy.requirements import parse
from tests.factories import make_posting


@pytest.fixture
def fit(session):
    def fit(visitor: Visitor, **details):
        return fit_of(asked_by(make_posting(session, **details)), visitor)

    return fit


def test_who_told_nothing_gets_no_answer(fit):
    assert fit(Visitor(state="IA")) is None


def test_every_line_counts(fit):
    visitor = Visitor(("cpc",), years=3, years_in={"urology": 1}, state="IA")
    found = fit(
        visitor,
        required=parse("(CPC or CCS-P) and CRC within 6 months"),
        conditions=Conditions(years=2),
        years_in={"urology": 2},
        states=("IA", "TX"),
    )
    assert [line.status for line in found.lines] == ["met", "later", "met", "missing", "met"]
    assert found.text == (
        "You meet 3 of 5: CRC missing, accepted within 6 months; "
        "2 years of Urology asked, you have 1"
    )
    assert found.status == "missing"


def test_what_may_follow_is_no_obstacle(fit):
    found = fit(Visitor(("cpc",)), required=parse("CPC and CRC within 6 months"))
    assert (found.status, found.text) == (
        "later",
        "You meet 1 of 2: CRC missing, accepted within 6 months",
    )


def test_years_that_were_not_told_are_asked_about(fit):
    found = fit(Visitor(("cpc",)), required=parse("CPC"), conditions=Conditions(years=2))
    assert found.lines[1].status == "unknown"


def test_fewer_years_than_asked_in_a_specialty_are_too_few_in_all(fit):
    found = fit(Visitor(("cpc",), years=1), required=parse("CPC"), years_in={"urology": 2})
    assert found.lines[1].status == "missing"


def test_an_apprentice_is_met_where_apprentices_are_welcome(fit):
    apprentice = Visitor(("cpc-a",))
    assert fit(apprentice, required=parse("CPC"), apprentice=Apprentice.YES).status == "met"
    assert fit(apprentice, required=parse("CPC"), apprentice=Apprentice.NO).status == "missing"


def test_a_state_that_is_not_on_the_list_is_said(fit):
    found = fit(Visitor(("cpc",), state="WY"), required=parse("CPC"), states=("IA",))
    assert "Living in Wyoming is not among the states" in found.text


def test_nothing_asked_is_met(fit):
    assert fit(Visitor(("cpc",)), required=parse("")).status == "met"


def test_sets_hold_the_empty_one_and_no_more_than_four():
    assert sets_of(["crc", "cpc"]) == {NOTHING, "cpc", "crc", "cpc+crc"}
    assert max(value.count("+") for value in sets_of(map(str, range(10, 18)))) == 3


def test_the_lanes_are_ordinary_filters():
    visitor = Visitor(("cpc",), years=2, state="IA")
    today, nearly = (fit_filters(visitor, lane) for lane in (Lane.TODAY, Lane.NEARLY))
    assert today.filters == {Facet.FIT: {NOTHING, "cpc"}, Facet.STATE: {"IA"}}
    assert today.ranges[RangeField.YEARS].high == 2
    assert nearly.excluded[Facet.FIT] == {NOTHING, "cpc"}
    assert "urology-3" in today.excluded[Facet.YEARS_IN]
    assert Facet.FIT not in today.excluded
    assert Facet.LANE in fit_filters(visitor, Lane.APPRENTICE).filters


def test_years_told_in_a_topic_stand_before_all_years():
    visitor = Visitor(("cpc",), years=8, years_in={"urology": 1})
    lacking = fit_filters(visitor, Lane.TODAY).excluded[Facet.YEARS_IN]
    assert {"urology-2", "cardiology-9", "profee-9"} <= lacking
    assert not {"urology-1", "urology-9"} & lacking
    told = fit_filters(Visitor(years_in={"urology": 1}), Lane.TODAY).excluded
    assert told[Facet.YEARS_IN] == {"urology-2"}


def test_a_line_that_is_met_says_by_what(fit):
    found = fit(Visitor(("rhia",), years=3), required=parse("RHIT"), conditions=Conditions(years=2))
    assert [line.note for line in found.lines] == ["You hold RHIA", "you have 3"]


def test_an_apprentice_hears_why_they_meet_it(fit):
    found = fit(Visitor(("cpc-a",)), required=parse("CPC"), apprentice=Apprentice.YES)
    assert found.lines[0].note == "Apprentices are welcome, and you are one"


def test_work_at_a_place_elsewhere_is_no_refusal(fit):
    there = {"setting": "onsite", "place": Place("Waterloo", "IA", "50701")}
    found = fit(Visitor(("cpc",), state="WY"), required=parse("CPC"), **there)
    assert (found.status, found.lines[1].status) == ("later", "unknown")
    assert "Living in Wyoming means a commute or a move" in found.text
