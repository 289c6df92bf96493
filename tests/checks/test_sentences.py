"""Who may apply, in one sentence."""

from dataclasses import replace

from careercenter.checks.sentences import plain_sentence
from careercenter.postings.details import Apprentice, Conditions
from careercenter.taxonomy.requirements import Requirement
from tests.factories import make_details


def test_all_that_is_asked_is_one_sentence():
    details = make_details(conditions=Conditions(years=3), years_in={"urology": 2})
    assert plain_sentence(details).replace("\N{NO-BREAK SPACE}", " ") == (
        "You need CPC or CCS-P, with 3 years of coding and 2 years of Urology; "
        "apprentices may not apply. Nice to have: CUC."
    )


def test_who_asks_for_nothing_says_so():
    details = replace(make_details(), required=Requirement(), preferred=())
    welcome = replace(details, apprentice=Apprentice.YES)
    assert plain_sentence(welcome) == "You need no credential; apprentices may apply."
