import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.taxonomy.places import Places, build_reference, miles
from careercenter.taxonomy.vocabularies import STATES

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "deeper" / "reference.db"
    build_reference(path)
    return path


@pytest.fixture(scope="module")
def places(reference):
    return Places(reference)


def test_building_the_file_leaves_nothing_beside_it(tmp_path):
    build_reference(tmp_path / "reference.db")
    assert [entry.name for entry in tmp_path.iterdir()] == ["reference.db"]


def test_building_again_leaves_the_file_alone(reference):
    before = reference.stat()
    build_reference(reference)
    after = reference.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("content", [b"", b"not a database"])
def test_a_broken_file_is_replaced(tmp_path, content):
    path = tmp_path / "reference.db"
    path.write_bytes(content)
    build_reference(path)
    assert Places(path).by_zip("50701")


def test_a_file_of_other_rows_is_replaced(tmp_path):
    path = tmp_path / "reference.db"
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 7")
    file.close()
    build_reference(path)
    assert Places(path).by_zip("50701")


def test_several_processes_may_build_at_once(tmp_path):
    path = tmp_path / "reference.db"
    program = (
        "from pathlib import Path; from careercenter.taxonomy.places import *;"
        f"p = Path({str(path)!r}); build_reference(p); assert Places(p).by_zip('50701')"
    )
    builders = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    assert [builder.wait() for builder in builders] == [0, 0, 0]
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_no_draft_behind(tmp_path):
    taken = tmp_path / "reference.db"
    (taken / "folder").mkdir(parents=True)
    with pytest.raises(OSError, match="reference"):
        build_reference(taken)
    assert list(tmp_path.iterdir()) == [taken]


def test_a_zip_code_is_a_place(places):
    place = places.by_zip("50706")
    assert (place.label, place.zip) == ("Waterloo, IA", "50706")
    assert (place.latitude, place.longitude) == pytest.approx((42.48, -92.33), abs=0.05)


def test_a_zip_code_with_a_leading_zero_is_a_place(places):
    assert places.by_zip("02134").label == "Allston, MA"


@pytest.mark.parametrize(
    "text",
    [
        "waterloo, ia",
        "Waterloo, Iowa",
        "waterloo",
        "WATERLOO IA",
        "waterloo iowa",
        "Waterloo,IA,USA",
    ],
)
def test_a_city_is_found_however_it_is_typed(places, text):
    place = places.by_city(text)
    assert (place.label, place.zip) == ("Waterloo, IA", None)


def test_the_centre_of_a_city_is_the_mean_of_its_zip_codes(places):
    codes = ["50701", "50702", "50703", "50704", "50706"]
    latitudes = [places.by_zip(code).latitude for code in codes]
    assert places.by_city("Waterloo, IA").latitude == pytest.approx(sum(latitudes) / len(codes))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Springfield", "Springfield, IL"),
        ("Portland", "Portland, OR"),
        ("portland, me", "Portland, ME"),
        ("St. Louis, MO", "Saint Louis, MO"),
        ("New York", "New York, NY"),
        ("New York, New York", "New York, NY"),
        ("Washington, D.C.", "Washington, DC"),
        ("Kansas City KS", "Kansas City, KS"),
        ("Charleston West Virginia", "Charleston, WV"),
        ("Waterloo, IA 99999", "Waterloo, IA"),
        ("50701", "Waterloo, IA"),
    ],
)
def test_text_is_resolved_as_a_visitor_means_it(places, text, label):
    assert places.resolve(text).label == label


@pytest.mark.parametrize("text", ["California", "West Virginia", "iowa"])
def test_the_bare_name_of_a_state_is_no_city(places, text):
    assert places.resolve(text) is None


@pytest.mark.parametrize(
    "text",
    ["", "   ", ",", ", ia", "\0", "wat\0erloo", "\ud800", "Waterloo, XX", "00000", "'; --", "💊"],
)
def test_text_that_is_no_place_resolves_to_nothing(places, text):
    assert places.resolve(text) is None


@pytest.mark.parametrize("text", ["a" * 10_000, "1" * 10_000, ", " * 5_000, "é" * 10_000])
def test_text_of_any_length_is_answered_at_once(places, text):
    started = time.perf_counter()
    assert places.resolve(text) is None
    assert places.suggest(text) == []
    assert time.perf_counter() - started < 0.5


@given(st.text(max_size=40))
def test_any_text_is_answered(places, text):
    for place in (places.resolve(text), *places.suggest(text, 3)):
        assert place is None or place.state in STATES


def test_suggestions_begin_as_typed_and_bigger_cities_come_first(places):
    labels = [place.label for place in places.suggest("springf", 3)]
    assert labels == ["Springfield, IL", "Springfield, MA", "Springfield, MO"]


def test_suggestions_follow_the_state_that_is_being_typed(places):
    labels = [place.label for place in places.suggest("waterloo, i")]
    assert labels == ["Waterloo, IA", "Waterloo, IL", "Waterloo, IN"]


def test_suggestions_for_digits_are_zip_codes(places):
    assert [place.zip for place in places.suggest("5070", 3)] == ["50701", "50702", "50703"]


def test_threads_may_share_the_places(places):
    with ThreadPoolExecutor(8) as pool:
        found = pool.map(places.by_zip, ["50701", "02134", "10001"] * 50)
    assert [place.zip for place in found] == ["50701", "02134", "10001"] * 50


def test_the_file_is_never_written_to(places):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        places._connection().execute("DELETE FROM zip")


def test_every_place_lies_in_a_known_state_and_somewhere_real(reference):
    with sqlite3.connect(reference) as file:
        found = file.execute("SELECT DISTINCT state FROM zip").fetchall()
        lost = file.execute("SELECT zip FROM zip WHERE lat < 5 OR lon > 180 OR lon = 0").fetchall()
    file.close()
    assert {state for (state,) in found} <= set(STATES)
    assert lost == []


def test_miles_between_known_cities():
    assert miles(40.7128, -74.0060, 34.0522, -118.2437) == pytest.approx(2446, abs=1)
    assert miles(0, 0, 0, 180) == pytest.approx(3958.8 * 3.14159265, abs=0.1)


@given(degrees, degrees)
def test_miles_are_the_same_both_ways_and_never_round_the_world_twice(one, other):
    there, back = miles(*one, *other), miles(*other, *one)
    assert there == pytest.approx(back, abs=0.001)
    assert 0 <= there < 12_440
    assert miles(*one, *one) == 0
