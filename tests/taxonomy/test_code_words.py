"""Codes within a text, and codes that are only begun."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.taxonomy import code_tables as tables
from careercenter.taxonomy import vocabularies as v
from careercenter.taxonomy.codes import without_codes
from careercenter.taxonomy.loading import rows

code_like = st.text("0123456789ABCDEFGHJNSTVXYZabcn.-–# ", max_size=12)


@pytest.mark.parametrize("table", ["cpt", "hcpcs"])
def test_every_range_is_suggested_and_read_alike(codes, table):
    for found in getattr(tables, table)().all:
        for code in (found.first, found.last, f"{found.first}–{found.last}"):
            reading = codes.read(code)[0]
            assert reading.specialties == (found.primary, *found.secondary)
        suggested = codes.suggest(found.first[:4], limit=20)
        assert found.primary in {reading.primary for reading in suggested}


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("urology 50706 remote", ["50706"], "urology remote"),
        ("E/M 99213-25, DRG 661 and MS-DRG 470.", ["99213-25", "DRG 661", "MS-DRG 470"], None),
        ("coder (n13.5/N13.6)", ["n13.5", "N13.6"], None),
        ("HCC E11.9 HCC 38", ["E11.9", "HCC 38"], "HCC"),
        ("POS 22 profee", ["POS 22"], "profee"),
        ("visits 99202–99215", ["99202–99215"], "visits"),
        ('"DRG 661" 50706 "C61', ["50706"], '"DRG 661" "C61'),
        ("ICD-10-CM N13.5 and ICD-10 coder", ["ICD-10-CM N13.5"], "and ICD-10 coder"),
        ("ICD-10 CPT 50706", ["CPT 50706"], "ICD-10"),
        ("G35.E coder", ["G35.E"], "coder"),
        ("HCC V28 and V24", [], None),
        ("M365 admin", [], None),
        ("$50706 1099 W2 24/7 401k 3M 360 10 years", [], None),
        ("DRG validation 661", [], None),
        ("HCC 3 years, DRG 5+ years, POS 20%", [], None),
        ("covid-50706 N13.5_abc", [], None),
    ],
)
def test_codes_are_found_among_words(codes, text, found, rest):
    words = codes.find(text)
    assert [text[word.start : word.end] for word in words] == found
    assert rest is None or without_codes(text, words) == rest


def test_no_word_of_the_trade_is_taken_for_a_code(codes):
    vocabularies = (value for name, value in vars(v).items() if name.isupper())
    mappings = (value for value in vocabularies if isinstance(value, Mapping))
    terms = (term for mapping in mappings for term in mapping.values())
    names = {name for term in terms for name in (getattr(term, "name", ""), *_aliases(term))}
    names |= {word for words in v.SYNONYMS.items() for word in (words[0], *words[1])}
    names |= {row["name"] for row in rows("software")}
    assert len(names) > 500
    assert [name for name in names if codes.find(name)] == []


def _aliases(term):
    return (*getattr(term, "aliases", ()), getattr(term, "abbr", ""), getattr(term, "slug", ""))


@given(code_like)
def test_what_is_suggested_can_be_read(codes, text):
    for reading in codes.suggest(text):
        assert reading.code in {again.code for again in codes.read(reading.code)}


@pytest.mark.parametrize(
    ("prefix", "suggested"),
    [
        ("N13", ["N13", "N13.0", "N13.1", "N13.2"]),
        ("n13.5", ["N13.5"]),
        ("507", ["50600–50980", "DRG 507"]),
        ("J92", ["J92", "J9000–J9999", "J92.0", "J92.9"]),
        ("DRG 66", ["DRG 066", "DRG 660", "DRG 661", "DRG 662"]),
        ("DRG 661", ["DRG 661"]),
        ("S72", ["S72", "S6000–S8999", "S72.0", "S72.1"]),
        ("0T", ["PCS 0T"]),
        ("PCS F", []),
        ("PCS 0", ["PCS 00", "PCS 01", "PCS 02", "PCS 03"]),
        ("0510", ["0510F", "0510T", "0510U", "0510M"]),
        ("POS 2", ["POS 02", "POS 20", "POS 21", "POS 22"]),
        ("HCC 3", ["HCC 3"]),
        ("99213", ["99213"]),
        ("3M", []),
        ("5", []),
        ("DRG", []),
        ("coder", []),
        ("", []),
    ],
)
def test_suggestions_begin_with_what_was_typed(codes, prefix, suggested):
    assert [reading.code for reading in codes.suggest(prefix, limit=4)] == suggested


def test_suggestions_are_at_most_as_many_as_asked_for(codes):
    assert len(codes.suggest("S7", limit=3)) == 3
    assert codes.suggest("S7", limit=3) == codes.suggest("S7", limit=8)[:3]
