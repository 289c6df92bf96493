"""The first state: in one process or several, whatever comes twice."""

import os
import threading

import pytest

from careercenter.listings.engine import building
from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import Facet, Query
from tests.listings.engine.corpus import NOW, listing, listings, queries

ASKED = queries(seed=2, count=40)


def answers(engine):
    return [engine.search(query, NOW) for query in ASKED]


def titles_read_by():
    """A part, and a way to tell from an engine which process read it."""

    def part():
        yield listing(1, title="coder")
        yield listing(2, title=f"reader{os.getpid()}")

    return part, lambda engine: engine.search(Query(f"reader{os.getpid()} "), NOW).total == 1


def test_a_board_in_parts_is_one_board():
    documents = listings(seed=5, count=60)
    parts = [lambda: documents[:25], lambda: iter(documents[25:40]), lambda: documents[40:]]
    assert answers(Engine.build_parts(parts, 1)) == answers(Engine.build(documents, 1))
    assert Engine.build_parts(parts, 9).health() == Engine.build(documents, 9).health()


def test_a_board_of_many_batches_is_one_board(monkeypatch):
    documents = listings(seed=5, count=40)
    whole = Engine.build(documents, 1)
    monkeypatch.setattr(building, "_AT_ONCE", 7)
    assert answers(Engine.build(iter(documents), 1)) == answers(whole)


def test_the_first_part_is_read_here_and_the_others_by_children():
    part, read_here = titles_read_by()
    assert read_here(Engine.build_parts([part, list], 1))
    alone = threading.active_count() == 1
    assert read_here(Engine.build_parts([list, part], 1)) is not alone


def test_beside_other_threads_all_is_read_here():
    part, read_here = titles_read_by()
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    engine = Engine.build_parts([list, part], 1)
    over.set()
    other.join()
    assert read_here(engine)


def test_what_a_child_cannot_do_is_done_here():
    parent = os.getpid()

    def part():
        yield listing(1)
        if os.getpid() != parent:
            os._exit(1)

    assert Engine.build_parts([list, part], 1).health().documents == 1


def test_what_a_part_raises_is_raised():
    def part():
        yield listing(1)
        raise LookupError

    with pytest.raises(LookupError):
        Engine.build_parts([list, part], 1)


@pytest.mark.parametrize("apart", [True, False])
def test_of_what_comes_twice_the_newest_stands(apart):
    old = listing(1, version=1, title="old", facets={Facet.ROLE: ("old",)})
    new = listing(1, version=2, title="new", facets={Facet.ROLE: ("new",)})
    for pair in ([old, new], [new, old]):
        parts = [lambda pair=pair: pair[:1], lambda pair=pair: pair[1:]]
        engine = Engine.build_parts(parts, 2) if apart else Engine.build(pair, 2)
        assert engine.health().documents == 1
        assert engine.search(Query("old "), NOW).total == 0
        assert engine.search(Query("oldd"), NOW).corrected == ()
        found = engine.search(Query("new ", facets=(Facet.ROLE,)), NOW)
        assert (found.total, found.facets[Facet.ROLE]) == (1, (("new", 1),))


def test_what_came_twice_leaves_nothing_behind_when_its_slot_is_taken():
    engine = Engine.build([listing(1, version=1, title="old"), listing(1, version=2)], 2)
    engine.apply([listing(2, version=3, title="coder"), listing(1, version=3, title="new")], [], 3)
    totals = {word: engine.search(Query(word), NOW).total for word in ("old", "coder", "new")}
    assert totals == {"old": 0, "coder": 1, "new": 1}


def test_later_changes_are_as_good_after_a_board_in_parts():
    documents, changes = listings(seed=5, count=60), listings(seed=6, count=60)
    changes = [d for d in changes if d.version > 50]
    whole = Engine.build(documents, 1)
    parts = Engine.build_parts([lambda: documents[:20], lambda: documents[20:]], 1)
    gone = [d.id for d in documents[::7]]
    for engine in (whole, parts):
        engine.apply(changes, gone, 100)
    assert answers(whole) == answers(parts)
