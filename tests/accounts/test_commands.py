"""Staff accounts are made on the command line."""

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from careercenter.accounts.commands import staff
from careercenter.accounts.models import Role
from careercenter.accounts.queries import by_email
from careercenter.database import Base, make_engine
from tests.conftest import make_settings


@pytest.fixture
def board(fresh_url, tmp_path):
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    yield make_settings(fresh_url, tmp_path), engine
    engine.dispose()


def add(settings, email, password="plum trombone lake", role="moderator"):
    words = ["add", email, "--role", role]
    return CliRunner().invoke(staff, words, obj=settings, input=f"{password}\n{password}\n")


@pytest.mark.parametrize("role", ["moderator", "finance", "operator"])
def test_a_staff_account_is_ready_to_sign_in(board, role):
    settings, engine = board
    result = add(settings, "Mo@Example.com", role=role)
    assert result.exit_code == 0, result.output
    with Session(engine) as session:
        user = by_email(session, "mo@example.com")
        assert (user.role, user.confirmed) == (Role(role), True)


def test_a_weak_password_a_wrong_address_and_a_second_account_are_refused(board):
    settings, _ = board
    assert "harder to guess" in add(settings, "mo@example.com", "password12345").output
    assert add(settings, "not an address").exit_code == 1
    add(settings, "mo@example.com")
    assert "has an account already" in add(settings, "mo@example.com").output


@pytest.mark.parametrize("role", ["candidate", "employer", "admin"])
def test_other_roles_are_not_made_here(board, role):
    assert add(board[0], "mo@example.com", role=role).exit_code == 2
