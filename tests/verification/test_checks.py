"""Proving mail and a domain: facts with days, which hold for the site as it is."""

from datetime import timedelta

import pytest

from careercenter.accounts.models import Role
from careercenter.employers.models import MemberRole
from careercenter.mail import compose
from careercenter.tasks import Task
from careercenter.verification import usecases
from careercenter.verification.handlers import letters
from careercenter.verification.models import LINK_LIFE, Facts, WorkAddress
from careercenter.verification.queries import facts_of
from tests.factories import make_member, make_posting, make_user

PAGE = "/hire/verification"
NAME = "_careercenter.lakeside.example"


@pytest.fixture
def resolver(app, session):
    found = app.extensions["resolver"]
    found.watch = session
    return found


@pytest.fixture
def asked(desk, session) -> WorkAddress:
    desk.post(f"{PAGE}/addresses", data={"email": "HR@lakeside.example"})
    return session.query(WorkAddress).one()


@pytest.fixture
def link(app, asked) -> str:
    return "/work-addresses/" + app.extensions["tokens"].link("work-address", asked.public_id)


def expected(desk) -> str:
    page = desk.get(PAGE).text
    return page.partition('<code class="breaks">')[2].partition("</code>")[0]


def test_nothing_is_checked_at_first(desk, session, employer):
    assert "Nothing checked yet" in desk.get(PAGE).text
    assert facts_of(session, employer) == Facts()


def test_an_address_is_proved_by_a_mailed_link(desk, app, settings, session, employer, asked, link):
    letter = letters(app.extensions["tokens"])["work_address"](
        session, asked.public_id, asked.asked_at
    )
    text = compose(app, settings, letter).get_body(("plain",)).get_content()
    assert (letter.to, link in text) == (asked.email, True)
    desk.sign_out()
    assert "Is that so?" in desk.get(link).text
    assert asked.confirmed_at is None
    assert "Thank you" in desk.post(link).text
    assert facts_of(session, employer).mail.domain == "lakeside.example"
    assert desk.post(link).status_code == 400


def test_a_link_is_old_after_three_days(desk, asked, link, now):
    asked.asked_at = now - LINK_LIFE - timedelta(minutes=1)
    assert desk.get(link).status_code == 400
    assert desk.get(f"{link}x").status_code == 400


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("boss@gmail.com", usecases.FREE),
        ("hr@other.example", "Your website is lakeside.example."),
        ("nonsense", "Enter an email address"),
    ],
)
def test_other_addresses_do_not_count(desk, session, email, says):
    response = desk.post(f"{PAGE}/addresses", data={"email": email})
    assert response.status_code == 422
    assert says.replace("'", "&#39;") in response.text
    assert session.query(Task).all() == []


def test_ones_own_confirmed_address_counts_at_once(client, session, employer):
    user = make_user(session, Role.EMPLOYER, email="ada@lakeside.example")
    make_member(session, employer, MemberRole.OWNER, user)
    client.sign_in(user)
    client.post(f"{PAGE}/addresses", data={"email": user.email})
    assert facts_of(session, employer).mail.domain == "lakeside.example"
    assert session.query(Task).all() == []


def test_without_a_website_there_is_no_domain_to_check(desk, session, employer):
    employer.website = ""
    assert "Add your website" in desk.get(PAGE).text
    response = desk.post(f"{PAGE}/addresses", data={"email": "hr@lakeside.example"})
    assert (response.status_code, "website" in response.text) == (422, True)
    assert desk.post(f"{PAGE}/domain-checks").status_code == 422


def test_a_domain_is_proved_by_its_record(desk, session, employer, resolver):
    resolver.records[NAME] = ["v=spf1 -all", expected(desk)]
    assert desk.post(f"{PAGE}/domain-checks").location == PAGE
    fact = facts_of(session, employer).domain
    assert (fact.domain, resolver.asked) == ("lakeside.example", [NAME])
    assert "lakeside.example proved" in desk.get(PAGE).text


def test_a_record_that_is_not_there_or_anothers_proves_nothing(desk, session, employer, resolver):
    for texts in ([], ["careercenter-verification=" + "0" * 32]):
        resolver.records[NAME] = texts
        response = desk.post(f"{PAGE}/domain-checks")
        assert (response.status_code, "no such record yet" in response.text) == (422, True)
    assert facts_of(session, employer).domain is None


def test_a_name_server_that_is_away_changes_nothing(desk, resolver):
    resolver.down = True
    response = desk.post(f"{PAGE}/domain-checks")
    assert (response.status_code, "Retry-After" in response.headers) == (503, True)


def test_the_name_server_is_not_asked_without_end(desk, resolver):
    statuses = [desk.post(f"{PAGE}/domain-checks").status_code for _ in range(21)]
    assert statuses == [422] * 20 + [429]


def test_another_site_has_to_be_proved_anew(desk, session, employer, asked, link, resolver):
    resolver.records[NAME] = [expected(desk)]
    desk.post(f"{PAGE}/domain-checks")
    desk.post(link)
    employer.website = "https://seaside.example"
    assert facts_of(session, employer) == Facts()
    employer.website = "https://lakeside.example"
    assert facts_of(session, employer).mail
    assert facts_of(session, employer).domain


def test_visitors_and_moderators_see_what_was_checked(desk, session, employer, link):
    desk.post(link)
    posting = make_posting(session, employer=employer)
    desk.sign_out()
    assert "Mail at lakeside.example confirmed" in desk.get(f"/employers/{employer.slug}").text
    desk.sign_in(make_user(session, Role.MODERATOR))
    assert "Mail at lakeside.example" in desk.get(f"/staff/review/{posting.id}").text


def test_acts_are_an_owners(client, session, employer):
    client.sign_in(make_member(session, employer, MemberRole.RECRUITER).user)
    assert "Send the link" not in client.get(PAGE).text
    for noun in ("addresses", "domain-checks", "documents"):
        assert client.post(f"{PAGE}/{noun}").status_code == 403
