"""The sync: whatever fails or is lost on the way, both sides agree in the end."""

import pytest
from sqlalchemy.orm import sessionmaker

from careercenter.listings.feed import Cursor
from careercenter.postings.models import PostingStatus
from search_sync.sync import Sync, merged
from search_sync.writer import IndexDown, MemoryIndex
from tests.fakes import FakeIndex
from tests.search_sync.board import close, publish


@pytest.fixture
def index():
    return FakeIndex()


@pytest.fixture
def sync(database, index):
    return Sync(sessionmaker(database), index)


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
    assert (sync.drain(), index.batches) == (0, [2]), "asked again, not sent again"
    assert (sorted(index.held), bool(sync.verify())) == (live, False)


def test_what_the_index_broke_is_sent_again(database, index, sync):
    live = publish(database, 2)
    index.broken = 1
    with pytest.raises(IndexDown):
        sync.drain()
    assert (sync.drain(), sync.quarantined) == (2, {})
    assert sorted(index.held) == live


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


def test_what_changed_while_rebuilding_is_not_lost(database, index, sync):
    live = publish(database, 2)
    sync.drain()
    index.fresh = lambda: Meddled(index, lambda: close(database, live[0]))
    assert sync.rebuild() == 1
    assert sorted(index.held) == live[1:]


class Meddled(MemoryIndex):
    """While it is filled, something else happens."""

    def __init__(self, beside, meddle):
        super().__init__(beside=beside)
        self.meddle = meddle

    def settle(self, receipt, timeout):
        meddle, self.meddle = self.meddle, lambda: None
        meddle()
        return super().settle(receipt, timeout)


def test_an_index_that_lost_something_while_it_was_filled_does_not_take_over(database, index, sync):
    live = publish(database, 3)
    sync.drain()
    index.fresh = lambda: Leaky(live[1])
    with pytest.raises(IndexDown, match="differs in 1"):
        sync.rebuild()
    assert sorted(index.held) == live


class Leaky(MemoryIndex):
    def __init__(self, loses):
        super().__init__()
        self.loses = loses

    def apply(self, upserts, removals):
        return super().apply([d for d in upserts if d.id != self.loses], removals)

    def take_over(self):
        raise AssertionError("it must not")


def test_a_paused_posting_is_taken_away_when_its_batch_is_sent_again(database, index, sync):
    """What was read for the batch is old by then."""
    live = publish(database, 2)
    index.refused = {live[0]}
    applied = index.apply

    def then_close(upserts, removals):
        index.apply = applied
        receipt = applied(upserts, removals)
        close(database, live[1])
        return receipt

    index.apply = then_close
    sync.drain()
    assert sorted(index.held) == []


@pytest.mark.parametrize("size", [1, 2, 100])
def test_sides_of_any_length_are_merged(size):
    left = [(n, 1) for n in range(1, size + 1)]
    right = [(n, 2) for n in range(2, size + 3)]
    walked = list(merged(left, right))
    assert [one[0] for one in walked] == list(range(1, size + 3))
    assert walked[0] == (1, 1, None)
    assert walked[-1] == (size + 2, None, 2)
