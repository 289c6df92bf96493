"""What people type is cleaned before anything looks at it."""

from hypothesis import given
from hypothesis import strategies as st

from careercenter.web.fields import clean, clean_lines


def test_control_and_invisible_characters_are_dropped():
    assert clean("Ada\u202e\u200b \x07Lovelace\ufeff") == "Ada Lovelace"


def test_an_emoji_family_stays_a_family():
    assert clean("👩\u200d👧") == "👩\u200d👧"


def test_lines_stay_lines_and_blank_ones_are_few():
    assert clean_lines("a\r\nb\n\n\n\n\nc  d ") == "a\nb\n\nc d"


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@given(st.text())
def test_a_cleaned_line_is_one_line(text):
    assert "\n" not in clean(text)
    assert "\x00" not in clean(text)
