"""The sync: whatever fails or is lost on the way, both sides agree in the end."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from careercenter import clock
from careercenter.database import Base, make_engine
from careercenter.listings.feed import Cursor
from careercenter.postings.models import Posting, PostingStatus
from careercenter.postings.usecases import close_posting
from search_sync.sync import Sync, merged
from search_sync.writer import IndexDown
from tests.factories import make_employer, make_posting
from tests.fakes import FakeIndex


@pytest.fixture
def database(fresh_url):
    engine = make_engine(fresh_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def index():
    return FakeIndex()


@pytest.fixture
def sync(database, index):
    return Sync(sessionmaker(database), index)


def publish(database, count=1, status=PostingStatus.PUBLISHED) -> list[int]:
    with Session(database) as session:
        employer = make_employer(session)
        ids = [make_posting(session, status, employer=employer).id for _ in range(count)]
        session.commit()
    return ids


def close(database, posting_id) -> None:
    with Session(database) as session:
        close_posting(session, session.get(Posting, posting_id), clock.now())
        session.commit()


def test_draining_writes_what_is_live_and_removes_the_rest(database, index, sync):
    live = publish(database, 3)
    publish(database, 1, PostingStatus.PAUSED)
    assert sync.drain() == 4
    assert sorted(index.held) == live
    assert sync.drain() == 0
    close(database, live[0])
    sync.drain()
    assert sorted(index.held) == live[1:]


def test_starting_repairs_whatever_is_wrong(database, index, sync):
    live = publish(database, 3)
    index.held = {live[0]: 1, live[1]: 999, 12345: 7}
    found = sync.start()
    assert (found.missing, found.extra) == ((live[2],), (12345,))
    assert set(found.stale) <= {live[0], live[1]}
    assert not sync.verify()
    assert sync.drain() == 0, "the feed is followed from here on"


def test_a_bad_document_is_put_aside_and_the_rest_goes_on(database, index, sync):
    live = publish(database, 9)
    index.refused = {live[4]}
    sync.drain()
    assert sorted(index.held) == [one for one in live if one != live[4]]
    assert sync.quarantined == {live[4]: "a document was refused"}
    index.refused = set()
    sync.cursor = Cursor()
    sync.drain()
    assert (sorted(index.held), sync.quarantined) == (live, {})


def test_a_lost_answer_is_asked_for_again(database, index, sync):
    live = publish(database, 2)
    index.silent = 1
    with pytest.raises(IndexDown):
        sync.drain()
    assert sync.drain() == 2
    assert (sorted(index.held), bool(sync.verify())) == (live, False)


def test_an_index_that_was_away_catches_up(database, index, sync):
    first = publish(database)
    sync.drain()
    index.down = True
    close(database, first[0])
    second = publish(database)
    with pytest.raises(IndexDown):
        sync.drain()
    index.down = False
    sync.drain()
    assert sorted(index.held) == second


def test_rebuilding_starts_from_nothing(database, index, sync):
    live = publish(database, 3)
    index.held = {99: 1}
    assert sync.rebuild() == 3
    assert (sorted(index.held), sync.drain()) == (live, 0)


def test_what_changed_while_rebuilding_is_not_lost(database, index, sync, monkeypatch):
    live = publish(database, 2)
    rebuild = index.rebuild

    def slow(documents):
        count = rebuild(documents)
        close(database, live[0])
        return count

    monkeypatch.setattr(index, "rebuild", slow)
    sync.rebuild()
    assert sorted(index.held) == live[1:]


@pytest.mark.parametrize("size", [1, 2, 100])
def test_sides_of_any_length_are_merged(size):
    left = [(n, 1) for n in range(1, size + 1)]
    right = [(n, 2) for n in range(2, size + 3)]
    walked = list(merged(left, right))
    assert [one[0] for one in walked] == list(range(1, size + 3))
    assert walked[0] == (1, 1, None)
    assert walked[-1] == (size + 2, None, 2)
