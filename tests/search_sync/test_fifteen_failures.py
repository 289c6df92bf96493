"""Fifteen ways in which the database and a search server come apart, each made to happen.

Each was seen in somebody's issues; the answer to it is what is tested.
"""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.listings import feed
from careercenter.listings.index import SETTINGS, Facet, Query, SearchDown
from careercenter.listings.meilisearch import INDEX, MeiliListings
from careercenter.outbox import index_posting
from careercenter.postings.models import Posting
from search_sync import sync as syncing
from search_sync.lease import Held, sole_writer
from search_sync.meili import MOST_WAITING, MeiliIndex
from search_sync.running import COMPARE_EVERY, LOOK_EVERY, Follower
from search_sync.sync import Sync
from search_sync.writer import IndexDown
from tests.search_sync.board import close, publish

WRITING = "documentAdditionOrUpdate"


@pytest.fixture
def sync(sessions, index):
    index.prepare(SETTINGS.synonyms)
    return Sync(sessions, index)


@pytest.fixture
def small_batches(monkeypatch):
    """Two postings at a time."""
    monkeypatch.setattr(feed, "changes", partial(feed.changes, limit=2))
    monkeypatch.setattr(syncing, "BATCH", 2)


def retitle(database, posting_id, title):
    with Session(database) as session:
        posting = session.get(Posting, posting_id)
        posting.title = title
        index_posting(session, posting)
        session.commit()


def put(database, posting_id, **columns):
    """Behind the back of all rules."""
    with database.begin() as connection:
        connection.execute(update(Posting).where(Posting.id == posting_id).values(**columns))


def test_01_a_commit_whose_call_to_the_index_is_lost(database, meili, follower):
    """Nobody calls the index at the commit: what is committed is read from the feed, whenever."""
    follower.step()
    meili.faults.down = True
    live = publish(database, 2)
    with pytest.raises(IndexDown):
        follower.step()
    meili.faults.down = False
    follower.step()
    assert meili.held() == live


def test_01_a_write_whose_answer_is_lost(database, meili, follower):
    follower.step()
    live = publish(database, 2)
    meili.faults.lost = 1
    with pytest.raises(IndexDown):
        follower.step()
    follower.step()
    assert meili.held() == live


def test_02_each_change_a_task_of_its_own(database, meili, sync):
    for _ in range(30):
        publish(database)
    sync.drain()
    assert len(meili.held()) == 30
    assert len(meili.tasks(WRITING)) == 2, "one for all, and the bookmark"


def test_03_the_second_change_is_lost_in_the_first(database, meili, sync, index):
    """It comes while the first is under way."""
    (one,) = publish(database)
    apply = index.apply

    def meanwhile(*changes):
        index.apply = apply
        receipt = apply(*changes)
        retitle(database, one, "Second change")
        return receipt

    index.apply = meanwhile
    sync.drain()
    sync.drain()
    assert meili.found("second change ") == [one]
    assert not sync.verify()


def test_04_a_stale_worker_overwrites_what_is_newer(fresh_url):
    with sole_writer(fresh_url), pytest.raises(Held), sole_writer(fresh_url):
        pass


def test_04_a_batch_is_not_sent_again_as_it_was(database, meili, sync, small_batches):
    """It fails; when it is sent again its postings have changed, and later batches are through."""
    live = publish(database, 4)
    put(database, live[0], latitude=95.0, longitude=0.0, setting="onsite")

    def once(task):
        if task.kind == WRITING and len(task.body) == 2 and task.body[0]["id"] == live[0]:
            close(database, live[1])
        return False

    meili.faults.failing_if = once
    sync.drain()
    assert meili.held() == live[2:]


def test_05_a_closed_posting_stays_searchable(database, meili, follower):
    live = publish(database, 3)
    follower.step()
    close(database, live[1])
    follower.step()
    assert meili.held() == [live[0], live[2]]


def test_05_a_listing_ends_while_no_sync_runs(database, meili, follower):
    soon = clock.now() + timedelta(milliseconds=300)
    publish(database, expires_at=soon)
    follower.step()
    assert meili.queue.drained()
    listings = MeiliListings(meili.url, meili.master_key)
    assert listings.search(Query(), soon - timedelta(milliseconds=1)).total == 1
    assert listings.search(Query(), soon).total == 0


def test_06_waiting_for_every_batch(database, meili, sync, small_batches):
    """Several are in the queue at once, for the server to join."""
    publish(database, 6)
    meili.faults.paused = True
    seen = []
    settle = sync._writer.settle

    def look(receipt, timeout):
        seen.append(len(meili.queue.tasks))
        meili.resume()
        return settle(receipt, timeout)

    sync._writer.settle = look
    before = len(meili.queue.tasks)
    sync.drain()
    assert seen[0] - before == 3
    assert len(meili.held()) == 6


def test_07_a_wait_that_ends_before_the_task_does(database, meili, sync, monkeypatch):
    """It is not taken for a failure, nor done again: it is asked for again."""
    live = publish(database, 2)
    meili.faults.paused = True
    monkeypatch.setattr(syncing, "SETTLE_SECONDS", 0.1)
    for _ in range(3):
        with pytest.raises(IndexDown, match="no answer in time"):
            sync.drain()
    assert len(meili.tasks(WRITING)) == 1
    meili.resume()
    sync.drain()
    assert meili.held() == live


def test_08_an_accepted_task_that_fails(database, meili, sync):
    """202 says nothing. What is wrong with one document is found, told and put aside."""
    live = publish(database, 5)
    meili.faults.error = "invalid_document_fields"
    meili.faults.failing_if = lambda task: (
        task.kind == WRITING and any(body["id"] == live[2] for body in task.body)
    )
    sync.drain()
    assert meili.held() == [one for one in live if one != live[2]]
    assert list(sync.quarantined) == [live[2]]
    assert "invalid_document_fields" in sync.quarantined[live[2]]


def test_08_a_task_that_fails_by_the_servers_own_fault(database, meili, sync):
    """Nobody is put aside for it; it is sent again."""
    live = publish(database, 3)
    meili.faults.failing = 1
    with pytest.raises(IndexDown, match="internal"):
        sync.drain()
    sync.drain()
    assert (meili.held(), sync.quarantined) == (live, {})


def test_09_one_bad_document_fails_all_that_are_sent_with_it(database, meili, sync):
    live = publish(database, 8)
    put(database, live[3], latitude=95.0, longitude=0.0, setting="onsite")
    put(database, live[6], latitude=float("inf"), longitude=0.0, setting="onsite")
    sync.drain()
    assert meili.held() == [one for one in live if one not in (live[3], live[6])]
    assert "invalid_document_geo_field" in sync.quarantined[live[3]]
    assert "cannot be written" in sync.quarantined[live[6]]
    put(database, live[3], latitude=41.0)
    sync.verify(repair=True)
    assert (live[3] in meili.held(), list(sync.quarantined)) == (True, [live[6]])


def test_10_a_rebuild_into_the_live_index(database, meili, sync, index):
    """The live index answers while another is filled; what failed rebuilds left is cleared away."""
    live = publish(database, 3)
    sync.drain()
    index.server.create_index(f"{INDEX}_1700000000000")
    index.server.create_index(f"{INDEX}_of_others")
    fill, seen = MeiliIndex.apply, []

    def watched(self, upserts, removals):
        seen.append((self.uid != INDEX, meili.found()))
        return fill(self, upserts, removals)

    index.apply = partial(watched, index)
    MeiliIndex.apply = watched
    try:
        assert sync.rebuild() == 3
    finally:
        MeiliIndex.apply = fill
    assert (True, live) in seen
    assert meili.held() == live
    assert sorted(meili.store.indexes) == [INDEX, f"{INDEX}_of_others"]


def test_11_changes_during_a_rebuild_are_lost_at_the_swap(database, meili, sync, monkeypatch):
    live = publish(database, 4)
    sync.drain()
    fit_out = MeiliIndex.fresh

    def meanwhile(self):
        fresh = fit_out(self)
        apply = fresh.apply

        def changing(*changes):
            fresh.apply = apply
            receipt = apply(*changes)
            close(database, live[0])
            retitle(database, live[1], "Changed meanwhile")
            return receipt

        fresh.apply = changing
        return fresh

    monkeypatch.setattr(MeiliIndex, "fresh", meanwhile)
    swapped = []
    swap = sync._writer.server.swap
    sync._writer.server.swap = lambda a, b: (swapped.append(meili.held(b)), swap(a, b))[1]
    sync.rebuild()
    assert swapped == [live[1:]], "before the swap, not after"
    assert meili.found("changed meanwhile ") == [live[1]]
    assert not sync.verify()


def test_12_a_rebuild_keeps_the_live_index_waiting(
    database, meili, sync, small_batches, monkeypatch
):
    """One process does both: between its batches it follows the feed."""
    monkeypatch.setattr(syncing, "FILLED", 1)
    live = publish(database, 6)
    sync.drain()
    close(database, live[0])
    swap, before = sync._writer.server.swap, []
    sync._writer.server.swap = lambda a, b: (before.append(meili.held()), swap(a, b))[1]
    sync.rebuild()
    assert before == [live[1:]]


def test_13_settings_are_not_sent_again_at_each_start(database, meili, sessions, index):
    publish(database)
    for _ in range(3):
        Follower(sessions, MeiliIndex(index.server, INDEX)).step()
    assert len(meili.tasks("settingsUpdate")) == 1
    assert not meili.tasks("indexSwap")


def test_13_of_settings_that_cost_little_only_what_differs_is_sent(meili, sync, index):
    index.server.change_settings(INDEX, {"searchCutoffMs": 7, "synonyms": {"a": ["b"]}})
    assert index.prepare(SETTINGS.synonyms)
    assert meili.tasks("settingsUpdate")[-1].body.keys() == {"searchCutoffMs", "synonyms"}


def test_13_other_settings_are_changed_by_a_rebuild(database, meili, sessions, follower):
    live = publish(database, 2)
    follower.step()
    follower._index.server.change_settings(INDEX, {"filterableAttributes": ["id"]})
    assert meili.queue.drained()
    with pytest.raises(SearchDown):
        meili.found()
    Follower(sessions, MeiliIndex(follower._index.server, INDEX)).step()
    assert len(meili.tasks("indexSwap")) == 1
    assert meili.found() == live


def test_13_a_filter_that_the_index_does_not_know_is_no_error_page(meili, sync, index):
    index.server.change_settings(INDEX, {"filterableAttributes": ["id", "expires"]})
    assert meili.queue.drained()
    listings = MeiliListings(meili.url, meili.master_key)
    for _ in range(5):
        with pytest.raises(SearchDown) as caught:
            listings.search(Query(filters={Facet.ROLE: frozenset({"coder"})}), clock.now())
        assert caught.value.__cause__.code == "invalid_search_filter"


def test_14_tasks_pile_up(database, meili, sync, index):
    meili.faults.paused = True
    for _ in range(MOST_WAITING + 1):
        index.server.change_settings(INDEX, {"searchCutoffMs": 500})
    publish(database)
    for _ in range(5):
        with pytest.raises(IndexDown, match="nothing more is sent"):
            sync.drain()
    assert not meili.tasks(WRITING)
    meili.resume()
    assert meili.queue.drained()
    assert sync.drain() == 1


def test_14_the_disk_is_full(database, meili, sync):
    live = publish(database, 3)
    meili.faults.full = True
    for _ in range(2):
        with pytest.raises(IndexDown, match="no_space_left_on_device"):
            sync.drain()
    meili.faults.full = False
    sync.drain()
    assert (meili.held(), sync.quarantined) == (live, {})


def test_15_drift_that_nobody_measures(database, meili, sessions, index, now):
    """What differs without a reason in the feed is found, told and repaired within the hour."""
    live = publish(database, 3)
    times = [now]
    follower = Follower(sessions, index, now=lambda: times[0])
    follower.step()
    index.settle(index.apply((), [live[1]]), 5)
    follower.step()
    assert meili.held() == [live[0], live[2]], "the feed does not tell"
    times[0] += COMPARE_EVERY
    follower.step()
    assert meili.held() == live


def test_15_an_index_that_lost_its_volume(database, meili, sessions, index, now):
    live = publish(database, 3)
    times = [now]
    follower = Follower(sessions, index, now=lambda: times[0])
    follower.step()
    meili.forget()
    with pytest.raises(SearchDown):
        meili.found()
    times[0] += LOOK_EVERY
    follower.step()
    assert meili.found() == live


def test_15_an_index_that_came_back_without_its_settings(database, meili, sessions, index, now):
    """What is written to a lost index makes another, which nobody can search."""
    live = publish(database, 3)
    times = [now]
    follower = Follower(sessions, index, now=lambda: times[0])
    follower.step()
    meili.forget()
    live += publish(database)
    follower.step()
    with pytest.raises(SearchDown):
        meili.found()
    times[0] += LOOK_EVERY
    follower.step()
    assert meili.found() == live
