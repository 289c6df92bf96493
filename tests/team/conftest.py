"""An employer with an owner who is signed in."""

import pytest

from careercenter.employers.models import Employer, Member, MemberRole
from careercenter.team.models import GOOD_FOR, Invitation
from tests.client import StrictClient
from tests.factories import make_employer, make_member, owner_of


@pytest.fixture
def employer(session) -> Employer:
    return make_employer(session, name="Cedar Valley Health")


@pytest.fixture
def owner(session, employer) -> Member:
    return session.query(Member).filter_by(employer_id=employer.id).one()


@pytest.fixture
def recruiter(session, employer) -> Member:
    return make_member(session, employer, MemberRole.RECRUITER)


@pytest.fixture
def desk(client: StrictClient, session, employer: Employer) -> StrictClient:
    client.sign_in(owner_of(session, employer))
    return client


@pytest.fixture
def invited(session, employer, now) -> Invitation:
    invitation = Invitation(
        public_id="a" * 32,
        employer_id=employer.id,
        email="rae@cedar.example",
        role=MemberRole.REVIEWER,
        invited_by_id=owner_of(session, employer).id,
        created_at=now,
        expires_at=now + GOOD_FOR,
    )
    session.add(invitation)
    session.flush()
    return invitation


@pytest.fixture
def link(app, invited) -> str:
    return "/invitations/" + app.extensions["tokens"].link("team-invitation", invited.public_id)
