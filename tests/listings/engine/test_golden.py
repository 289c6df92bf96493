"""Which listing meets which text: each case is derived from the rules by hand."""

from dataclasses import replace

import pytest

from careercenter.listings.engine import grouping
from careercenter.listings.engine.engine import Engine
from careercenter.listings.index import SETTINGS, Query
from tests.listings.engine.corpus import NOW, listing

RULES = replace(
    SETTINGS,
    synonyms={
        "wfh": ("remote",),
        "telework": ("wfh",),
        "hcc": ("risk adjustment",),
        "profee": ("professional fee",),
        "professional fee": ("profee",),
        "drg auditor": ("clinical validation",),
    },
)

# A query ends with a space where its last word shall not be a prefix.
MET = [
    ("case does not matter", "CODER ", {"title": "coder"}),
    ("accents do not matter in the listing", "resume ", {"title": "Résumé"}),
    ("accents do not matter in the query", "são ", {"place": "Sao Paulo"}),
    ("a trademark is no letter", "cpc ", {"title": "CPC™ coder"}),
    ("a ligature is two letters", "certified ", {"description": "certiﬁed"}),
    ("a slash parts words", "outpatient ", {"title": "Inpatient/Outpatient"}),
    (
        "words may stand in different attributes",
        "coder mercy ",
        {"title": "Coder", "employer": "Mercy"},
    ),
    ("CCS-P is found", "ccs-p ", {"credentials": "CPC;CCS-P"}),
    ("CCS beside CCS-P is found", "ccs ", {"credentials": "CCS-P;CCS"}),
    ("CCS before a slash and CCS-P is found", "ccs ", {"title": "CCS/CCS-P"}),
    ("CPC-certified speaks of a CPC", "cpc ", {"title": "CPC-certified coder"}),
    ("ICD-10-CM is found", "icd-10-cm ", {"coding": "CPT;ICD-10-CM"}),
    ("ICD-10-CM is found with spaces", "icd 10 cm ", {"coding": "ICD-10-CM"}),
    ("ICD-10-CM is found by its beginning", "icd-10 ", {"coding": "ICD-10-CM"}),
    ("ICD-10-CM is found while it is typed", "icd-1", {"coding": "ICD-10-CM"}),
    ("ICD-10-CM is found in the words of a chain", "icd-10-cm ", {"coding": "ICD 10 CM"}),
    ("a non-breaking hyphen is a hyphen", "icd-10-cm ", {"coding": "ICD\u201110\u2011CM"}),
    ("MS-DRG is a DRG", "drg ", {"coding": "MS-DRG"}),
    ("E/M is found", "e/m ", {"coding": "E/M leveling"}),
    ("E&M is E/M", "e&m ", {"coding": "E/M"}),
    ("E/M before a hyphen is found", "e/m leveling ", {"coding": "E/M-leveling"}),
    ("a pair behind a pair is found", "h&p ", {"coding": "E/M/H&P"}),
    ("a chain is its words", "full-time ", {"title": "full time"}),
    ("words are a chain", "full time ", {"title": "full-time"}),
    ("a hyphen left out is a typo", "profee ", {"title": "pro-fee"}),
    ("an exact word is found when it is misspelt", "cardiolgy ", {"title": "cardiology"}),
    ("the last word is a prefix", "card", {"title": "cardiology"}),
    ("a prefix may be one letter", "coder c", {"title": "coder cardiology"}),
    ("five letters forgive a wrong one", "codar ", {"title": "coder"}),
    ("five letters forgive a missing one", "codng ", {"title": "coding"}),
    ("five letters forgive one too many", "codeer ", {"title": "coder"}),
    ("five letters forgive two swapped", "codre ", {"title": "coder"}),
    ("eight letters forgive one", "audiiing ", {"title": "auditing"}),
    ("nine letters forgive two", "inpatiemk ", {"title": "inpatient"}),
    ("nine letters forgive a wrong first letter", "onpatient ", {"title": "inpatient"}),
    ("nine letters forgive swapping the first two", "nipatient ", {"title": "inpatient"}),
    ("nine letters forgive one before the first", "xinpatient ", {"title": "inpatient"}),
    ("ten letters forgive that the first is missing", "utpatients ", {"title": "outpatients"}),
    ("the last word may have a typo", "codar", {"title": "coder"}),
    ("a typo is forgiven outside credentials", "certifed ", {"title": "certified"}),
    ("a phrase is found", '"risk adjustment"', {"title": "Senior risk adjustment coder"}),
    (
        "a phrase is found in any attribute",
        '"risk adjustment"',
        {"description": "a risk-adjustment"},
    ),
    ("typographic quotes make a phrase", "“risk adjustment”", {"title": "risk adjustment"}),
    ("an open quote reaches to the end", 'coder "risk adj', {"title": "coder risk adj"}),
    ("a phrase holds its stop words", '"end of life"', {"title": "end of life"}),
    ("a synonym is found", "wfh ", {"title": "remote"}),
    ("a synonym of several words is found", "hcc ", {"title": "risk adjustment"}),
    ("the synonym of several words is found", "professional fee ", {"title": "profee"}),
    ("a synonym goes both ways if it says so", "profee ", {"title": "professional fee"}),
    (
        "a synonym may stand among other words",
        "lead drg auditor 2 ",
        {"title": "2 lead clinical validation"},
    ),
    ("the last word has synonyms too", "wfh", {"title": "remote"}),
    ("stop words are not asked for", "coder for the hospital ", {"title": "hospital coder"}),
    ("stop words alone are asked for", "the ", {"title": "the coder"}),
    ("the eleventh word is not looked at", "coder " * 10 + "zebra ", {"title": "coder"}),
    ("the words of a phrase count", "coder " * 8 + '"the coder" zebra ', {"title": "the coder"}),
    ("a phrase is cut at the tenth word", "coder " * 9 + '"coder zebra"', {"title": "coder"}),
    ("no text finds all", "", {"title": "coder"}),
    ("text without a word finds all", ' "" & ! ', {"title": "coder"}),
]
NOT_MET = [
    ("every word is asked for", "coder remote ", {"title": "coder"}),
    ("CCS is not in CCS-P", "ccs ", {"credentials": "CCS-P"}),
    ("CCS is no beginning of CCS-P", "ccs", {"credentials": "CCS-P"}),
    ("CCS is not in CCS-P in any attribute", "ccs", {"title": "CCS-P"}),
    ("CCS quoted is not in CCS-P", '"ccs"', {"title": "CCS-P"}),
    ("CCS and P quoted are not in CCS-P", '"ccs p"', {"title": "CCS-P", "keywords": "P;CCS"}),
    ("CCS-P is not CCS", "ccs-p ", {"credentials": "CCS"}),
    ("CPC is not in CPC-A", "cpc", {"credentials": "CPC-A"}),
    ("CPC-A is not CCS-P", "cpc-a ", {"credentials": "CCS-P"}),
    ("ICD-10-CM is not ICD-10-PCS", "icd-10-cm ", {"coding": "ICD-10-PCS"}),
    ("ICD-10-CM is one term", "icd-10-cm ", {"coding": "ICD;CM;10"}),
    ("ICD-10 does not begin ICD-100", "icd-10 ", {"coding": "ICD-100-X", "keywords": "10"}),
    ("E/M is not the letter", "e ", {"coding": "E/M"}),
    ("a space ends the last word", "card ", {"title": "cardiology"}),
    ("quotes end the last word", '"card"', {"title": "cardiology"}),
    ("only the last word is a prefix", "card coder", {"title": "cardiology coder"}),
    ("four letters forgive nothing", "epci ", {"title": "epic"}),
    ("a hyphen is no letter", "co-de ", {"title": "co-da"}),
    ("four letters forgive no letter too few", "codr ", {"title": "coder"}),
    ("five letters do not forgive two", "codaa ", {"title": "coder"}),
    ("eight letters do not forgive two", "auditimk ", {"title": "auditing"}),
    ("nine letters do not forgive three", "inpaxiemk ", {"title": "inpatient"}),
    ("five letters do not forgive the first", "voder ", {"title": "coder"}),
    ("eight letters do not forgive a missing first", "npatient ", {"title": "inpatient"}),
    ("a wrong first letter and another are three", "onpatiens ", {"title": "inpatient"}),
    ("a prefix takes no typos", "cardoil", {"title": "cardiologists"}),
    ("numbers forgive nothing", "992133 ", {"description": "992134"}),
    ("codes forgive nothing", "ccds-o ", {"title": "CCDS-C"}),
    ("words with a digit forgive nothing", "hcpcs22 ", {"description": "hcpcs21"}),
    ("an exact word is asked for exactly", "radiology ", {"title": "radiologyx"}),
    ("cardiology is not radiology", "cardiology ", {"title": "radiology"}),
    ("credentials forgive nothing", "certifed ", {"credentials": "certified"}),
    ("a phrase keeps its order", '"risk adjustment"', {"title": "adjustment risk"}),
    ("a phrase suffers nothing between", '"risk adjustment"', {"title": "risk of adjustment"}),
    (
        "a phrase stays in one attribute",
        '"risk adjustment"',
        {"title": "risk", "keywords": "adjustment"},
    ),
    ("a phrase takes no typos", '"risk adjustmemt"', {"title": "risk adjustment"}),
    ("a phrase takes no synonyms", '"wfh"', {"title": "remote"}),
    ("a phrase asks for its stop words", '"end of life"', {"title": "end life"}),
    ("a synonym goes one way", "remote ", {"title": "wfh"}),
    ("a synonym of several words is a phrase", "hcc ", {"title": "adjustment of risk"}),
    ("part of a term has no synonyms", "professional ", {"title": "profee"}),
    ("a term in other order has no synonyms", "fee professional ", {"title": "profee"}),
    ("synonyms of synonyms are not sought", "telework ", {"title": "remote"}),
    ("stop words beside others find nothing", "the zebra ", {"title": "the coder"}),
    ("stop words alone do not find all", "the ", {"title": "coder"}),
    ("the tenth word is looked at", "coder " * 9 + "zebra ", {"title": "coder"}),
]
CASES = [pytest.param(*case[1:], True, id=case[0]) for case in MET]
CASES += [pytest.param(*case[1:], False, id=case[0]) for case in NOT_MET]


def meets(text, texts, rules=RULES):
    engine = Engine.build([listing(**texts)], seq=1, settings=rules)
    return engine.search(Query(text), NOW).total == 1


@pytest.mark.parametrize(("text", "texts", "met"), CASES)
def test_the_text_is_met(text, texts, met):
    assert meets(text, texts) is met


def test_it_is_the_same_where_words_side_by_side_are_listed(monkeypatch):
    monkeypatch.setattr(grouping, "_FEW", 0)
    failed = [case.id for case in CASES if meets(*case.values[:2]) is not case.values[2]]
    assert not failed


@pytest.mark.parametrize(
    "switched",
    [
        {"stop_words": frozenset()},
        {"exact_words": frozenset()},
        {"exact_attributes": frozenset()},
        {"synonyms": {}},
        {"one_typo": 99, "two_typos": 99},
        {"one_typo": 4},
        {"one_typo": 6},
        {"two_typos": 8},
        {"two_typos": 10},
        {"max_words": 9},
        {"max_words": 11},
    ],
    ids=str,
)
def test_without_a_rule_some_case_fails(switched):
    rules = replace(RULES, **switched)
    assert any(meets(*case.values[:2], rules) is not case.values[2] for case in CASES)
