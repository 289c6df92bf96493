"""What the form refuses of places, conditions, hiring, production and the way to apply."""

import pytest

from careercenter.postings.models import ApplyBy, Applying, Place
from careercenter.taxonomy.vocabularies import FIFTY_AND_DC
from tests.postings.forms import typed

HYBRID = {"setting": "hybrid", "place": "50701", "states": []}
US = {"setting": "remote-us", "states_rule": "except", "states": ["CA", "NY"]}
VOLUME = {"units": "18", "piece": "encounter", "per": "hour"}
WINDOW = {"zone": "Central", "from_hour": "9", "until_hour": "15"}

WRONG = [
    (HYBRID | {"more_places": "Ames, IA\nAtlantis, ZZ"}, "more_places", "“Atlantis, ZZ”: We don't"),
    (HYBRID | {"more_places": "50701"}, "more_places", "Waterloo, IA comes twice."),
    (HYBRID | {"more_places": "50701\n" * 21}, "more_places", "Name at most 20 further places."),
    (HYBRID | {"setting": "remote-after-training", "states": ["IA"], "place": ""}
     | {"more_places": "Ames, IA"}, "place", "Enter the first place here"),
    (HYBRID | {"onsite_days": "8"}, "onsite_days", "Enter from 1 to 7 days a week."),
    ({"training_days": "400"}, "training_days", "Enter from 0 to 365 days."),
    ({"near_miles": "0"}, "near_miles", "Enter from 1 to 500 miles."),
    (US | {"states": [*FIFTY_AND_DC]}, "states", "No state is left."),
    ({"zone": "Central"}, "from_hour", "Say the zone and both hours"),
    ({"from_hour": "9", "until_hour": "17"}, "zone", "Say the zone and both hours"),
    (WINDOW | {"until_hour": "8"}, "until_hour", "This is before the window begins."),
    ({"wired_mbps": "fast"}, "wired_mbps", "Enter whole megabits a second"),
    ({"test_minutes": "45"}, "coding_test", "Say first that there is a test."),
    ({"coding_test": "none", "test_time": "before-interview"}, "coding_test", "Say first"),
    ({"coding_test": "yes-paid", "test_minutes": "3"}, "test_minutes", "Enter from 5 to 480"),
    ({"starts_on": "2027-02-01", "ends_on": "2027-01-01"}, "ends_on", "Choose a day after"),
    ({"ends_on": "2026-11-01"}, "ends_on", "Choose a day after the first one, and not in"),
    ({"starts_on": "2036-02-01"}, "starts_on", "Choose a day within three years."),
    ({"openings": "0"}, "openings", "Enter from 1 to 500 openings."),
    (VOLUME | {"piece": ""}, "piece", "Say how many of what, in an hour or a day."),
    (VOLUME | {"units": ""}, "units", "Say how many of what"),
    ({"ramp_weeks": "6"}, "units", "Say how many of what"),
    (VOLUME | {"units": "0"}, "units", "Enter a number above 0 and up to 500."),
    (VOLUME | {"units": "many"}, "units", "Enter a number, like 8 or 12.5."),
    ({"accuracy": "45"}, "accuracy", "Enter from 50 to 100 percent."),
    ({"accuracy_basis": "drg"}, "accuracy", "Say how many percent."),
    ({"apply_by": "web"}, "apply_url", "Enter an address that starts with https://."),
    ({"apply_by": "web", "apply_url": "http://x.example"}, "apply_url", "Enter an address"),
    ({"apply_by": "web", "apply_url": "x.example/jobs", "confidential": "y"}, "apply_by", "Your"),
    ({"apply_by": "mail"}, "apply_mail", "Enter the address of the mailbox."),
    ({"apply_by": "mail", "apply_mail": "jobs"}, "apply_mail", "Enter an email address"),
    ({"apprentice_reason": "x" * 201}, "apprentice_reason", "Use at most 200 characters."),
    ({"mentor": "x" * 81}, "mentor", "Use at most 80 characters."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "says"), WRONG)
def test_what_is_wrong_is_said_beside_its_field(fill, changes, field, says):
    errors = fill(typed(**changes)).errors
    assert says in errors[field][0]
    assert set(errors) <= {field, "apply_mail"}


@pytest.mark.parametrize(
    "field",
    [
        *("states_rule", "zone", "from_hour", "monitoring", "us_data_only", "delivery"),
        *("test_time", "screenings", "bonuses", "benefits", "piece", "per", "accuracy_basis"),
        *("below_target", "apply_by", "signs_letter"),
    ],
)
def test_a_value_that_is_no_choice_is_refused(fill, field):
    assert field in fill(typed(**{field: ["no-such-thing"]})).errors


def test_states_that_are_excluded_leave_the_others(fill):
    details = fill(typed(**US)).details()
    assert details.excluded == ("CA", "NY")
    assert set(details.states) == {*FIFTY_AND_DC} - {"CA", "NY"}


def test_an_exception_of_nothing_is_none(fill):
    details = fill(typed(**(US | {"states": []}))).details()
    assert (details.excluded, details.states) == ((), ())


def test_further_places_are_kept_in_their_order(fill):
    form = fill(typed(**HYBRID, more_places="Ames, IA\n\n60601"))
    assert form.errors == {}
    more = form.details().more_places
    assert [(place.city, place.state) for place in more] == [("Ames", "IA"), ("Chicago", "IL")]


def test_what_the_setting_has_no_use_for_is_left_out(fill):
    told = {"onsite_days": "2", "near_miles": "50", "training_days": "5", "more_places": "Ames, IA"}
    remote = fill(typed(**told)).details()
    assert (remote.workplace.onsite_days, remote.workplace.near_miles) == (None, None)
    assert (remote.workplace.training_days, remote.more_places) == (5, ())
    onsite = fill(typed(**told, setting="onsite", place="50701")).details()
    assert onsite.workplace.training_days is None
    assert onsite.place != Place()


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, Applying()),
        ({"apply_by": "board", "apply_mail": "jobs@mercy.org"}, Applying()),
        (
            {"apply_by": "web", "apply_url": "mercy.org/jobs/7"},
            Applying(ApplyBy.WEB, "https://mercy.org/jobs/7"),
        ),
        (
            {"apply_by": "mail", "apply_mail": "Jobs@Mercy.org"},
            Applying(ApplyBy.MAIL, "jobs@mercy.org"),
        ),
    ],
)
def test_the_way_to_apply_carries_its_own_address_alone(fill, told, expected):
    form = fill(typed(**told))
    assert form.errors == {}
    assert form.details().applying == expected
