"""What a listing's page says of the work and its conditions, or that it is not stated."""

from datetime import date
from decimal import Decimal

import pytest

from careercenter.employers.models import Delivery
from careercenter.listings.wording import card_of, listing_view
from careercenter.postings.models import (
    AccuracyBasis,
    ApplyBy,
    Applying,
    Apprentice,
    BelowTarget,
    CodingTest,
    Conditions,
    Disclosure,
    Equipment,
    Extras,
    Hiring,
    Mentoring,
    Monitoring,
    Per,
    Place,
    Production,
    WhenTested,
    Workplace,
)
from careercenter.taxonomy.pay import Pay
from tests.factories import make_employer, make_posting

VOLUME = Production(
    Decimal(18), "encounter", Per.HOUR, 12, Decimal(95), AccuracyBasis.ENCOUNTER, 25,
    BelowTarget.RETRAINING,
)  # fmt: skip


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def facts(posting, now):
    view = listing_view(posting, now)
    pairs = [*view.facts, *(fact for section in view.sections for fact in section.facts)]
    return {name: plain(value) for name, value in pairs if value}


def silent(posting, now):
    sections = listing_view(posting, now).sections
    return {name for section in sections for name in section.silent}


def test_what_is_stated_is_shown(session, now):
    said = Conditions("mid", 3, "days", Equipment.PROVIDED, CodingTest.PAID)
    lists = {"years_in": {"urology": 1}, "software": ("epic",), "code_sets": ("hedis",)}
    shown = facts(make_posting(session, conditions=said, **lists), now)
    assert shown["Experience"] == "Mid; 3 years of coding, 1 year of Urology"
    assert (shown["Software"], shown["Code sets and rules"]) == ("Epic", "HEDIS")
    assert (shown["Shift"], shown["Equipment"]) == ("Days", "Provided")
    assert shown["Coding test"] == "Paid coding test, length not stated"


def test_what_is_not_stated_is_named_as_such_and_never_assumed(session, now):
    posting = make_posting(session)
    assert silent(posting, now) >= {
        *("Shift", "Hours to be there", "Equipment", "Monitoring", "Wired connection"),
        *("Training on site", "Data stays in the US", "Employer’s coding is done"),
        *("Expected", "Accuracy", "Looked at in an audit", "Below the target", "In full after"),
        *("Coding test", "Checked before the first day", "Openings", "Bonuses", "Benefits"),
    }
    assert not facts(posting, now).keys() & silent(posting, now)


def test_the_production_contract_is_shown_beside_what_is_common(session, now):
    posting = make_posting(session, production=VOLUME)
    shown = facts(posting, now)
    assert shown["Expected"] == "18 encounters an hour"
    assert shown["In full after"] == "12 weeks"
    assert shown["Accuracy"] == "95 % of encounters"
    assert (shown["Looked at in an audit"], shown["Below the target"]) == (
        "25 records",
        "Training again",
    )
    assert plain(listing_view(posting, now).volume) == (
        "This is within what is common in Professional fee: 15–25 encounters an hour, typically 17"
        " (a trade report of 17; not confirmed). There is no national standard."
    )


def test_a_volume_beyond_what_is_common_is_said_to_be(session, now):
    much = Production(Decimal(240), "encounter", Per.DAY)
    assert listing_view(make_posting(session, production=much), now).volume.startswith(
        "This is more than is common"
    )
    strange = Production(Decimal(3), "page", Per.HOUR)
    assert listing_view(make_posting(session, production=strange), now).volume == ""


def test_the_truth_about_working_at_home_is_shown(session, now):
    work = Workplace(None, 5, None, "Central", 9, 15, Monitoring.ACTIVITY, 50, True)
    shown = facts(make_posting(session, workplace=work), now)
    assert shown["Hours to be there"] == "9 a.m. to 3 p.m. Central"
    assert shown["Training on site"] == "5 days"
    assert shown["Monitoring"] == "Activity on the computer is recorded"
    assert shown["Wired connection"] == "50 Mbit/s at least"
    assert shown["Data stays in the US"] == "Yes"


def test_at_a_place_nothing_is_said_of_home(session, now):
    posting = make_posting(session, setting="onsite", states=(), place=Place("Waterloo", "IA"))
    home = {"Monitoring", "Wired connection", "Training on site"}
    assert not home & (silent(posting, now) | facts(posting, now).keys())


def test_how_they_hire_is_shown(session, now):
    hiring = Hiring(
        45, WhenTested.BEFORE, ("oig-leie", "drug-screen"), date(2027, 1, 4), date(2027, 3, 31), 3
    )
    said = Conditions(coding_test=CodingTest.UNPAID)
    shown = facts(make_posting(session, hiring=hiring, conditions=said), now)
    assert shown["Coding test"] == "Unpaid coding test, 45 minutes, before the interview"
    assert shown["Checked before the first day"] == "OIG exclusion list check, Drug screen"
    assert shown["Season or project"] == "from Jan 4, 2027 to Mar 31, 2027"
    assert shown["Openings"] == "3"


def test_a_long_test_without_pay_is_named_so(session, now):
    said = Conditions(coding_test=CodingTest.UNPAID)
    posting = make_posting(session, hiring=Hiring(test_minutes=90), conditions=said)
    assert facts(posting, now)["Coding test"].endswith("90 minutes, long for one without pay")


def test_extras_and_the_tax_form_are_shown(session, now):
    extras = Extras(("sign-on",), ("health", "retirement"), "Sign-on bonus of $1,000.")
    shown = facts(make_posting(session, extras=extras), now)
    assert shown["Paid as"] == "Employee (W-2)"
    assert (shown["Bonuses"], shown["Benefits"]) == (
        "Sign-on bonus",
        "Health insurance, Retirement plan",
    )
    assert shown["In the employer’s words"] == "Sign-on bonus of $1,000."
    contractor = facts(make_posting(session, employment="contract-1099"), now)
    assert contractor["Paid as"] == "Contractor (1099)"
    assert "Paid as" in silent(make_posting(session, employment="contract-to-hire"), now)


def test_an_always_open_posting_is_labelled_so(session, now):
    posting = make_posting(session, disclosure=Disclosure(evergreen=True))
    assert facts(posting, now)["Openings"].startswith("Always hiring")
    assert "Always hiring" in card_of(posting).tags


def test_an_agency_says_for_whom_or_that_it_does_not(session, now):
    agency = make_employer(session, direct=False, delivery=Delivery.MIXED)
    shown = facts(make_posting(session, employer=agency), now)
    assert shown["Employer"] == "Staffing agency; client not named"
    assert shown["Employer’s coding is done"] == "In the US and abroad"
    named = Disclosure(Delivery.ONSHORE, "Mercy Hospital")
    shown = facts(make_posting(session, employer=agency, disclosure=named), now)
    assert shown["Employer"] == "Staffing agency, for Mercy Hospital"
    assert shown["This team’s coding is done"] == "In the US only"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Mentoring(), ("Not stated: a mentor and the AAPC experience letter.",)),
        (
            Mentoring("We train.", "Ann Lee, CPC", True),
            (
                "The employer’s reason: We train.",
                "Mentor: Ann Lee, CPC.",
                "They sign the AAPC experience letter.",
            ),
        ),
    ],
)
def test_new_coders_are_told_how_they_are_taken_in(session, now, said, expected):
    posting = make_posting(session, apprentice=Apprentice.YES, mentoring=said)
    assert listing_view(posting, now).apprentice_notes == expected


def test_states_that_are_excluded_are_shown_as_they_were_written(session, now):
    posting = make_posting(session, setting="remote-us", excluded=("CA", "NY"), states=("IA", "TX"))
    assert facts(posting, now)["Open to people living in"] == (
        "Anywhere in the US except California and New York"
    )
    answer = listing_view(posting, now, "CA").answer
    assert (answer.kind, answer.text) == (
        "bad",
        "No. It is open to people anywhere in the US except California and New York.",
    )
    assert card_of(posting).states_note == "not CA, NY"


def test_of_a_project_the_guaranteed_floor_is_what_one_compares(session, now):
    pay = Pay("project", 400_000, 600_000, None, 3200)
    view = listing_view(make_posting(session, pay=pay, employment="contract-1099"), now)
    assert plain(view.pay) == "$32.00 an hour"
    assert view.pay_notes == ("A contractor pays both halves of the payroll tax.",)


def test_the_way_to_apply_is_told_without_an_address_of_mail(client, session):
    posting = make_posting(session, applying=Applying(ApplyBy.MAIL, "jobs@mercy.example"))
    page = client.get(f"/jobs/{posting.id}-{posting.slug}").text
    assert "a mailbox of the employer’s is told" in page
    assert "jobs@mercy.example" not in page
    assert "mercy.example" not in page


def test_an_employers_own_page_is_linked(client, session):
    posting = make_posting(session, applying=Applying(ApplyBy.WEB, "https://mercy.example/jobs/7"))
    page = client.get(f"/jobs/{posting.id}-{posting.slug}").text
    assert 'href="https://mercy.example/jobs/7" rel="nofollow' in page
    assert "You leave this site" in page
