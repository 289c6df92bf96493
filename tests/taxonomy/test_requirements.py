import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.errors import Invalid
from careercenter.taxonomy.requirements import (
    Alternative,
    Requirement,
    Status,
    check,
    explain,
    fit_keys,
    parse,
    sentence,
    summary,
)
from careercenter.taxonomy.vocabularies import CREDENTIALS, PICKABLE_CREDENTIALS, SATISFIES

EXAMPLE = "(CPC or CCS-P) and CRC within 6 months of hire"

slugs = st.sampled_from([c.slug for c in CREDENTIALS.values() if c.status != "alias"])
alternatives = st.builds(Alternative, slugs, st.none() | st.integers(1, 60))
groups = st.lists(alternatives, min_size=1, max_size=4, unique_by=lambda a: a.credential).map(tuple)
requirements = st.builds(Requirement, st.lists(groups, max_size=3).map(tuple))
holdings = st.sets(st.sampled_from(list(CREDENTIALS)), max_size=6)


def keys(text, *, today):
    return {tuple(sorted(key)) for key in fit_keys(parse(text), today=today)}


@given(requirements)
def test_what_is_printed_reads_as_the_same_requirement(requirement):
    assert parse(sentence(requirement)) == requirement


@given(requirements)
def test_case_and_blanks_make_no_difference(requirement):
    text = sentence(requirement)
    assert parse(f"  {text.upper()}\n") == parse(text.lower().replace(" ", "   ")) == requirement


@given(requirements, holdings)
def test_a_person_meets_every_line_just_when_they_hold_one_of_the_keys(requirement, held):
    met = all(line.status is Status.MET for line in explain(requirement, held))
    assert met == any(key <= held for key in fit_keys(requirement, today=False))


@given(requirements, holdings)
def test_a_person_may_be_hired_today_just_when_no_line_is_missing(requirement, held):
    fits = not any(line.status is Status.MISSING for line in explain(requirement, held))
    assert fits == any(key <= held for key in fit_keys(requirement, today=True))


@given(requirements)
def test_no_key_holds_more_than_another(requirement):
    found = fit_keys(requirement, today=False)
    assert not any(one < other for one in found for other in found)


@given(requirements, holdings, slugs)
def test_one_more_credential_never_makes_things_worse(requirement, held, more):
    order = [Status.MISSING, Status.LATER, Status.MET]
    before, after = explain(requirement, held), explain(requirement, {*held, more})
    pairs = zip(before, after, strict=True)
    assert all(order.index(b.status) <= order.index(a.status) for b, a in pairs)


def test_the_example_is_printed_as_it_was_written():
    assert sentence(parse(EXAMPLE)) == EXAMPLE
    assert parse(EXAMPLE) == Requirement(
        (
            (Alternative("cpc"), Alternative("ccs-p")),
            (Alternative("crc", 6),),
        )
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CPC",
        "CPC or CCS-P",
        "RHIT and (CCS or CIC)",
        "(CPC or CCS-P) within 1 month of hire",
        "CPC or CRC within 12 months of hire",
        "(CPC within 3 months of hire or CRC within 6 months of hire) and CMCA-E/M",
    ],
)
def test_each_form_is_printed_as_it_was_written(text):
    assert sentence(parse(text)) == text


def test_a_group_that_may_all_be_earned_later_shares_its_deadline():
    assert parse("(CPC or CRC) within 6 months") == Requirement(
        ((Alternative("cpc", 6), Alternative("crc", 6)),)
    )


def test_an_unmet_deadline_is_told_apart_from_a_gap():
    lines = explain(parse(EXAMPLE), {"cpc"})
    assert [(line.text, line.status, line.by) for line in lines] == [
        ("CPC or CCS-P", "met", "cpc"),
        ("CRC within 6 months of hire", "later", None),
    ]
    assert summary(lines) == "You meet 1 of 2: CRC missing, accepted within 6 months"


def test_an_apprentice_does_not_meet_the_full_credential():
    (line,) = explain(parse("CPC"), {"cpc-a"})
    assert line.status is Status.MISSING
    assert summary((line,)) == "You meet 0 of 1: CPC missing"


@pytest.mark.parametrize(
    ("asked", "held"),
    [("CPC-A", "cpc"), ("RHIT", "rhia"), ("COC", "cpc-h"), ("ODS-C", "ctr"), ("COC-A", "cpc-h")],
)
def test_a_credential_that_includes_another_meets_it(asked, held):
    (line,) = explain(parse(asked), {held})
    assert (line.status, line.by) == (Status.MET, held)


@pytest.mark.parametrize(
    "row",
    [row for row in SATISFIES if row.kind == "commonly-accepted-alternative"],
    ids=lambda row: f"{row.credential}-{row.satisfies}",
)
def test_what_only_some_employers_accept_is_not_promised(row):
    (line,) = explain(Requirement(((Alternative(row.satisfies),),)), {row.credential})
    assert line.status is Status.MISSING


def test_the_credential_that_is_asked_for_is_named_before_one_that_includes_it():
    (line,) = explain(parse("RHIT"), {"rhia", "rhit"})
    assert line.by == "rhit"


def test_the_summary_of_all_met_and_of_nothing_asked():
    assert summary(explain(parse("CPC and CRC"), {"cpc", "crc"})) == "You meet 2 of 2"
    assert summary(explain(parse(""), set())) == "No credential is asked for"


def test_the_summary_names_every_gap():
    lines = explain(parse("(CPC or COC) and RHIT and CRC within 1 month"), {"cca"})
    assert summary(lines) == (
        "You meet 0 of 3: CPC or COC missing; RHIT missing; CRC missing, accepted within 1 month"
    )


def test_the_keys_of_the_example():
    assert keys(EXAMPLE, today=True) == {("cpc",), ("ccs-p",)}
    assert keys(EXAMPLE, today=False) == {("cpc", "crc"), ("ccs-p", "crc")}


def test_a_credential_that_meets_two_groups_makes_a_smaller_key():
    assert keys("RHIT and RHIA", today=True) == {("rhia",)}
    assert keys("(CPC or CCS) and (CCS or CIC)", today=True) == {("ccs",), ("cic", "cpc")}


def test_nothing_asked_is_met_by_everybody():
    assert fit_keys(parse(""), today=True) == {frozenset()}


@pytest.mark.parametrize(
    ("requirement", "says"),
    [
        (Requirement(((Alternative("nope"),),)), "not a known credential"),
        (Requirement(((Alternative("cpc", 0),),)), "from 1 to 60 months"),
        (Requirement(((),)), "needs a credential"),
    ],
)
def test_a_requirement_built_by_hand_is_held_to_the_same_rules(requirement, says):
    with pytest.raises(Invalid, match=says) as refusal:
        check(requirement)
    assert refusal.value.field == "requirement"


def test_too_many_combinations_are_refused():
    many = " or ".join(c.abbr for c in list(PICKABLE_CREDENTIALS.values())[:23])
    with pytest.raises(Invalid, match="too many combinations"):
        parse(f"({many}) and ({many})")
