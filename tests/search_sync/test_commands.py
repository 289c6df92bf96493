"""``python -m search_sync`` on a board with the embedded engine, and its lease."""

import os

import pytest
from click.testing import CliRunner
from sqlalchemy import text
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.database import Base, make_engine
from careercenter.listings.index import Query
from careercenter.listings.meili.server import Refused, Server
from careercenter.listings.meilisearch import MeiliListings
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


def run(*command):
    return CliRunner().invoke(main, command)


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


@pytest.fixture
def served(board, meili, monkeypatch):
    """The same, with a Meilisearch and its two keys."""
    monkeypatch.setenv("MEILI_URL", meili.url)
    monkeypatch.setenv("MEILI_MASTER_KEY", meili.master_key)
    for line in run("keys").output.splitlines():
        monkeypatch.setenv(*line.split("="))
    return meili


def test_two_keys_are_made_and_shown(board, meili, monkeypatch):
    monkeypatch.setenv("MEILI_URL", meili.url)
    assert run("keys").exit_code == 2, "without the master key"
    monkeypatch.setenv("MEILI_MASTER_KEY", meili.master_key)
    shown = dict(line.split("=") for line in run("keys").output.splitlines())
    made = {key["key"]: key for key in meili.keys.keys.values()}
    search, sync = made[shown["MEILI_SEARCH_KEY"]], made[shown["MEILI_SYNC_KEY"]]
    assert (search["actions"], search["indexes"]) == (["search"], ["listings*"])
    assert not {"*", "keys.create"} & {*sync["actions"]}


def test_the_keys_suffice_for_all_that_is_done(served):
    assert run("rebuild").output == "The index holds 1 listings.\n"
    assert run("verify").output == "Live listings: 1. Missing: 0.\n"
    told = run("status").output
    assert "Meilisearch 1.53.0, index listings\nListings: 1. Tasks waiting: 0.\n" in told
    assert "The feed is at 1, the index at 1: 0 behind.\n" in told


def test_the_search_key_searches_and_does_nothing_else(served):
    run("rebuild")
    key = os.environ["MEILI_SEARCH_KEY"]
    listings = MeiliListings(served.url, key)
    assert (listings.health().documents, listings.search(Query(), clock.now()).total) == (1, 1)
    listings.close()
    server = Server(served.url, key, (1, 1))
    with pytest.raises(Refused):
        server.put_documents("listings", b"[]")
    server.close()


def test_an_index_that_was_never_filled_is_told(served):
    answer = run("status")
    assert (answer.exit_code, "never filled" in answer.output) == (1, True)


def test_what_differs_is_told_and_repaired(served, board):
    run("rebuild")
    with board.begin() as connection:
        connection.execute(text("UPDATE posting SET search_seq = 7"))
    answer = run("verify")
    assert (answer.exit_code, "In another version: 1." in answer.output) == (1, True)
    assert run("verify", "--repair").exit_code == 0


@pytest.mark.parametrize("version", ["1.43.0", "1.12.8", "0.30.0", "2.0.0"])
def test_a_version_that_it_was_not_written_for_is_refused(served, version):
    served.standin.version = version
    for command in ("run", "rebuild", "status"):
        answer = run(command)
        assert (answer.exit_code, f"Meilisearch {version} is not supported" in answer.output) == (
            2,
            True,
        )


def test_a_server_that_does_not_answer_is_told(served):
    served.faults.down = True
    answer = run("verify")
    assert (answer.exit_code, answer.output) == (1, "Error: Meilisearch: no connection.\n")


def test_two_do_not_write_one_board(served, fresh_url):
    with sole_writer(fresh_url):
        answer = run("run")
    assert (answer.exit_code, "Another sync is at work" in answer.output) == (1, True)


def test_the_key_is_never_shown(served, monkeypatch):
    monkeypatch.setenv("MEILI_SYNC_KEY", "a-wrong-and-secret-key")
    answer = run("verify")
    assert (answer.exit_code, "invalid_api_key" in answer.output) == (1, True)
    assert "secret-key" not in answer.output


def test_only_one_may_write(board, fresh_url):
    with sole_writer(fresh_url), pytest.raises(Held), sole_writer(fresh_url):
        pass
    with sole_writer(fresh_url):
        pass
