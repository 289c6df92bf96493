"""A second person acts for an employer."""

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from careercenter.accounts.models import Role
from careercenter.database import Base, make_engine
from careercenter.employers.commands import member
from careercenter.employers.queries import member_of
from tests.conftest import make_settings
from tests.factories import make_employer, make_user


@pytest.fixture
def board(fresh_url, tmp_path):
    settings = make_settings(fresh_url, tmp_path)
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        slug = make_employer(session).slug
        user = make_user(session, Role.EMPLOYER)
        session.commit()
    yield settings, engine, slug, user
    engine.dispose()


def add(settings, slug, email):
    return CliRunner().invoke(member, ["add", slug, email], obj=settings)


def test_an_employer_account_joins_once(board):
    settings, engine, slug, user = board
    assert add(settings, slug, user.email).exit_code == 0
    with Session(engine) as session:
        assert member_of(session, user.id).employer.slug == slug
    again = add(settings, slug, user.email)
    assert (again.exit_code, "acts for an employer already" in again.output) == (1, True)


@pytest.mark.parametrize(("slug", "email"), [("nobody", None), (None, "nobody@example.com")])
def test_what_is_not_there_is_said(board, slug, email):
    settings, _, real_slug, user = board
    assert add(settings, slug or real_slug, email or user.email).exit_code == 1
