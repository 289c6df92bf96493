"""The people of the stories."""

from collections.abc import Callable

import pytest

from careercenter.accounts.models import Role
from careercenter.postings.models import PostingStatus
from tests.factories import PASSWORD, make_candidate, make_posting, make_user, owner_of
from tests.journeys.person import Person
from tests.live import Board

POSTING = {
    "title": "Urology profee coder",
    "role": "coder",
    "coding_types": ["profee"],
    "specialties": ["urology"],
    "credentials_1": ["cpc", "ccs-p"],
    "apprentice": "yes",
    "setting": "remote-listed-states",
    "states": ["IA", "TX"],
    "employment": "full-time-w2",
    "pay_unit": "per-chart",
    "pay_low": "0.92",
    "pay_high": "1.10",
    "pay_pace": "30",
    "pay_floor": "24",
    "description": "Code office visits and procedures for nine urologists. " * 4,
}


@pytest.fixture
def stranger(live: Board) -> Person:
    return Person(live.app)


@pytest.fixture
def signed_in(live: Board) -> Callable[[str], Person]:
    def sign_in(email: str) -> Person:
        person = Person(live.app)
        person.goes_to("/login").presses("Sign in", email=email, password=PASSWORD)
        return person

    return sign_in


@pytest.fixture
def moderator(live: Board, signed_in) -> Person:
    with live.sessions() as session:
        email = make_user(session, Role.MODERATOR).email
        session.commit()
    return signed_in(email)


@pytest.fixture
def candidate(live: Board, signed_in) -> Person:
    with live.sessions() as session:
        email = make_candidate(session).user.email
        session.commit()
    person = signed_in(email)
    person.email = email
    return person


@pytest.fixture
def listing(live: Board):
    """A live posting and its owner's address."""
    with live.sessions() as session:
        posting = make_posting(session, PostingStatus.PUBLISHED)
        owner = owner_of(session, posting.employer).email
        session.commit()
    return posting, owner
