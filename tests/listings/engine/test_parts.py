"""The parts that only show themselves when a board has grown or aged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyroaring import BitMap

from careercenter.listings.engine import columns
from careercenter.listings.engine.alphabet import APART, PARTING, Alphabet
from careercenter.listings.engine.draft import Draft
from careercenter.listings.engine.engine import Engine
from careercenter.listings.engine.entries import Listed, entries
from careercenter.listings.engine.groups import Groups, words_in
from careercenter.listings.engine.layers import Layers
from careercenter.listings.engine.places import Places
from careercenter.listings.engine.state import empty
from careercenter.listings.engine.text import fold, tokens
from careercenter.listings.index import SETTINGS, Near, Query
from tests.listings.engine.corpus import NOW, listing


def test_layers_are_a_dictionary_of_which_old_versions_stay():
    layers, plain, versions = Layers(), {}, []
    for n in range(60):
        changes = {(n * 50 + k) % 2500: n if k % 7 else None for k in range(100)}
        versions.append((layers, dict(plain)))
        layers = layers.revised(changes)
        plain |= changes
        plain = {key: value for key, value in plain.items() if value is not None}
        assert (dict(layers.items()), len(layers)) == (plain, len(plain))
    assert all(dict(layers.items()) == plain for layers, plain in versions)


def test_an_alphabet_gives_out_the_characters_of_forgotten_words_again():
    alphabet = Alphabet()
    spelled = alphabet.write(["one", "two", "three", "two"])
    assert (len(spelled), spelled[1]) == (4, spelled[3])
    smaller = alphabet.only({"two"})
    assert (smaller.spell(["two"]), smaller.spell(["one"])) == (spelled[1], None)
    again = smaller.write(["four", "five", "six"])
    assert {spelled[0], spelled[2]} < set(again)
    assert len({*again, spelled[1]}) == 4
    assert alphabet.spell(["one", "two", "three"]) == spelled[:3]


def test_entries_hold_any_character_an_alphabet_gives_out():
    given = ["\x02", "A", "\ud800", "\udfff", "\uffff", "\U00010000", "\U0010ffff"]
    records = [PARTING + "".join([*given, *given]), "A" + PARTING + APART + "A"]
    found = [
        (field, chr(word), list(slots))
        for field, word, slots in Listed.of(entries(records, [9, 4], 2)).each()
    ]
    expected = [(1, word, [4, 9] if word == "A" else [9]) for word in given]
    assert found == [(0, "A", [4]), *expected]


def test_words_that_went_are_forgotten():
    state = empty(SETTINGS)
    for n in range(1, 80):
        draft = Draft(state)
        words = " ".join(f"{chr(97 + n % 26)}{n}x{k}" for k in range(30))
        draft.put(listing(1, version=n, description=words))
        state = draft.state(n)
    assert len(state.alphabet) < 1200
    assert len(state.vocabulary.starting("b")) == 30
    assert len(state.records) == 1


def test_slots_of_listings_that_went_are_taken_again():
    engine = Engine()
    for n in range(1, 50):
        engine.apply([listing(n, version=n, title=f"coder {n}")], [n - 3], n)
    found = engine.search(Query("coder "), NOW)
    assert [hit.id for hit in found.hits] == [49, 48, 47]


def test_only_so_many_removals_are_remembered():
    state = empty(SETTINGS)
    draft = Draft(state)
    for n in range(10_500):
        draft.remove(n, n)
    removed = draft.state(1).removed
    assert (len(removed), min(removed)) == (10_000, 500)


@pytest.mark.parametrize("share", [0, 0.0001, 0.05, 0.07, 0.5, 1])
@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 200_000])
def test_a_bitmap_made_of_bits_is_that_made_of_numbers(size, share):
    mask = np.random.default_rng(size).random(size) < share
    assert columns.bitmap_where(mask) == BitMap(np.flatnonzero(mask).tolist())


def test_a_group_is_known_by_its_number_whatever_its_length():
    a, b, c = "abc"
    words = [ord(a), ord(b), ord(c)]
    pairs = Groups(words)
    (ab,), (bc,) = pairs.of("ab")[0], pairs.of("bc")[0]
    triples = Groups(words, [ab, bc])
    (abc,), whole = triples.of("abc")
    assert whole
    assert len({ab, bc, abc}) == 3
    assert [words_in(number) for number in (ab, abc)] == [2, 3]
    assert triples.of("abcd") == ([ab, bc, abc], False)
    assert pairs.of("abc") == ([ab, bc], False)
    assert pairs.of("ad") == Groups().of("ab") == ([], False)


def test_groups_reach_over_neither_fields_nor_values():
    groups = Groups([ord("a"), ord("b")])
    records = [f"ab{PARTING}a{PARTING}b", f"a{APART}b{PARTING}ba{PARTING}aab"]
    (ab,), (ba,), (aa,) = (groups.of(pair)[0] for pair in ("ab", "ba", "aa"))
    found = Listed.of(groups.entries(records, [7, 9], 3)).each()
    assert sorted((field, number, list(slots)) for field, number, slots in found) == sorted(
        [(0, ab, [7]), (1, ba, [9]), (2, ab, [9]), (2, aa, [9])]
    )


@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("aeE/&m-’ \t\n\u0301ﬁ…™\u00ad")), max_size=40
    )
)
def test_a_text_may_be_cut_at_its_spaces(text):
    pieces = [token for piece in text.split() for token in tokens(fold(piece))]
    assert tokens(fold(text)) == pieces


edges = [0, 0.1, 45, 45.1, 89.9, 90]
degrees = st.tuples(
    st.floats(-90, 90) | st.sampled_from([*edges, -89.9, -90]),
    st.floats(-180, 180) | st.sampled_from([*edges, -179.9, 179.9, 180]),
)


@given(degrees, degrees, st.floats(0, 13_000) | st.floats(0, 20))
def test_a_point_is_in_the_circle_if_its_miles_are_few_enough(centre, point, miles):
    places = Places.empty().revised((), [(3, *point)])
    _, everywhere = places.within([Near(*centre, 13_000)])
    slots, found = places.within([Near(*centre, miles)])
    assert slots.tolist() == ([3] if everywhere[0] <= miles else [])
    assert found.tolist() == everywhere[: len(slots)].tolist()
