"""Claiming an organization: asked, proved by mail, decided by a person."""

from datetime import timedelta

import pytest

from careercenter.accounts.models import Role
from careercenter.claims.handlers import claim_decided, claim_noticed, letters
from careercenter.claims.models import LINK_LIFE, Claim
from careercenter.employers.models import MemberRole
from careercenter.employers.queries import member_of
from careercenter.mail import compose
from careercenter.tasks import Task
from careercenter.verification.queries import facts_of
from tests.factories import make_employer, make_posting, make_user, owner_of

ASKED = {"email": "ada@lakeside.example", "words": "I lead the coders."}


@pytest.fixture
def moderator(session):
    return make_user(session, Role.MODERATOR)


def sent(session) -> list[str]:
    return [task.kind for task in session.query(Task).order_by(Task.id)]


def decide(client, claim, noun, **more):
    data = {"version": claim.version, "role": "owner", "answer": "Not you."} | more
    return client.post(f"/staff/claims/{claim.public_id}/{noun}", data=data)


def test_a_page_offers_to_be_claimed(client, employer):
    assert f"/employers/{employer.slug}/claim" in client.get(f"/employers/{employer.slug}").text
    path = f"/employers/{employer.slug}/claim"
    assert client.get(path).location == f"/login?next={path}"


def test_a_claim_mails_a_link_to_the_address_at_work(claimant, session, employer, person):
    path = f"/employers/{employer.slug}/claim"
    assert "It is quicker to ask a colleague" in claimant.get(path).text
    assert claimant.post(f"{path}s", data=ASKED).location == path
    claim = session.query(Claim).one()
    assert (claim.user, claim.employer, claim.email) == (person, employer, ASKED["email"])
    assert sent(session) == ["mail:claim_address"]
    assert "Open the link that we mailed" in claimant.get(path).text


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("ada@gmail.com", "Anybody can have an address there."),
        ("ada@elsewhere.example", "Use an address at lakeside.example"),
        ("", "Enter your email address."),
    ],
)
def test_an_address_elsewhere_is_refused(claimant, session, employer, email, says):
    response = claimant.post(f"/employers/{employer.slug}/claims", data=ASKED | {"email": email})
    assert (response.status_code, says in response.text) == (422, True)
    assert "I lead the coders." in response.text
    assert session.query(Claim).all() == []


def test_where_no_website_is_known_staff_judge_the_address(claimant, session, employer):
    employer.website = ""
    assert claimant.post(f"/employers/{employer.slug}/claims", data=ASKED).status_code == 303


def test_one_claim_at_a_time_and_none_for_who_acts_for_an_employer(
    claimant, session, employer, claim, person
):
    assert claimant.post(f"/employers/{employer.slug}/claims", data=ASKED).status_code == 409
    claimant.sign_in(owner_of(session, employer))
    assert claimant.post(f"/employers/{employer.slug}/claims", data=ASKED).status_code == 409
    assert "You act for Lakeside already." in claimant.get(f"/employers/{employer.slug}/claim").text


def test_the_letter_leads_to_a_button_that_proves(client, app, settings, session, claim, link, now):
    letter = letters(app.extensions["tokens"])["claim_address"](session, claim.public_id, now)
    text = compose(app, settings, letter).get_body(("plain",)).get_content()
    assert (letter.to, link in text) == ("ada@lakeside.example", True)
    assert "Is that so?" in client.get(link).text
    assert claim.confirmed_at is None
    assert "Thank you" in client.post(link).text
    assert claim.confirmed_at is not None
    assert client.post(link).status_code == 400


def test_the_link_is_old_after_three_days(client, claim, link, now):
    claim.asked_at = now - LINK_LIFE - timedelta(minutes=1)
    assert client.get(link).status_code == 400


def test_staff_approve_and_the_person_is_in(client, session, claim, person, moderator, now):
    claim.confirmed_at = now
    client.sign_in(moderator)
    assert "Ada Manager, ada@private.example" in client.get("/staff/claims").text
    assert decide(client, claim, "approval").location == "/staff/claims"
    member = member_of(session, person.id)
    assert (member.employer, member.role) == (claim.employer, MemberRole.OWNER)
    assert facts_of(session, claim.employer).mail.domain == "lakeside.example"
    assert claim_decided(session, claim.public_id, now).subject == "You now act for Lakeside"
    assert claim_noticed(session, claim.public_id, now).to != person.email
    assert decide(client, claim, "approval").status_code == 409


def test_nothing_is_approved_before_the_address_is_proved(client, session, claim, moderator):
    client.sign_in(moderator)
    assert "/approval" not in client.get("/staff/claims").text
    assert decide(client, claim, "approval").status_code == 409
    assert member_of(session, claim.user_id) is None


def test_staff_say_why_not(client, session, claim, moderator, now):
    client.sign_in(moderator)
    response = decide(client, claim, "rejection", answer=" ")
    assert (response.status_code, "Say why." in response.text) == (422, True)
    assert decide(client, claim, "rejection").status_code == 303
    letter = claim_decided(session, claim.public_id, now)
    assert (letter.to, letter.context["answer"]) == ("ada@private.example", "Not you.")
    assert claim_noticed(session, claim.public_id, now) is None


@pytest.mark.parametrize("noun", ["approval", "rejection"])
@pytest.mark.parametrize("version", ["", "x", "9" * 40])
def test_a_stale_decision_is_a_conflict(client, claim, moderator, now, noun, version):
    claim.confirmed_at = now
    client.sign_in(moderator)
    assert decide(client, claim, noun, version=version).status_code == 409


def test_who_found_another_employer_meanwhile_is_not_let_in(
    client, session, claim, moderator, person, now
):
    claim.confirmed_at = now
    make_employer(session, owner=person)
    client.sign_in(moderator)
    assert decide(client, claim, "approval").status_code == 409


def test_many_claims_are_few_statements(client, session, moderator, now):
    for _ in range(20):
        employer = make_employer(session)
        make_posting(session, employer=employer)
        facts = {"email": "a@b.example", "asked_at": now, "confirmed_at": now}
        user = make_user(session, Role.EMPLOYER)
        ids = {"employer_id": employer.id, "user_id": user.id, "public_id": f"c{user.id}"}
        session.add(Claim(**facts, **ids))
    client.sign_in(moderator)
    assert client.get("/staff/claims").status_code == 200


def test_claims_are_decided_by_moderators_alone(client, session, claim):
    client.sign_in(owner_of(session, claim.employer))
    assert client.get("/staff/claims").status_code == 403
    assert decide(client, claim, "approval").status_code == 403
    client.sign_in(make_user(session))
    assert client.get(f"/employers/{claim.employer.slug}/claim").status_code == 403


def test_an_employer_that_no_visitor_has_seen_is_not_found(claimant, session):
    path = f"/employers/{make_employer(session).slug}"
    assert claimant.get(f"{path}/claim").status_code == 404
    assert claimant.post(f"{path}/claims", data=ASKED).status_code == 404
