"""What a listing's page says of the work and its conditions, where it is stated."""

from careercenter.employers.models import Delivery
from careercenter.listings.wording import listing_view
from careercenter.postings.models import CodingTest, Conditions, Equipment
from tests.factories import make_employer, make_posting


def facts(posting, now):
    return {name: value for name, value in listing_view(posting, now).facts if value}


def test_what_is_stated_is_shown(session, now):
    said = Conditions("mid", 3, "days", Equipment.PROVIDED, CodingTest.PAID)
    shown = facts(
        make_posting(
            session,
            conditions=said,
            years_in={"urology": 1},
            software=("epic",),
            code_sets=("hedis",),
        ),
        now,
    )
    assert shown["Experience"] == "Mid; 3 years of coding, 1 year of Urology"
    assert (shown["Software"], shown["Code sets and rules"]) == ("Epic", "HEDIS")
    assert (shown["Shift"], shown["Equipment"]) == ("Days", "Provided")
    assert shown["Coding test"] == "Paid coding test"


def test_what_is_not_stated_has_no_line(session, now):
    lines = ("Experience", "Software", "Shift", "Equipment", "Coding test", "Employer")
    assert not facts(make_posting(session), now).keys() & {*lines, "Employer’s coding is done"}


def test_an_agency_and_coding_abroad_are_named(session, now):
    agency = make_employer(session, direct=False, delivery=Delivery.MIXED)
    shown = facts(make_posting(session, employer=agency), now)
    assert shown["Employer"] == "Staffing agency"
    assert shown["Employer’s coding is done"] == "In the US and abroad"
