"""A field of every kind, and who may write."""

from decimal import Decimal

import pytest

from careercenter.accounts.models import Role
from careercenter.custom_fields.models import AskedField, CustomField, FieldKind, FieldWords
from careercenter.custom_fields.usecases import add_field
from careercenter.employers.models import Employer
from tests.client import StrictClient
from tests.factories import make_employer, make_user, owner_of

K = FieldKind


@pytest.fixture
def employer(session) -> Employer:
    return make_employer(session, name="Cedar Valley Health")


@pytest.fixture
def desk(client: StrictClient, session, employer: Employer) -> StrictClient:
    client.sign_in(owner_of(session, employer))
    return client


@pytest.fixture
def staff(client: StrictClient, session) -> StrictClient:
    client.sign_in(make_user(session, Role.MODERATOR))
    return client


@pytest.fixture
def fields(session, now) -> dict[str, CustomField]:
    """Only the number must be answered."""
    asked = (
        AskedField("union", K.BOOLEAN, FieldWords("Is there a union?")),
        AskedField("team", K.TEXT, FieldWords("Name of the team")),
        AskedField("week", K.LONG, FieldWords("A usual week")),
        AskedField("payday", K.CHOICE, FieldWords("Payday", choices=("Weekly", "Monthly"))),
        AskedField("perks", K.MANY, FieldWords("Perks", choices=("Lunch", "Parking, free", "Bus"))),
        AskedField(
            "coders",
            K.NUMBER,
            FieldWords("Coders", "In the team.", (), Decimal(2), Decimal("40.5"), required=True),
        ),
    )
    return {one.key: add_field(session, one, now) for one in asked}


ANSWERED: dict[str, object] = {
    "custom_union": "No",
    "custom_team": "Profee east",
    "custom_week": "Monday audit.\r\nFriday lunch.",
    "custom_payday": "Monthly",
    "custom_perks": ["Lunch", "Parking, free"],
    "custom_coders": "12",
}
