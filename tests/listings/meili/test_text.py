"""Words as Meilisearch gets them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from careercenter.listings.index import SETTINGS
from careercenter.listings.meili.text import Asking, spelled, synonyms_of, written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Inpatient Coder; remote", "inpatient coder remote"),
        ("St. Mary’s résumé", "st mary s resume"),
        ("CCS-P and CCS", "ccccccssszzzppp and ccs"),
        ("E/M", "eeezzzmmm"),
        ("ICD-10-CM", "icd 111000 cm"),
        ("J9271", "jjj999222777111 ; j9271"),
        ("50706", "555000777000666"),
        ("", ""),
    ],
)
def test_a_text_is_written_in_our_words(text, words):
    assert written(text) == words


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("inpatient coder", "inpatient coder"),
        ("inpatient coder ", "inpatient coder "),
        ("manager of the", "manager "),
        ("the", "the"),
        ('"release of information"', '"release of information" '),
        ('"release of information" man', '"release of information" man'),
        ("ccs-p", "ccccccssszzzppp"),
        ("full-body", '"full body"'),
        ("-remote", "remote"),
        ("...", ""),
        ("n13.5", "nnn111333 555"),
    ],
)
def test_what_is_typed_is_asked_for_in_the_same_words(text, asked):
    asking = Asking(SETTINGS)
    assert asking.text(asking.terms(text)) == asked


def test_a_chain_with_synonyms_is_a_word_that_means_its_runs_too():
    asking = Asking(SETTINGS)
    word = asking.text(asking.terms("full-time ")).strip()
    assert word.isalnum()
    assert synonyms_of(SETTINGS.synonyms)[word][:2] == ["full time", "ft"]
    assert synonyms_of(SETTINGS.synonyms)["full time"] == ["ft"]


def test_synonyms_of_more_words_than_are_looked_up_are_left_out():
    found = synonyms_of({"one two three four": ("x",), "x": ("one two three four", "x-ray")})
    assert found == {"x": ["one two three four"]}


codes = st.text("abj0123456789", min_size=2, max_size=8).filter(lambda code: not code.isalpha())


@given(codes, codes)
def test_no_code_is_taken_for_another(one, other):
    if one != other:
        assert OSA.distance(spelled(one), spelled(other)) > 2


@given(codes, codes)
def test_the_beginning_of_a_code_is_its_beginning_still(one, other):
    assert other.startswith(one) == spelled(other).startswith(spelled(one))
