"""What search engines read, held to Google's rules for job postings."""

import json
import re
from datetime import date, datetime
from decimal import Decimal

import pytest

from careercenter.listings.structured_data import breadcrumbs, job_posting
from careercenter.postings.models import (
    ApplyBy,
    Applying,
    Apprentice,
    Conditions,
    Disclosure,
    Extras,
    Hiring,
    Place,
)
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import Alternative, Requirement
from careercenter.taxonomy.vocabularies import EMPLOYMENT_TYPES, WORK_SETTINGS
from tests.factories import make_employer, make_posting

WATERLOO = Place("Waterloo", "IA", "50701", 42.47, -92.35)
URL = "https://board.test/jobs/7-coder"
REQUIRED = {"@context", "@type", "title", "description", "datePosted", "hiringOrganization"}
UNITS = {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}
EMPLOYMENT = {
    "FULL_TIME", "PART_TIME", "CONTRACTOR", "TEMPORARY", "INTERN", "VOLUNTEER", "PER_DIEM", "OTHER",
}  # fmt: skip


def faults(data: dict, now: datetime) -> list[str]:
    """What breaks a rule of Google's page on job postings."""
    found = [f"no {name}" for name in REQUIRED - data.keys()]
    if data["@type"] != "JobPosting" or data["hiringOrganization"]["@type"] != "Organization":
        found.append("wrong type")
    if not re.search(r"<(p|ul|li|br)\b", data["description"]):
        found.append("the description is no HTML")
    if datetime.fromisoformat(data["validThrough"]) <= now:
        found.append("it has expired")
    if datetime.fromisoformat(data["datePosted"]) > now:
        found.append("it is posted in the future")
    if data["employmentType"] not in EMPLOYMENT:
        found.append("unknown employment type")
    if re.search(r"[$]|\d{5}|!!", data["title"]):
        found.append("the title holds more than the title")
    return found + place_faults(data) + pay_faults(data)


def place_faults(data: dict) -> list[str]:
    if data.get("jobLocationType") == "TELECOMMUTE":
        wanted = data.get("applicantLocationRequirements")
        areas = wanted if isinstance(wanted, list) else [wanted]
        right = all(
            area and area["@type"] in ("State", "Country") and area["name"] for area in areas
        )
        return [] if right else ["remote without saying who may apply"]
    if "applicantLocationRequirements" in data:
        return ["applicants' places without remote work"]
    address = data.get("jobLocation", {}).get("address", {})
    return [] if address.get("addressCountry") else ["no country"]


def pay_faults(data: dict) -> list[str]:
    if "baseSalary" not in data:
        return []
    value = data["baseSalary"]["value"]
    right = value["unitText"] in UNITS and 0 < value["minValue"] <= value["maxValue"]
    return [] if right and data["baseSalary"]["currency"] == "USD" else ["pay makes no sense"]


@pytest.mark.parametrize("employment", EMPLOYMENT_TYPES)
def test_every_employment_passes_the_rules(session, now, employment):
    posting = make_posting(session, employment=employment)
    assert faults(job_posting(posting, URL), now) == []


@pytest.mark.parametrize("setting", [slug for slug in WORK_SETTINGS if slug != "offshore"])
@pytest.mark.parametrize("place", [Place(), WATERLOO])
@pytest.mark.parametrize("states", [(), ("IA", "TX")])
def test_every_setting_passes_the_rules(session, now, setting, place, states):
    posting = make_posting(session, setting=setting, place=place, states=states)
    assert faults(job_posting(posting, URL), now) == []


def test_work_abroad_is_left_out(session):
    assert job_posting(make_posting(session, setting="offshore"), URL) is None


def test_remote_work_names_each_state(session):
    data = job_posting(make_posting(session, states=("IA", "TX")), URL)
    names = [area["name"] for area in data["applicantLocationRequirements"]]
    assert names == ["Iowa, USA", "Texas, USA"]


def test_remote_work_anywhere_names_the_country(session):
    data = job_posting(make_posting(session, setting="remote-us", states=()), URL)
    assert data["applicantLocationRequirements"] == {"@type": "Country", "name": "USA"}


@pytest.mark.parametrize("setting", ["hybrid", "onsite", "remote-after-training"])
def test_what_is_not_all_remote_has_a_place(session, setting):
    data = job_posting(make_posting(session, setting=setting, place=WATERLOO), URL)
    assert "jobLocationType" not in data
    assert data["jobLocation"]["address"]["addressLocality"] == "Waterloo"


@pytest.mark.parametrize(
    ("pay", "expected"),
    [
        (Pay("hour", 2400, 3150), ("HOUR", 24.0, 31.5)),
        (Pay("year", 5_200_000, 6_240_000), ("YEAR", 52000.0, 62400.0)),
    ],
)
def test_pay_is_the_employers_own_figure(session, pay, expected):
    value = job_posting(make_posting(session, pay=pay), URL)["baseSalary"]["value"]
    assert (value["unitText"], value["minValue"], value["maxValue"]) == expected


def test_pay_by_the_piece_is_left_out(session):
    posting = make_posting(session, pay=Pay("per-chart", 92, 110, Decimal(30), 1500))
    assert "baseSalary" not in job_posting(posting, URL)


def test_of_a_project_what_is_guaranteed_by_the_hour_is_said(session):
    pay = Pay("project", 400_000, 600_000, None, 3200)
    value = job_posting(make_posting(session, pay=pay), URL)["baseSalary"]["value"]
    assert (value["minValue"], value["unitText"]) == (32.0, "HOUR")
    assert "maxValue" not in value


def test_credentials_and_apprentices(session):
    required = Requirement(((Alternative("cpc"), Alternative("ccs-p")),))
    posting = make_posting(session, required=required, apprentice=Apprentice.YES)
    data = job_posting(posting, URL)
    names = [credential["name"] for credential in data["qualifications"]]
    assert names[0] == "CPC: Certified Professional Coder"
    assert data["educationRequirements"]["credentialCategory"] == "professional certificate"
    assert data["experienceRequirements"] == "no requirements"


def test_years_that_are_asked_for_are_months_of_experience(session):
    data = job_posting(
        make_posting(session, conditions=Conditions(years=1), years_in={"urology": 2}), URL
    )
    assert data["experienceRequirements"] == {
        "@type": "OccupationalExperienceRequirements",
        "monthsOfExperience": 24,
    }


def test_years_stand_above_the_welcome_of_apprentices(session):
    said = Conditions(years=1)
    posting = make_posting(session, apprentice=Apprentice.YES, conditions=said)
    assert job_posting(posting, URL)["experienceRequirements"]["monthsOfExperience"] == 12


def test_nothing_is_said_of_experience_where_the_posting_says_nothing(session):
    data = job_posting(make_posting(session), URL)
    assert not data.keys() & {"experienceRequirements", "workHours"}


def test_the_work_is_named_with_its_tools_and_hours(session):
    posting = make_posting(
        session,
        coding_types=("profee", "runes"),
        software=("epic", "abacus"),
        conditions=Conditions(shift="days"),
    )
    data = job_posting(posting, URL)
    assert data["skills"] == "Professional fee, Epic"
    assert data["workHours"] == "Days"


def test_the_employers_site_is_named_only_if_it_is_one(session):
    for website, named in (
        ("https://mercy.test", True),
        ("javascript:alert(1)", False),
        ("", False),
    ):
        posting = make_posting(session, employer=make_employer(session, website=website))
        assert ("sameAs" in job_posting(posting, URL)["hiringOrganization"]) == named


def test_the_page_carries_it_and_it_cannot_end_its_own_script(visitor, session, now):
    posting = make_posting(session, title="Coder </script><b>&", states=("IA",))
    page = visitor.get(f"/jobs/{posting.id}-{posting.slug}").text
    assert r"\u003c/script" in page
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    posted, crumbs = map(json.loads, scripts)
    assert posted["title"] == "Coder </script><b>&"
    assert faults(posted, now) == []
    assert posted["url"] == f"http://localhost/jobs/{posting.id}-{posting.slug}"
    assert [item["position"] for item in crumbs["itemListElement"]] == [1, 2]
    assert f'<link rel="canonical" href="{posted["url"]}">' in page


def test_offers_openings_and_checks_are_said_where_they_are_stated(session, now):
    posting = make_posting(
        session,
        extras=Extras(("sign-on",), ("health", "tuition")),
        hiring=Hiring(
            screenings=("us-citizen", "public-trust", "drug-screen"),
            starts_on=date(2027, 1, 4),
            openings=3,
        ),
    )
    data = job_posting(posting, URL)
    assert faults(data, now) == []
    assert data["jobBenefits"] == "Health insurance, Tuition help"
    assert data["incentiveCompensation"] == "Sign-on bonus"
    assert (data["totalJobOpenings"], data["jobStartDate"]) == (3, "2027-01-04")
    assert data["eligibilityToWorkRequirement"] == "US citizen"
    assert data["securityClearanceRequirement"] == "Public trust clearance"


def test_of_what_is_not_stated_nothing_is_said(session):
    unsaid = {"jobBenefits", "incentiveCompensation", "totalJobOpenings", "jobStartDate"}
    assert not unsaid & job_posting(make_posting(session), URL).keys()
    always = make_posting(session, hiring=Hiring(openings=9), disclosure=Disclosure(evergreen=True))
    assert "totalJobOpenings" not in job_posting(always, URL)


def test_an_application_that_leaves_the_site_is_not_direct(session):
    away = make_posting(session, applying=Applying(ApplyBy.WEB, "https://mercy.example/jobs"))
    assert not job_posting(away, URL)["directApply"]
    mailed = make_posting(session, applying=Applying(ApplyBy.MAIL, "jobs@mercy.example"))
    data = job_posting(mailed, URL)
    assert data["directApply"]
    assert "mercy.example" not in json.dumps(data)


def test_a_list_carries_none(visitor, session):
    make_posting(session)
    assert "JobPosting" not in visitor.get("/jobs").text


def test_crumbs_count_from_one():
    data = breadcrumbs([("Jobs", "/jobs"), ("Coder", "/jobs/7")])
    assert [item["name"] for item in data["itemListElement"]] == ["Jobs", "Coder"]
