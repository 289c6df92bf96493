import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.taxonomy.place_names import city_key, plain, state_codes, zip_code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Louis", "saint louis"),
        ("FT WORTH", "Fort Worth"),
        ("Mt. Pleasant", "Mount  Pleasant"),
        ("Winston-Salem", "winston salem"),
        ("Coeur d’Alene", "coeur d alene"),
        ("St. Mary's", "Saint Marys"),
        ("Española", "espanola"),
        ("New York City", "New York"),
    ],
)
def test_spellings_of_a_city_meet(one, other):
    assert city_key(one) == city_key(other)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("50701", "50701"),
        (" 50701-1234 ", "50701"),
        ("５０７０１", "50701"),
        ("Waterloo, IA 50701", "50701"),
        ("5070", None),
        ("507011", None),
        ("50701 Waterloo", None),
        ("", None),
    ],
)
def test_a_zip_code_is_five_digits_at_the_end(text, code):
    assert zip_code(text) == code


@pytest.mark.parametrize("text", ["ia", "IA", "Iowa", " iowa "])
def test_a_state_is_known_by_code_and_name(text):
    assert state_codes(text) == ("IA",)


def test_a_state_that_is_being_typed_may_be_several():
    assert set(state_codes("i", prefix=True)) == {"IA", "ID", "IL", "IN"}
    assert state_codes("i") == ()


@given(st.text(max_size=120))
def test_plain_text_is_ascii_and_stays_as_it_is(text):
    found = plain(text)
    assert found.isascii()
    assert plain(found) in {found, ""}  # some letters come apart into several
