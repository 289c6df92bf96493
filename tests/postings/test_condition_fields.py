"""Experience, tools and conditions in the posting form."""

import pytest

from careercenter.postings.fields.work import CODE_SET_KINDS, SOFTWARE_KINDS
from careercenter.postings.form_values import values_of
from careercenter.postings.models import (
    CodingTest,
    Conditions,
    Equipment,
    Posting,
    PostingStatus,
)
from careercenter.taxonomy.vocabularies import CODE_SETS, SOFTWARE
from tests.factories import make_details
from tests.postings.forms import CONDITIONS, typed


def test_what_was_typed_becomes_the_conditions(fill):
    form = fill(typed(**CONDITIONS))
    assert form.errors == {}
    details = form.details()
    assert details.conditions == Conditions(
        "mid", 3, "flexible-core-hours", Equipment.STIPEND, CodingTest.PAID
    )
    assert details.years_in == {"profee": 2, "urology": 1}
    assert details.code_sets == ("hcc-v28", "ncci-edits")
    assert details.software == ("epic", "find-a-code")


EMPTY = dict.fromkeys(CONDITIONS, "") | {"code_sets": [], "software": []}


@pytest.mark.parametrize("sent", [{}, EMPTY])
def test_all_of_it_may_stay_empty(fill, sent):
    form = fill(typed(**sent))
    assert form.errors == {}
    details = form.details()
    assert details.conditions == Conditions()
    assert (details.years_in, details.code_sets, details.software) == ({}, (), ())


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"years": "41"}, "years", "Enter from 1 to 40 years."),
        ({"years": "0"}, "years", "Enter from 1 to 40 years."),
        ({"years": "two"}, "years", "Enter whole years, like 6."),
        ({"years": "1.5"}, "years", "Enter whole years, like 6."),
        ({"topic_1": "profee"}, "topic_years_1", "Say how many years."),
        ({"topic_years_3": "2"}, "topic_3", "Say in what."),
        ({"topic_1": "profee", "topic_years_1": "99"}, "topic_years_1", "Enter from 1 to 40"),
        (
            {"topic_1": "urology", "topic_years_1": "1", "topic_2": "urology"}
            | {"topic_years_2": "3"},
            "topic_2",
            "This one comes twice.",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(fill, changes, field, says):
    errors = fill(typed(**changes)).errors
    assert set(errors) == {field}
    assert errors[field][0].startswith(says)


CHOSEN = ["experience", "topic_2", "shift", "equipment", "coding_test", "code_sets", "software"]


@pytest.mark.parametrize("field", CHOSEN)
def test_a_value_that_is_no_choice_is_refused(fill, field):
    changes = {"topic_years_2": "1"} if field == "topic_2" else {}
    assert field in fill(typed(**{field: ["no-such-thing"]}, **changes)).errors


def test_what_was_saved_comes_back_into_the_form(fill):
    details = make_details(
        conditions=Conditions("senior", 5, "nights", Equipment.OWN, CodingTest.NONE),
        years_in={"profee": 4, "urology": 2, "cardiology": 1},
        code_sets=("hedis",),
        software=("epic",),
    )
    posting = Posting(status=PostingStatus.DRAFT)
    posting.revise(details)
    again = fill({name: value for name, value in values_of(posting).items() if value})
    assert again.errors == {}
    assert again.details().conditions == details.conditions
    assert again.details().years_in == details.years_in
    assert again.details().code_sets == ("hedis",)
    assert again.details().software == ("epic",)


def test_every_kind_of_the_vocabularies_has_a_heading():
    assert {item.kind for item in SOFTWARE.values()} <= SOFTWARE_KINDS.keys()
    assert {item.kind for item in CODE_SETS.values()} <= CODE_SET_KINDS.keys()
