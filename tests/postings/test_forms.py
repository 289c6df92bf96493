"""Every rule of the posting form, and that nothing typed into it is ever an error of ours."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careercenter.postings.form_values import typed_values, values_of
from careercenter.postings.models import Apprentice, Place, Posting, PostingStatus
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement, parse
from careercenter.taxonomy.vocabularies import PAY_UNITS
from tests.factories import make_details
from tests.postings.forms import TODAY, typed
from tests.postings.full import full_details

CHART = {"pay_unit": "per-chart", "pay_low": ".92", "pay_high": "1.10", "pay_pace": "30"}
SHARE = {"pay_unit": "percent-of-collections", "pay_low": "4", "pay_high": "6.5", "pay_floor": "20"}


def test_what_was_typed_becomes_the_details(fill):
    form = fill(typed())
    assert form.errors == {}
    details = form.details()
    assert (details.title, details.specialties) == (
        "Profee coder, urology",
        ("urology", "general-surgery"),
    )
    assert details.required == parse("(CPC or CCS-P) and CRC within 6 months of hire")
    assert (details.states, details.place) == (("IA", "TX"), Place())
    assert (details.pay, details.closes_on) == (Pay("hour", 2400, 3150), None)
    assert (details.preferred, details.apprentice) == (("cuc",), Apprentice.NO)


REQUIRED = [
    ("title", "Enter the job title."),
    ("role", "Choose a role."),
    ("coding_types", "Tick at least one coding type."),
    ("apprentice", "Say whether apprentices may apply."),
    ("setting", "Choose where the work is done."),
    ("employment", "Choose a kind of employment."),
    ("pay_unit", "Say what the pay is for."),
    ("pay_low", "Enter the lowest pay."),
    ("pay_high", "Enter the highest pay."),
    ("description", "Describe the job."),
]


@pytest.mark.parametrize(("field", "says"), REQUIRED)
def test_what_is_needed_is_asked_for(fill, field, says):
    data = typed()
    del data[field]
    assert fill(data).errors == {field: [says]}
    blank: object = [] if field == "coding_types" else ""
    assert fill(typed(**{field: blank})).errors[field][-1] == says


WRONG = [
    ({"title": "x" * 101}, "title", "Use at most 100 characters."),
    ({"title": "\u200b\u202e"}, "title", "Enter the job title."),
    ({"description": "Short."}, "description", "Write from 100 to 20,000 characters."),
    ({"description": "x" * 20_001}, "description", "Write from 100 to 20,000 characters."),
    ({"pay_low": "a lot"}, "pay_low", "Enter dollars, like 24, 24.50 or 52,000."),
    ({"pay_low": "24.555"}, "pay_low", "Enter dollars, like 24, 24.50 or 52,000."),
    ({"pay_low": "-3"}, "pay_low", "Enter dollars, like 24, 24.50 or 52,000."),
    ({"pay_low": "5"}, "pay_low", "Pay per hour must be $7.25 to $300.00."),
    ({"pay_low": "32"}, "pay_high", "The lower end of the pay is above the upper end."),
    ({"pay_unit": "year"}, "pay_low", "Pay per year must be $15,000 to $624,000."),
    (CHART, "pay_floor", "Say what an hour is sure to pay, however many charts it brings."),
    ({"pay_unit": "project", "pay_low": "4000", "pay_high": "6000"}, "pay_floor", "Say what an"),
    (SHARE, "pay_unit", "A share of collections is for billing roles only."),
    (SHARE | {"role": "biller", "pay_high": "60"}, "pay_high", "A share of collections must be"),
    (CHART | {"pay_pace": ""}, "pay_pace", "Say how many charts an hour are expected."),
    (CHART | {"pay_pace": "ten"}, "pay_pace", "Enter a number, like 8 or 12.5."),
    (CHART | {"pay_pace": "0"}, "pay_pace", "The pace must be above 0 and at most 1,000 an hour."),
    ({"setting": "onsite"}, "place", "Enter a ZIP code or a city and state."),
    ({"setting": "hybrid"}, "place", "Enter a ZIP code or a city and state."),
    (
        {"setting": "onsite", "place": "Atlantis, ZZ"},
        "place",
        "We don't know that place. Enter a ZIP code, or city and state.",
    ),
    ({"states": []}, "states", "Tick the states where the person may live."),
    (
        {"setting": "remote-in-state", "place": "50701", "states": []},
        "states",
        "Tick the states where the person may live.",
    ),
    ({"closes_on": "2026-11-23"}, "closes_on", "Choose a day from today to a year from now."),
    ({"closes_on": "2027-11-25"}, "closes_on", "Choose a day from today to a year from now."),
    ({"closes_on": "tomorrow"}, "closes_on", "Enter a day, like 2027-03-31."),
    ({"months_1": "61"}, "months_1", "Allow from 1 to 60 months after hire."),
    ({"months_1": "soon"}, "months_1", "Enter whole months, like 6."),
    ({"months_3": "6"}, "months_3", "Tick a credential for these months."),
    (
        {"requirement": "CPC"},
        "requirement",
        "Tick boxes or write it in words, not both.",
    ),
    (
        {"credentials_1": [], "credentials_2": [], "months_2": "", "requirement": "CPD or CRC"},
        "requirement",
        "“CPD” is not a known credential. Did you mean CPCD?",
    ),
]


@pytest.mark.parametrize(("changes", "field", "says"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(fill, changes, field, says):
    errors = fill(typed(**changes)).errors
    assert set(errors) == {field}
    assert errors[field][0].startswith(says)


@pytest.mark.parametrize(
    "field",
    [
        "role",
        "coding_types",
        "specialties",
        "credentials_1",
        "preferred",
        "apprentice",
        "setting",
        "states",
        "employment",
        "pay_unit",
    ],
)
def test_a_value_that_is_no_choice_is_refused(fill, field):
    assert field in fill(typed(**{field: ["no-such-thing"]})).errors


@pytest.mark.parametrize(
    ("text", "cents"),
    [("24", 2400), ("$24.50", 2450), ("$ 24.5", 2450), (" 52,000 ", 5_200_000), (".92", 92)],
)
def test_dollars_are_read_as_people_type_them(fill, text, cents):
    assert fill(typed(pay_low=text)).pay_low.cents == cents


def test_pay_by_the_chart_keeps_its_pace_and_floor(fill):
    form = fill(typed(**CHART, pay_floor="18"))
    assert form.errors == {}
    assert form.details().pay == Pay("per-chart", 92, 110, Decimal(30), 1800)


def test_every_unit_of_pay_can_be_chosen(fill):
    units = [choice.value for choice in fill(typed()).pay_unit.iter_choices()]
    assert units == ["", *PAY_UNITS]


@pytest.mark.parametrize("unit", [slug for slug, unit in PAY_UNITS.items() if unit.needs_pace])
def test_pay_by_any_piece_needs_its_rate_its_pace_and_its_floor(fill, unit):
    form = fill(typed(pay_unit=unit, pay_low="1.50", pay_high="2", pay_pace="20", pay_floor="15"))
    assert form.errors == {}
    assert form.details().pay == Pay(unit, 150, 200, Decimal(20), 1500)


def test_of_a_project_and_of_a_share_the_floor_is_kept_and_no_pace(fill):
    project = {"pay_unit": "project", "pay_low": "4,000", "pay_high": "6,000", "pay_floor": "32"}
    form = fill(typed(**project, pay_pace="3"))
    assert form.errors == {}
    assert form.details().pay == Pay("project", 400_000, 600_000, None, 3200)
    assert fill(typed(**SHARE, role="biller")).details().pay == Pay(
        "percent-of-collections", 400, 650, None, 2000
    )


def test_a_contractor_may_go_without_a_floor(fill):
    assert fill(typed(**CHART, employment="contract-1099")).errors == {}


def test_pace_and_floor_are_left_out_of_hourly_pay(fill):
    assert fill(typed(pay_pace="30", pay_floor="18")).details().pay == Pay("hour", 2400, 3150)


@pytest.mark.parametrize("place", ["50701", "Waterloo, IA", "waterloo, iowa 50701"])
def test_a_place_is_found_by_zip_or_city(fill, place):
    found = fill(typed(setting="onsite", place=place)).details().place
    assert (found.city, found.state) == ("Waterloo", "IA")
    assert 42 < found.latitude < 43


def test_a_list_of_states_and_a_place_are_left_out_where_the_setting_has_none(fill):
    assert fill(typed(setting="onsite", place="50701")).details().states == ()
    details = fill(typed(setting="remote-us", place="50701")).details()
    assert (details.states, details.place) == ((), Place())


def test_a_value_sent_twice_counts_once(fill):
    details = fill(typed(coding_types=["profee", "profee"], preferred=["cuc", "cuc"])).details()
    assert (details.coding_types, details.preferred) == (("profee",), ("cuc",))


def test_the_last_day_allowed_is_a_year_from_today(fill):
    last = TODAY + timedelta(days=365)
    assert fill(typed(closes_on=last.isoformat())).details().closes_on == last


NEITHER = {"credentials_1": [], "credentials_2": [], "months_2": ""}
MIXED = "CPC or CRC within 6 months of hire"


def test_a_requirement_may_be_written_in_words(fill):
    assert fill(typed(**NEITHER, requirement=MIXED)).details().required == parse(MIXED)


def test_a_posting_may_ask_for_no_credential(fill):
    assert fill(typed(**NEITHER)).details().required == Requirement()


@pytest.mark.parametrize("words", ["(CPC or CCS-P) and CRC within 6 months of hire", MIXED, ""])
def test_what_was_saved_comes_back_into_the_form(fill, words):
    details = make_details(
        required=parse(words),
        setting="onsite",
        states=(),
        place=Place("Waterloo", "IA", "50701", 42.5, -92.3),
    )
    posting = Posting(status=PostingStatus.DRAFT)
    posting.revise(details)
    form = fill({name: value for name, value in values_of(posting).items() if value})
    assert form.errors == {}
    assert form.details().required == details.required
    assert form.details().place.zip == "50701"
    assert form.details().pay == details.pay


def test_the_boxes_are_filled_where_they_can_say_it():
    posting = Posting(status=PostingStatus.DRAFT)
    posting.revise(
        make_details(required=Requirement(((Alternative("cpc", 6), Alternative("crc", 6)),)))
    )
    values = values_of(posting)
    assert (values["credentials_1"], values["months_1"]) == (("cpc", "crc"), 6)
    assert "requirement" not in values


GARBAGE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
ODD = GARBAGE | st.sampled_from(
    [
        "1e309",
        "NaN",
        "9" * 5000,
        "-1",
        "٣",
        "0",
        "$",
        ",",
        "(((",
        "CPC and and",
        "0001-01-01",
        "<b>",
    ]
)


@given(
    st.dictionaries(
        st.sampled_from([*typed_values(full_details()), "requirement"]),
        st.lists(ODD, max_size=3),
    )
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_is_accepted_or_refused_never_an_error(fill, changes):
    form = fill(typed(**changes))
    if not form.errors:
        posting = Posting(status=PostingStatus.DRAFT)
        posting.revise(form.details())
