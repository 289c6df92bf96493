"""What moderators see of searches, and how they teach the search."""

import pytest

from careercenter.insights.queries import taught
from careercenter.insights.usecases import add_searches

WORD = {"term": "Pro Coder", "equivalents": "physician coder,  PHYS coder", "both_ways": "y"}


def test_searches_that_found_nothing_come_first(staff, session, now):
    add_searches(session, now.date(), {"zzz": (4, 4), "cpc": (9, 0)})
    page = staff.get("/staff/searches").text
    assert "zzz" in page
    assert ">cpc<" not in page
    assert ">cpc<" in staff.get("/staff/searches?show=all").text
    assert "/staff/synonyms?term=zzz" in page


def test_nothing_searched_says_so(staff):
    assert "Nothing to show yet" in staff.get("/staff/searches").text


def test_a_word_is_taught_and_forgotten(staff, session):
    assert staff.post("/staff/synonyms", data=WORD).location == "/staff/synonyms"
    synonym = taught(session)[0]
    assert (synonym.term, synonym.words) == ("pro coder", ("physician coder", "phys coder"))
    assert "pro coder" in staff.get("/staff/synonyms").text
    removal = f"/staff/synonyms/{synonym.id}/removal"
    for _ in range(2):
        assert staff.post(removal).location == "/staff/synonyms"
        assert not taught(session)


def test_a_term_can_be_brought_along(staff):
    assert 'value="zzz"' in staff.get("/staff/synonyms?term=zzz").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"term": ""}, "Enter the word that people type."),
        ({"term": "one two three four"}, "at most 3 words"),
        ({"term": "!!"}, "Begin with a letter or digit"),
        ({"term": "“pro” coder"}, "no quotation marks"),
        ({"equivalents": '"physician coder"'}, "no quotation marks"),
        ({"term": "of the"}, "“of the” says too little"),
        ({"term": "x"}, "“x” says too little"),
        ({"equivalents": "senior pro coder"}, "would find nothing more"),
        ({"term": "hcc", "equivalents": "risk adjustment"}, "The search knows that already."),
        ({"equivalents": ""}, "at least one word"),
        ({"equivalents": "pro-coder"}, "holds the word itself"),
        ({"equivalents": ",".join(f"w{n}" for n in range(11))}, "at most 10"),
    ],
)
def test_nonsense_is_refused_and_kept(staff, session, changed, said):
    page = staff.post("/staff/synonyms", data=WORD | changed)
    assert page.status_code == 422
    assert said in page.text
    assert not taught(session)


def test_a_word_that_has_a_row_is_refused(staff, session):
    staff.post("/staff/synonyms", data=WORD)
    page = staff.post("/staff/synonyms", data=WORD)
    assert page.status_code == 422
    assert "has a row already" in page.text


def test_others_see_none_of_it(client):
    for path in ("/staff/searches", "/staff/synonyms"):
        assert client.get(path).status_code == 302
