"""Fifteen ways in which a database and a search server come apart: the last seven, made to happen.

Each was seen in somebody's issues; the answer to it is what is tested.
"""

import pytest

from careercenter import clock
from careercenter.listings.index import SETTINGS, Facet, Query, SearchDown
from careercenter.listings.meilisearch import INDEX, MeiliListings
from search_sync import sync as syncing
from search_sync.meili import MOST_WAITING, MeiliIndex
from search_sync.running import COMPARE_EVERY, LOOK_EVERY, Follower
from search_sync.writer import IndexDown
from tests.search_sync.board import close, publish, put, retitle

WRITING = "documentAdditionOrUpdate"


def test_09_one_bad_document_fails_all_that_are_sent_with_it(database, meili, following):
    live = publish(database, 8)
    put(database, live[3], latitude=95.0, longitude=0.0, setting="onsite")
    put(database, live[6], latitude=float("inf"), longitude=0.0, setting="onsite")
    following.drain()
    assert meili.held() == [one for one in live if one not in (live[3], live[6])]
    assert "invalid_document_geo_field" in following.quarantined[live[3]]
    assert "cannot be written" in following.quarantined[live[6]]
    put(database, live[3], latitude=41.0)
    following.verify(repair=True)
    assert (live[3] in meili.held(), list(following.quarantined)) == (True, [live[6]])


def test_10_a_rebuild_into_the_live_index(database, meili, following, index, monkeypatch):
    """The live index answers while another is filled; what failed rebuilds left is cleared away."""
    live = publish(database, 3)
    following.drain()
    index.server.create_index(f"{INDEX}_1700000000000")
    index.server.create_index(f"{INDEX}_of_others")
    apply, found = MeiliIndex.apply, []

    def watched(self, upserts, removals):
        found.append((self.uid, meili.found()))
        return apply(self, upserts, removals)

    monkeypatch.setattr(MeiliIndex, "apply", watched)
    assert following.rebuild() == 3
    ((filled, seen),) = found
    assert (filled != INDEX, seen) == (True, live)
    assert meili.held() == live
    assert sorted(meili.store.indexes) == [INDEX, f"{INDEX}_of_others"]


def test_11_changes_during_a_rebuild_are_lost_at_the_swap(database, meili, following, monkeypatch):
    live = publish(database, 4)
    following.drain()
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
    swap = following._writer.server.swap
    following._writer.server.swap = lambda a, b: (swapped.append(meili.held(b)), swap(a, b))[1]
    following.rebuild()
    assert swapped == [live[1:]], "before the swap, not after"
    assert meili.found("changed meanwhile ") == [live[1]]
    assert not following.verify()


def test_12_a_rebuild_keeps_the_live_index_waiting(
    database, meili, following, small_batches, monkeypatch
):
    """One process does both: between its batches it follows the feed."""
    monkeypatch.setattr(syncing, "FILLED", 1)
    live = publish(database, 6)
    following.drain()
    close(database, live[0])
    swap, before = following._writer.server.swap, []
    following._writer.server.swap = lambda a, b: (before.append(meili.held()), swap(a, b))[1]
    following.rebuild()
    assert before == [live[1:]]


def test_13_settings_are_not_sent_again_at_each_start(database, meili, sessions, index):
    publish(database)
    for _ in range(3):
        Follower(sessions, MeiliIndex(index.server, INDEX)).step()
    assert len(meili.tasks("settingsUpdate")) == 1
    assert not meili.tasks("indexSwap")


def test_13_of_settings_that_cost_little_only_what_differs_is_sent(meili, following, index):
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


def test_13_a_filter_that_the_index_does_not_know_is_no_error_page(meili, following, index):
    index.server.change_settings(INDEX, {"filterableAttributes": ["id", "expires"]})
    assert meili.queue.drained()
    listings = MeiliListings(meili.url, meili.master_key)
    for _ in range(5):
        with pytest.raises(SearchDown) as caught:
            listings.search(Query(filters={Facet.ROLE: frozenset({"coder"})}), clock.now())
        assert caught.value.__cause__.code == "invalid_search_filter"


def test_14_tasks_pile_up(database, meili, following, index):
    meili.faults.paused = True
    for _ in range(MOST_WAITING + 1):
        index.server.change_settings(INDEX, {"searchCutoffMs": 500})
    publish(database)
    for _ in range(5):
        with pytest.raises(IndexDown, match="nothing more is sent"):
            following.drain()
    assert not meili.tasks(WRITING)
    meili.resume()
    assert meili.queue.drained()
    assert following.drain() == 1


def test_14_the_disk_is_full(database, meili, following):
    live = publish(database, 3)
    meili.faults.full = True
    for _ in range(2):
        with pytest.raises(IndexDown, match="no_space_left_on_device"):
            following.drain()
    meili.faults.full = False
    following.drain()
    assert (meili.held(), following.quarantined) == (live, {})


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
