"""The sync dies between any two steps; the next one makes both sides agree."""

import pytest

from careercenter.listings.index import SETTINGS
from careercenter.listings.meili.server import Server
from careercenter.listings.meilisearch import INDEX
from search_sync import meili as writing
from search_sync.meili import TIMEOUTS, MeiliIndex
from search_sync.running import Follower
from search_sync.sync import Sync
from tests.search_sync.board import close, publish, retitle

MOST_CALLS = 60  # more than any of the stories makes


class Killed(BaseException):
    """No code stops it."""


class Mortal(Server):
    """Dies at one of its calls: before it is sent, or when its answer is on the way."""

    def __init__(self, url, key, seconds, calls):
        super().__init__(url, key, seconds)
        self._left, self._late = calls // 2, calls % 2

    def __getattribute__(self, name):
        found = super().__getattribute__(name)
        return self._mortal(found) if callable(found) and name in WAYS else found

    def _mortal(self, act):
        def acting(*arguments):
            self._left -= 1
            if self._left < 0 and not self._late:
                raise Killed
            answer = act(*arguments)
            if self._left < 0:
                raise Killed
            return answer

        return acting


WAYS = {name for name in vars(Server) if not name.startswith("_")} - {"close"}


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(writing, "FIRST_PAUSE", 0.002)


def start_and_follow(database, sessions, index):
    follower = Follower(sessions, index)
    live = publish(database, 3)
    follower.step()
    close(database, live[0])
    retitle(database, live[1], "Other words")
    follower.step()


def fill_anew(database, sessions, index):
    live = publish(database, 3)
    index.prepare(SETTINGS.synonyms)
    sync = Sync(sessions, index)
    sync.start()
    close(database, live[0])
    sync.rebuild()


@pytest.mark.slow
@pytest.mark.parametrize("story", [start_and_follow, fill_anew])
def test_whenever_it_dies_both_sides_agree_in_the_end(story, database, sessions, meili):
    for calls in range(MOST_CALLS * 2):
        server = Mortal(meili.url, meili.master_key, TIMEOUTS, calls)
        lived = True
        try:
            story(database, sessions, MeiliIndex(server, INDEX))
        except Killed:
            lived = False
        server.close()
        agree(sessions, meili)
        if lived:
            break
    assert 20 < calls < MOST_CALLS * 2 - 1


def agree(sessions, meili):
    server = Server(meili.url, meili.master_key, TIMEOUTS)
    index = MeiliIndex(server, INDEX)
    Follower(sessions, index).step()
    assert meili.queue.drained()
    assert not Sync(sessions, index).verify()
    server.close()
