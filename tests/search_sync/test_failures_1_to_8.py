"""Fifteen ways in which a database and a search server come apart: the first eight, made to happen.

Each was seen in somebody's issues; the answer to it is what is tested.
"""

from datetime import timedelta

import pytest

from careercenter import clock
from careercenter.listings.index import Query
from careercenter.listings.meilisearch import MeiliListings
from search_sync import sync as syncing
from search_sync.lease import Held, sole_writer
from search_sync.writer import IndexDown
from tests.search_sync.board import close, publish, put, retitle

WRITING = "documentAdditionOrUpdate"


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


def test_02_each_change_a_task_of_its_own(database, meili, following):
    for _ in range(30):
        publish(database)
    following.drain()
    assert len(meili.held()) == 30
    assert len(meili.tasks(WRITING)) == 2, "one for all, and the bookmark"


def test_03_the_second_change_is_lost_in_the_first(database, meili, following, index):
    """It comes while the first is under way."""
    (one,) = publish(database)
    apply = index.apply

    def meanwhile(*changes):
        index.apply = apply
        receipt = apply(*changes)
        retitle(database, one, "Second change")
        return receipt

    index.apply = meanwhile
    following.drain()
    following.drain()
    assert meili.found("second change ") == [one]
    assert not following.verify()


def test_04_a_stale_worker_overwrites_what_is_newer(fresh_url):
    with sole_writer(fresh_url), pytest.raises(Held), sole_writer(fresh_url):
        pass


def test_04_a_batch_is_not_sent_again_as_it_was(database, meili, following, small_batches):
    """It fails; when it is sent again its postings have changed, and later batches are through."""
    live = publish(database, 4)
    put(database, live[0], latitude=95.0, longitude=0.0, setting="onsite")

    def once(task):
        if task.kind == WRITING and len(task.body) == 2 and task.body[0]["id"] == live[0]:
            close(database, live[1])
        return False

    meili.faults.failing_if = once
    following.drain()
    assert meili.held() == live[2:]


def test_05_a_closed_posting_stays_searchable(database, meili, follower):
    live = publish(database, 3)
    follower.step()
    close(database, live[1])
    follower.step()
    assert meili.held() == [live[0], live[2]]


def test_05_a_listing_ends_while_no_sync_runs(database, meili, follower):
    soon = clock.now() + timedelta(hours=1)
    publish(database, expires_at=soon)
    follower.step()
    assert meili.queue.drained()
    listings = MeiliListings(meili.url, meili.master_key)
    assert listings.search(Query(), soon - timedelta(milliseconds=1)).total == 1
    assert listings.search(Query(), soon).total == 0
    listings.close()


def test_06_waiting_for_every_batch(database, meili, following, small_batches):
    """Several are in the queue at once, for the server to join."""
    publish(database, 6)
    meili.faults.paused = True
    seen = []
    settle = following._writer.settle

    def look(receipt, timeout):
        seen.append(len(meili.queue.tasks))
        meili.resume()
        return settle(receipt, timeout)

    following._writer.settle = look
    before = len(meili.queue.tasks)
    following.drain()
    assert seen[0] - before == 3
    assert len(meili.held()) == 6


def test_07_a_wait_that_ends_before_the_task_does(database, meili, following, monkeypatch):
    """It is not taken for a failure, nor done again: it is asked for again."""
    live = publish(database, 2)
    meili.faults.paused = True
    monkeypatch.setattr(syncing, "SETTLE_SECONDS", 0.1)
    for _ in range(3):
        with pytest.raises(IndexDown, match="no answer in time"):
            following.drain()
    assert len(meili.tasks(WRITING)) == 1
    meili.resume()
    following.drain()
    assert meili.held() == live


def test_08_an_accepted_task_that_fails(database, meili, following):
    """202 says nothing. What is wrong with one document is found, told and put aside."""
    live = publish(database, 5)
    meili.faults.error = "invalid_document_fields"
    meili.faults.failing_if = lambda task: (
        task.kind == WRITING and any(body["id"] == live[2] for body in task.body)
    )
    following.drain()
    assert meili.held() == [one for one in live if one != live[2]]
    assert list(following.quarantined) == [live[2]]
    assert "invalid_document_fields" in following.quarantined[live[2]]


def test_08_a_task_that_fails_by_the_servers_own_fault(database, meili, following):
    """Nobody is put aside for it; it is sent again."""
    live = publish(database, 3)
    meili.faults.failing = 1
    with pytest.raises(IndexDown, match="internal"):
        following.drain()
    following.drain()
    assert (meili.held(), following.quarantined) == (live, {})
