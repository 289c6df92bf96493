import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.errors import Invalid
from careercenter.taxonomy.requirement_text import read
from careercenter.taxonomy.vocabularies import CREDENTIALS

WORDS = ["CPC", "ccs-p", "(", ")", "and", "or", "within", "6", "months", "of", "hire", "\0", "é"]


@pytest.mark.parametrize("credential", CREDENTIALS.values(), ids=lambda c: c.slug)
def test_a_credential_is_understood_by_slug_and_by_abbreviation(credential):
    meant = credential.alias_of if credential.status == "alias" else credential.slug
    assert read(credential.slug) == read(credential.abbr) == (((meant, None),),)


@pytest.mark.parametrize("text", ["CCS–P", "ccsp", "ＣＣＳ－Ｐ", "  Ccs-P\t", "(CCS-P)"])
def test_a_credential_is_understood_however_it_is_typed(text):
    assert read(text) == ((("ccs-p", None),),)


def test_an_alias_of_several_words_is_one_credential():
    assert read("Certified Professional Coder or CPC apprentice") == (
        (("cpc", None), ("cpc-a", None)),
    )


def test_a_credential_named_twice_counts_once():
    assert read("CPC or CPC or CRC") == ((("cpc", None), ("crc", None)),)


def test_an_alternatives_own_deadline_wins_over_the_groups():
    assert read("(CPC within 3 months or CRC) within 6 months") == ((("cpc", 3), ("crc", 6)),)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("CPCX", "“CPCX” is not a known credential. Did you mean CPC?"),
        ("zzzzzzzz", "“zzzzzzzz” is not a known credential."),
        ("CPC or CCS-P and CRC", "Put alternatives in brackets: (CPC or CCS-P) and CRC."),
        ("(CPC and CRC) or CCS", "Inside brackets write only “or”; join the brackets with “and”."),
        ("(CPC or CRC", "Close the bracket after the alternatives."),
        ("CPC) and CRC", "Expected “and” or the end before “)”."),
        ("((CPC))", "Expected a credential before “(”."),
        ("CPC and", "Expected a credential at the end."),
        ("or CPC", "Expected a credential before “or”."),
        ("CPC within half a year", "Write the time allowed as “within 6 months of hire”."),
        ("CPC within 6 months of 2027", "Write the time allowed as “within 6 months of hire”."),
        ("CPC " * 300, "Write the requirement in at most 1,000 characters."),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(text, says):
    with pytest.raises(Invalid) as refusal:
        read(text)
    assert str(refusal.value) == says
    assert refusal.value.field == "requirement"


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_any_text_is_read_or_refused(text):
    try:
        groups = read(text)
    except Invalid:
        return
    assert all(slug in CREDENTIALS for group in groups for slug, _ in group)
