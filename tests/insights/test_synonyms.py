"""Words that staff teach the search."""

import pytest

from careercenter.errors import Invalid
from careercenter.insights.models import SynonymDetails
from careercenter.insights.queries import synonyms, taught
from careercenter.insights.usecases import forget_synonym, teach_synonym
from careercenter.listings.feed import clock_seq
from careercenter.taxonomy.vocabularies import SYNONYMS
from tests.factories import make_user


@pytest.fixture
def teach(session, now):
    moderator = make_user(session)

    def teach(term: str, *equivalents: str, both_ways: bool = True) -> None:
        teach_synonym(session, SynonymDetails(term, equivalents, both_ways), moderator, now)

    return teach


def test_without_staff_they_are_the_taxonomys(session):
    assert synonyms(session) == SYNONYMS


def test_both_ways_every_word_leads_to_the_others(session, teach):
    teach("upcoder", "over coder", "coder x")
    found = synonyms(session)
    assert found["upcoder"] == ("over coder", "coder x")
    assert found["over coder"] == ("upcoder", "coder x")


def test_one_way_only_the_term_leads(session, teach):
    teach("upcoder", "over coder", both_ways=False)
    assert "over coder" not in synonyms(session)


def test_a_word_of_the_taxonomy_keeps_what_it_had(session, teach):
    teach("profee", "quux", both_ways=False)
    assert synonyms(session)["profee"] == (*SYNONYMS["profee"], "quux")


def test_every_change_moves_the_feeds_clock(session, teach):
    before = clock_seq(session)
    teach("upcoder", "over coder")
    assert clock_seq(session) == before + 1
    forget_synonym(session, taught(session)[0].id)
    assert clock_seq(session) == before + 2
    assert synonyms(session) == SYNONYMS


def test_a_word_has_one_row(teach):
    teach("upcoder", "over coder")
    with pytest.raises(Invalid):
        teach("upcoder", "something else")
