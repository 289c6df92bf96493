"""The card as a whole, and each rule that spoils it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.checks.card import RULES, score_card
from careercenter.checks.laws import laws_on
from careercenter.checks.models import AREAS, ORGANIZATION, Area, Said, Severity, Step, Subject
from careercenter.postings.details import (
    BLANK,
    Apprentice,
    CodingTest,
    Conditions,
    Extras,
    Hiring,
    Mentoring,
    Place,
    Production,
)
from careercenter.postings.forms import PostingForm
from careercenter.taxonomy.pay import Pay
from careercenter.taxonomy.requirements import parse
from tests.checks.conftest import SAID, TEXT, TODAY


def words(card) -> str:
    return "\n".join(f"{f.area} {f.severity} {f.step} {f.field}: {f.words}" for f in card.findings)


def test_a_good_posting_has_nothing_to_mend(judge):
    card = judge()
    assert words(card) == ""
    assert card.score == 100
    assert [line.worst for line in card.lines] == [None] * len(Area)


def test_what_is_not_written_yet_stops_and_says_where(judge):
    card = judge(answered=frozenset({Step.ROLE}))
    assert {f.step for f in card.stops} == set(Step) - {Step.ROLE}
    assert card.findings[0].severity is Severity.STOP


def test_an_empty_posting_is_judged_without_harm():
    card = score_card(Subject(BLANK, Said(), TODAY, frozenset()))
    assert len(card.stops) == 5
    assert card.score < 100


PAY_TITLES = [
    ("Profee coder, $30/hr", "Take the pay out of the title"),
    ("Profee coder, remote", "Take the place out of the title"),
    ("Profee coder in Texas", "Take the place out of the title"),
    ("Full-time profee coder", "Take the kind of employment out"),
    ("Profee coder needed urgently!", "A title names the job. Leave out"),
    ("Profee coder REQ 20441", "Leave your own number out"),
    ("PROFESSIONAL CODING SPECIALIST", "Capitals are hard to read"),
    ("Profee coder at Lakeside Clinic", "Your name stands beside the title"),
    ("Coder", "“Coder” means twenty jobs"),
    ("Profee coder " + "for many things " * 5, "Lists cut it after 70"),
]


@pytest.mark.parametrize(("title", "says"), PAY_TITLES)
def test_a_title_holds_the_job_alone(judge, title, says):
    assert says in words(judge(title=title))


@pytest.mark.parametrize("title", ["HCC coder", "Inpatient coder III", "CDI specialist, ICU"])
def test_abbreviations_are_no_shouting(judge, title):
    assert "title" not in words(judge(title=title))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("A rockstar is wanted.", "say what the person can do"),
        ("He reports to the manager.", "write “you” or “the coder”"),
        ("We are a young team.", "says something about age"),
        ("Mail to jobs@lakeside.example now.", "Take “jobs@lakeside.example” out"),
        ("Call (319) 555-0134.", "out of the text"),
        ("word " * 50, "One sentence has 50 words"),
        ("MRN 0012345 was coded.", "looks like a patient’s data"),
    ],
)
def test_words_are_plain_and_fair(judge, more, says):
    assert says in words(judge(description=f"{TEXT}\n\n{more}"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"required": parse("CIC")}, "CIC is for facility work, and this is physician work"),
        ({"required": parse("CPC-A")}, "CPC-A is asked for, and apprentices may not apply"),
        ({"required": parse("CPC and (CPC or CCS-P)")}, "CPC stands in two parts"),
        ({"required": parse("RHIT and RHIA")}, "RHIA includes RHIT"),
        ({"preferred": ("cpc",)}, "CPC is required and preferred"),
        ({"apprentice": Apprentice.YES, "mentoring": Mentoring()}, "2 years are asked for: few"),
        ({"role": "coder-trainee"}, "2 years are much for an entry-level posting"),
        ({"years_in": {"urology": 3}}, "3 years of Urology are more than the 2"),
    ],
)
def test_requirements_that_do_not_go_together_are_named(judge, changes, says):
    assert says in words(judge(**changes))


def test_five_years_at_an_apprentices_pay_are_named(judge, details):
    conditions = replace(details.conditions, years=5)
    card = judge(conditions=conditions, pay=Pay("hour", 1800, 2100))
    assert "5 years are asked for at an apprentice’s pay" in words(card)


def test_a_credential_for_both_sides_contradicts_neither(judge):
    assert words(judge(required=parse("CCA or CPC"))) == ""


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"pay": Pay("hour", 9000, 9900)}, "looks like a trick"),
        ({"pay": Pay("hour", 1500, 1600)}, "few will apply"),
        ({"pay": Pay("hour", 2000, 3900)}, "The range is wide"),
        ({"production": Production(Decimal(60), "encounter", "hour")}, "more than is commonly"),
        ({"production": Production(Decimal(18), "encounter", "day")}, "by the hour or the day"),
        ({"production": Production()}, "Say how much is expected"),
        ({"hiring": Hiring()}, "how many openings"),
        ({"mentoring": Mentoring()}, "Say why apprentices may not apply"),
        ({"closes_on": date(2026, 11, 1)}, "The closing date has passed"),
        ({"setting": "hybrid", "place": Place("Waterloo", "IA")}, "how many days a week"),
        ({"setting": "onsite"}, "Work at a place needs a city"),
        ({"description": "You code. We hire."}, "The text has 4 words"),
    ],
)
def test_what_readers_miss_or_doubt_is_named(judge, changes, says):
    assert says in words(judge(**changes))


def test_a_long_unpaid_test_is_named(judge, details):
    conditions = replace(details.conditions, coding_test=CodingTest.UNPAID)
    card = judge(conditions=conditions, hiring=Hiring(test_minutes=90, openings=1))
    assert "90 minutes unpaid are long" in words(card)


def test_a_state_that_asks_for_benefits_is_named_with_its_source(judge, details):
    assert "Name the benefits. Colorado may ask for it." in words(
        judge(states=("IA", "CO"), extras=Extras(("none",), ()))
    )
    changed = replace(details, states=("IA", "CO"), extras=Extras())
    (line,) = laws_on(Subject(changed, SAID, TODAY))
    assert (line.state, line.since, line.confirmed) == ("Colorado", "2021-01-01", False)
    assert (line.lacks, line.source) == (("benefits", "other pay"), "kamsa.co summary")


def test_leaving_a_state_out_for_its_law_is_named(judge):
    card = judge(states=("IA", "TX"), excluded=("CO", "WY"))
    assert "Leaving out Colorado need not free you" in words(card)


def test_a_law_of_the_future_is_named_when_it_is_near(details):
    changed = replace(details, states=("DE",))
    assert laws_on(Subject(changed, SAID, TODAY)) == ()
    assert len(laws_on(Subject(changed, SAID, date(2027, 8, 1)))) == 1


def test_who_hires_for_a_client_is_asked_for_its_name(judge):
    agency = replace(SAID, direct=False)
    assert "name it, or coders will guess" in words(judge(employer=agency))


def test_every_rule_leads_to_a_field_of_the_form(app):
    with app.test_request_context():
        form = PostingForm(app.extensions["places"], TODAY)
        assert {rule.field for rule in RULES} - {"", ORGANIZATION} <= set(form._fields)
    assert set(AREAS) == {rule.area for rule in RULES} == set(Area)


@given(st.text(max_size=60), st.text(max_size=300), st.integers(0, 40))
def test_no_words_of_an_employer_break_the_card(title, description, years):
    changed = replace(
        BLANK, title=title, description=description, conditions=Conditions(years=years)
    )
    card = score_card(Subject(changed, SAID, TODAY))
    assert 0 <= card.score <= 100
    assert all(finding.words.strip() for finding in card.findings)
