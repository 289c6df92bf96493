"""Naming the organization, and describing it later."""

import pytest
from sqlalchemy import select

from careercenter.accounts.models import Role
from careercenter.employers.models import Clients, Delivery, Employer, Member
from careercenter.web.addresses import is_web_address
from tests.factories import make_posting, make_user

TYPED = {
    "name": "Lakeside Clinic",
    "kind": "physician-practice",
    "city": "Waterloo",
    "state": "IA",
    "website": "lakeside.example",
    "about": "Nine urologists.",
}


@pytest.fixture
def newcomer(client, session):
    client.sign_in(make_user(session, Role.EMPLOYER))
    return client


def test_a_newcomer_is_asked_for_the_organization_first(newcomer):
    assert newcomer.get("/hire").location == "/hire/organization"
    assert "Who is hiring?" in newcomer.get("/hire/organization").text


def test_naming_it_leads_to_the_desk(newcomer, session):
    assert newcomer.post("/hire/organization", data=TYPED).location == "/hire"
    employer = session.scalars(select(Employer)).one()
    assert (employer.name, employer.website) == ("Lakeside Clinic", "https://lakeside.example")
    assert "Write your first posting" in newcomer.get("/hire").text


def test_who_the_work_is_for_and_where_it_is_done_are_said(desk, employer):
    said = {"version": employer.version, "direct": "named", "delivery": "mixed"}
    assert desk.post("/hire/organization", data=TYPED | said).status_code == 303
    assert (employer.direct, employer.clients) == (False, Clients.NAMED)
    assert employer.delivery is Delivery.MIXED
    page = desk.get("/hire/organization").text
    assert 'value="named" checked' in page
    assert '<option selected value="mixed">' in page


def test_who_says_nothing_hires_for_its_own_work(newcomer, session):
    newcomer.post("/hire/organization", data=TYPED)
    employer = session.scalars(select(Employer)).one()
    assert (employer.direct, employer.delivery) == (True, Delivery.UNDISCLOSED)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"direct": "perhaps"}, "Choose from the list."),
        ({"delivery": "the moon"}, "Choose from the list."),
        ({"name": " "}, "Enter the organization&#39;s name."),
        ({"kind": "circus"}, "Choose from the list."),
        ({"kind": ""}, "Choose a kind."),
        ({"state": "ZZ"}, "Choose from the list."),
        ({"website": "http://lakeside.example"}, "Enter an address that starts with https://."),
        ({"about": "x" * 5001}, "Use at most 5000 characters."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(newcomer, session, changes, says):
    response = newcomer.post("/hire/organization", data=TYPED | changes)
    assert response.status_code == 422
    assert says in response.text
    assert "Waterloo" in response.text
    assert session.scalars(select(Employer)).all() == []


def test_the_form_shows_what_was_saved(desk, employer):
    page = desk.get("/hire/organization").text
    assert 'value="Cedar Valley Health"' in page
    assert f'value="{employer.version}"' in page


def test_a_new_name_is_told_to_the_feed(desk, session, employer):
    posting = make_posting(session, employer=employer)
    before = posting.search_seq
    data = TYPED | {"version": employer.version}
    assert desk.post("/hire/organization", data=data).status_code == 303
    assert employer.name == "Lakeside Clinic"
    assert posting.search_seq > before


@pytest.mark.parametrize("version", [0, "", "one", "9" * 30])
def test_an_organization_that_changed_meanwhile_is_a_conflict(desk, employer, version):
    response = desk.post("/hire/organization", data=TYPED | {"version": version})
    assert response.status_code == 409
    assert employer.name == "Cedar Valley Health"


@pytest.mark.parametrize(
    "text",
    [
        "https://[",
        "https://user:secret@evil.example",
        "https://localhost",
        "javascript:alert(1)",
        "https://a b.example",
        "https://lakeside.example:99999",
        "//lakeside.example",
        "https://",
    ],
)
def test_what_is_no_address_of_a_site_is_refused(text):
    assert not is_web_address(text)


def test_a_site_may_have_a_path():
    assert is_web_address("https://www.lakeside.example/careers?id=7")


def test_an_agency_says_whether_it_names_its_clients(desk, employer):
    said = {"version": employer.version, "direct": "undisclosed"}
    desk.post("/hire/organization", data=TYPED | said)
    assert (employer.direct, employer.clients) == (False, Clients.UNDISCLOSED)


def test_further_places_are_kept_as_the_table_knows_them(desk, employer):
    said = {"version": employer.version, "places": "ames, iowa\n\n50010\nAustin, TX"}
    assert desk.post("/hire/organization", data=TYPED | said).status_code == 303
    assert [town.label for town in employer.places] == ["Ames, IA", "Austin, TX"]
    assert "Ames, IA\nAustin, TX</textarea>" in desk.get("/hire/organization").text
    again = {"version": employer.version, "places": "Austin, TX"}
    assert desk.post("/hire/organization", data=TYPED | again).status_code == 303
    assert [town.label for town in employer.places] == ["Austin, TX"]


def test_a_place_that_is_unknown_is_named_in_the_refusal(desk, employer):
    said = {"version": employer.version, "places": "Ames, IA\nAtlantis"}
    response = desk.post("/hire/organization", data=TYPED | said)
    assert (response.status_code, "We don&#39;t know “Atlantis”." in response.text) == (422, True)
    assert employer.places == ()


def test_a_form_of_an_organization_that_one_has_left_founds_no_other(desk, session, employer):
    """It is still open in another tab."""
    session.query(Member).filter_by(employer_id=employer.id).delete()
    data = TYPED | {"version": employer.version}
    assert desk.post("/hire/organization", data=data).status_code == 409
    assert session.scalars(select(Employer)).all() == [employer]
