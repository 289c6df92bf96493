"""What is meant by "where"."""

import pytest

from careercenter.listings.whereabouts import understand


@pytest.fixture
def places(made_app):
    return made_app.extensions["places"]


@pytest.mark.parametrize("typed", ["50701", "Waterloo, IA", "waterloo iowa", "50701-1234"])
def test_a_zip_or_a_city_is_a_circle(places, typed):
    where = understand(typed, 50, places)
    assert where.words(50) == "Within 50 miles of Waterloo, IA"
    assert (where.near[0].miles, where.states) == (50, ())


@pytest.mark.parametrize("typed", ["Iowa", "IA", "ia"])
def test_a_state_means_living_there(places, typed):
    where = understand(typed, 25, places)
    assert (where.states, where.near) == (("IA",), ())
    assert where.words(25) == "Jobs open to people in Iowa"


@pytest.mark.parametrize("typed", ["remote", "WFH", "work from home"])
def test_remote_is_a_place(places, typed):
    where = understand(typed, 25, places)
    assert (where.remote, where.states, where.words(25)) == (True, (), "Remote jobs")


@pytest.mark.parametrize("typed", ["Remote, IA", "remote in Iowa", "remote from iowa", "remote ia"])
def test_remote_work_may_be_tied_to_a_state(places, typed):
    where = understand(typed, 25, places)
    assert where.words(25) == "Remote jobs open to people in Iowa"


@pytest.mark.parametrize("typed", ["Xyzzy", "remote in Xyzzy", "00000"])
def test_an_unknown_place_is_left_out_and_said(places, typed):
    where = understand(typed, 25, places)
    assert (where.near, where.states) == ((), ())
    assert "We do not know the place" in where.note


def test_nothing_asked_is_nothing_said(places):
    where = understand("", 25, places)
    assert (where.words(25), where.note, where.heading) == ("", "", "Medical coding jobs")


def test_beside_a_circle_stands_remote_work_from_its_state(places):
    assert understand("50701", 25, places).nearby == "where=Remote%2C+IA"


def test_several_places_are_several_circles(places):
    where = understand("Waterloo, IA; 60601", 25, places)
    assert len(where.near) == 2
    assert where.words(25) == "Within 25 miles of Waterloo, IA or Chicago, IL"


def test_several_states_are_any_of_them(places):
    where = understand("Iowa; TX", 25, places)
    assert where.states == ("IA", "TX")


def test_places_and_states_are_not_mixed(places):
    where = understand("50701; Texas; Xyzzy", 25, places)
    assert (len(where.near), where.states) == (1, ())
    assert "can’t be asked for together" in where.note
    assert "Xyzzy" in where.note
