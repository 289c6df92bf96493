"""What whole advertisements say."""

import pytest

from careercenter.reading.reader import read
from tests.reading.advertisements import ADVERTISEMENTS, Advertisement

each = pytest.mark.parametrize("advertisement", ADVERTISEMENTS, ids=lambda a: a.name)


@each
def test_what_an_advertisement_says_is_read(advertisement: Advertisement):
    reading = read(advertisement.text)
    assert {topic: reading.value(topic) for topic in advertisement.says} == advertisement.says


@each
def test_what_it_does_not_say_is_not_made_up(advertisement: Advertisement):
    reading = read(advertisement.text)
    assert [reading.value(topic) for topic in advertisement.silent] == [None] * len(
        advertisement.silent
    )


@each
def test_every_fact_is_shown_in_the_words_it_was_read_in(advertisement: Advertisement):
    for fact in read(advertisement.text).facts:
        assert fact.words
        assert all(words and words in advertisement.text for words in fact.words), fact
