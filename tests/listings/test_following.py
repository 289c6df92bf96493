"""The embedded engine keeps in step with the database, in whichever process it is."""

import os
import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.database import Base, make_engine
from careercenter.listings.following import POLL_SECONDS, EmbeddedListings
from careercenter.listings.index import Facet, Query, SearchDown
from careercenter.postings.models import Posting
from careercenter.postings.usecases import close_posting, pause_posting, resume_posting
from tests.factories import make_posting


@pytest.fixture
def database(fresh_url):
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def followed(fresh_url, database):
    listings = EmbeddedListings(fresh_url)
    yield listings
    listings.close()


def publish(database, **values) -> int:
    with Session(database) as session:
        posting_id = make_posting(session, **values).id
        session.commit()
    return posting_id


def change(database, posting_id, act):
    with Session(database) as session:
        act(session, session.get(Posting, posting_id))
        session.commit()


def found(followed, now=None) -> list[int]:
    time.sleep(POLL_SECONDS)
    return [hit.id for hit in followed.search(Query(), now or clock.now()).hits]


def test_an_engine_that_was_not_built_builds_itself(followed, database):
    posting_id = publish(database)
    assert found(followed) == [posting_id]


def test_what_is_published_is_found_at_once(followed, database):
    followed.build()
    posting_id = publish(database)
    assert found(followed) == [posting_id]


def test_what_is_closed_or_paused_vanishes(followed, database):
    closed, paused = publish(database), publish(database)
    followed.build()
    change(database, closed, lambda session, row: close_posting(session, row, clock.now()))
    change(database, paused, lambda session, row: pause_posting(session, row, clock.now()))
    assert found(followed) == []
    resumed = lambda session, row: resume_posting(session, row, row.expires_at)  # noqa: E731
    change(database, paused, resumed)
    assert found(followed) == [paused]


def test_what_has_expired_vanishes_with_no_worker_and_no_event(followed, database):
    posting_id = publish(database, expires_at=clock.now() + timedelta(days=3))
    assert found(followed) == [posting_id]
    assert found(followed, clock.now() + timedelta(days=3)) == []


def test_a_change_that_was_rolled_back_is_not_followed(followed, database):
    posting_id = publish(database)
    followed.build()
    with Session(database) as session:
        close_posting(session, session.get(Posting, posting_id), clock.now())
        session.flush()
        session.rollback()
    assert found(followed) == [posting_id]


def test_a_database_that_was_put_back_is_read_anew(followed, database):
    first = publish(database)
    publish(database)
    assert len(found(followed)) == 2
    with database.begin() as connection:
        for table in ("posting_term", "posting_credential", "posting_particulars"):
            rows = text(f"DELETE FROM {table} WHERE posting_id <> :id")
            connection.execute(rows, {"id": first})
        connection.execute(text("DELETE FROM posting WHERE id <> :id"), {"id": first})
        connection.execute(text("UPDATE search_clock SET seq = 1"))
    assert found(followed) == [first]


def test_a_database_that_is_away_is_search_down_and_then_comes_back(followed, database):
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE search_clock RENAME TO away"))
    with pytest.raises(SearchDown):
        found(followed)
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO search_clock"))
    posting_id = publish(database)
    assert found(followed) == [posting_id]


def test_counts_and_suggestions_follow_too(followed, database):
    publish(database)
    assert followed.suggest(Facet.SPECIALTY, "uro", Query()) == [("urology", 1)]
    assert (followed.health().documents, followed.health().ok) == (1, True)


def test_threads_may_share_one(followed, database):
    posting_id = publish(database)
    answers: list[list[int]] = []

    def ask() -> None:
        for _ in range(5):
            answers.append(found(followed))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [[posting_id]] * 20


def test_a_process_that_was_forked_follows_with_its_own_connections(followed, database):
    followed.build()
    assert found(followed) == []  # the parent has its own connections open
    posting_id = publish(database)
    database.dispose()
    child = os.fork()
    if child == 0:
        try:
            same = [hit.id for hit in followed.search(Query(), clock.now()).hits] == [posting_id]
        except BaseException:
            same = False
        os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert found(followed) == [posting_id]
