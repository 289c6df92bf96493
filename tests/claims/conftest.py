"""Somebody who hires, has no organization, and finds theirs on the board."""

import pytest

from careercenter.accounts.models import Role, User
from careercenter.claims.models import Claim
from careercenter.employers.models import Employer
from tests.client import StrictClient
from tests.factories import make_employer, make_posting, make_user


@pytest.fixture
def employer(session) -> Employer:
    employer = make_employer(session, name="Lakeside", website="https://lakeside.example")
    make_posting(session, employer=employer)
    return employer


@pytest.fixture
def person(session) -> User:
    return make_user(session, Role.EMPLOYER, name="Ada Manager", email="ada@private.example")


@pytest.fixture
def claimant(client: StrictClient, person: User) -> StrictClient:
    client.sign_in(person)
    return client


@pytest.fixture
def claim(session, employer, person, now) -> Claim:
    claim = Claim(
        public_id="c" * 32,
        employer_id=employer.id,
        user_id=person.id,
        email="ada@lakeside.example",
        asked_at=now,
    )
    session.add(claim)
    session.flush()
    return claim


@pytest.fixture
def link(app, claim) -> str:
    return "/claims/" + app.extensions["tokens"].link("claim", claim.public_id)
