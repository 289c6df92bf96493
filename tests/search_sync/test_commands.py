"""``python -m search_sync`` on a board with the embedded engine, and its lease."""

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.orm import Session

from careercenter.database import Base, make_engine
from search_sync.__main__ import main
from search_sync.lease import Held, sole_writer
from tests.factories import make_posting


@pytest.fixture
def board(fresh_url, tmp_path, monkeypatch):
    """An installation with one live listing."""
    for name, value in {
        "SECRET_KEY": "x" * 40,
        "DATABASE_URL": fresh_url,
        "DATA_DIR": str(tmp_path),
        "MEILI_URL": "",
        "ENV": "development",
    }.items():
        monkeypatch.setenv(name, value)
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        make_posting(session)
        session.commit()
    yield engine
    engine.dispose()


def run(command):
    return CliRunner().invoke(main, [command])


@pytest.mark.parametrize("command", ["run", "rebuild", "status", "verify"])
def test_without_a_server_it_says_so_and_is_content(board, command):
    answer = run(command)
    assert answer.exit_code == 0
    assert "MEILI_URL is not set" in answer.output


def test_status_tells_how_far_the_feed_is(board):
    assert "The feed is at 1. Live listings: 1." in run("status").output


def test_verify_notices_a_listing_that_the_feed_never_told(board):
    with board.begin() as connection:
        connection.execute(text("UPDATE posting SET search_seq = 0"))
    answer = run("verify")
    assert (answer.exit_code, "Missing from the feed: 1." in answer.output) == (1, True)


def test_a_server_that_this_version_cannot_write_to_is_refused(board, monkeypatch):
    monkeypatch.setenv("MEILI_URL", "http://127.0.0.1:7700")
    assert run("run").exit_code == 2


def test_only_one_may_write(board, fresh_url):
    with sole_writer(fresh_url), pytest.raises(Held), sole_writer(fresh_url):
        pass
    with sole_writer(fresh_url):
        pass
