"""Following the feed for as long as it is let."""

import threading

from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.insights.models import SynonymDetails
from careercenter.insights.usecases import teach_synonym
from search_sync import running
from search_sync.running import Follower
from tests.factories import make_user
from tests.search_sync.board import publish


def teach(database, term, *equivalents):
    with Session(database) as session:
        details = SynonymDetails(term=term, equivalents=equivalents, both_ways=False)
        teach_synonym(session, details, make_user(session), clock.now())
        session.commit()


def test_what_staff_teaches_is_understood_without_a_restart(database, meili, follower):
    (one,) = publish(database, title="Zebra coder")
    follower.step()
    assert meili.found("okapi ") == []
    teach(database, "okapi", "zebra")
    follower.step()
    assert meili.queue.drained()
    assert meili.found("okapi ") == [one]
    assert len(meili.tasks("settingsUpdate")) == 2, "nothing else was changed"
    assert follower._index.bookmark().seq == follower._seen


def test_a_server_that_is_away_is_waited_for(database, meili, follower, monkeypatch):
    live = publish(database, 2)
    monkeypatch.setattr(running, "FIRST_WAIT", 0.01)
    meili.faults.down = True
    stop = threading.Event()
    thread = threading.Thread(target=follower.run, args=(stop,))
    thread.start()
    stop.wait(0.1)
    meili.faults.down = False
    wait_until(lambda: "listings" in meili.store.indexes and meili.held() == live)
    stop.set()
    thread.join(5)
    assert not thread.is_alive()


def test_a_change_is_searchable_soon(database, meili, sessions, index):
    stop = threading.Event()
    thread = threading.Thread(target=Follower(sessions, index).run, args=(stop,))
    thread.start()
    wait_until(lambda: "listings" in meili.store.indexes and index.build)
    live = publish(database)
    wait_until(lambda: meili.held() == live)
    stop.set()
    thread.join(5)


def wait_until(true, seconds=5.0):
    for _ in range(int(seconds / 0.02)):
        if true():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it never came")
