from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.errors import Invalid
from careercenter.taxonomy.pay import (
    BOUNDS,
    HOURLY_BOUNDS,
    HOURS_A_YEAR,
    HourlyRange,
    Pay,
    check,
    check_terms,
    describe_hourly,
    describe_origin,
    hourly_range,
    notes,
)
from careercenter.taxonomy.vocabularies import EMPLOYMENT_TYPES, PAY_UNITS

PIECES = [unit.slug for unit in PAY_UNITS.values() if unit.needs_pace]
FLOORS = [unit.slug for unit in PAY_UNITS.values() if unit.only_floor]

hourly = st.integers(*HOURLY_BOUNDS)
yearly = st.integers(*BOUNDS["year"])
paces = st.decimals("0.1", "200", places=1)


def ends(amounts):
    return st.tuples(amounts, amounts).map(sorted)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


@given(ends(hourly))
def test_hourly_pay_is_its_own_range(amounts):
    pay = Pay("hour", *amounts)
    check(pay)
    assert hourly_range(pay) == HourlyRange(*amounts)


@given(ends(yearly))
def test_a_yearly_range_is_within_half_a_cent_an_hour(amounts):
    pay = Pay("year", *amounts)
    check(pay)
    found = hourly_range(pay)
    assert abs(found.low_cents * HOURS_A_YEAR - amounts[0]) <= HOURS_A_YEAR / 2
    assert found.low_cents <= found.high_cents
    assert found.derived


@given(st.sampled_from(PIECES), ends(st.integers(1, 200_000)), paces, st.none() | hourly)
def test_piece_pay_that_passes_is_plausible_by_the_hour(unit, amounts, pace, floor):
    pay = Pay(unit, *amounts, pace, floor)
    try:
        check(pay)
    except Invalid:
        return
    found = hourly_range(pay)
    assert max(HOURLY_BOUNDS[0], floor or 0) <= found.low_cents <= found.high_cents
    assert found.high_cents <= HOURLY_BOUNDS[1]


@given(ends(st.integers(1, 200_000)), paces, hourly)
def test_a_floor_only_raises(amounts, pace, floor):
    without = hourly_range(Pay("per-chart", *amounts, pace))
    with_floor = hourly_range(Pay("per-chart", *amounts, pace, floor))
    assert with_floor.low_cents == max(without.low_cents, floor)
    assert with_floor.high_cents == max(without.high_cents, floor)


@pytest.mark.parametrize(
    ("pay", "hour", "origin"),
    [
        (Pay("hour", 2400, 3100), "$24.00–$31.00 an hour", ""),
        (Pay("hour", 2400, 2400), "$24.00 an hour", ""),
        (
            Pay("year", 5_200_000, 6_000_000),
            "$25.00–$28.85 an hour",
            "from $52,000–$60,000 a year over 2,080 hours",
        ),
        (
            Pay("year", 5_200_050, 5_200_050),
            "$25.00 an hour",
            "from $52,000.50 a year over 2,080 hours",
        ),
        (
            Pay("per-chart", 92, 92, Decimal(30)),
            "$27.60 an hour",
            "from $0.92 a chart at 30 an hour",
        ),
        (
            Pay("per-episode", 1500, 1800, Decimal("1.50")),
            "$22.50–$27.00 an hour",
            "from $15.00–$18.00 an episode at 1.5 an hour",
        ),
        (
            Pay("project", 400_000, 600_000, None, 3200),
            "$32.00 an hour",
            "guaranteed, of $4,000–$6,000 a project",
        ),
        (
            Pay("percent-of-collections", 400, 650, None, 2000),
            "$20.00 an hour",
            "guaranteed, beside 4–6.5 % of collections",
        ),
    ],
)
def test_pay_in_words(pay, hour, origin):
    check(pay)
    assert plain(describe_hourly(hourly_range(pay))) == hour
    assert plain(describe_origin(pay)) == origin


def test_numbers_never_part_from_their_units():
    assert describe_hourly(HourlyRange(2400, 3100)) == "$24.00–$31.00\xa0an\xa0hour"
    origin = describe_origin(Pay("per-chart", 92, 92, Decimal(30)))
    assert origin == "from $0.92\xa0a\xa0chart at 30\xa0an\xa0hour"


def test_half_a_cent_is_rounded_up():
    pay = Pay("per-chart", 101, 103, Decimal("22.5"))  # 2,272.5 and 2,317.5
    assert (hourly_range(pay).low_cents, hourly_range(pay).high_cents) == (2273, 2318)


def test_derived_pay_states_its_assumptions():
    yearly = hourly_range(Pay("year", 5_200_000, 6_000_000))
    pieces = hourly_range(Pay("per-chart", 50, 100, Decimal(24), 1800))
    assert [plain(text) for text in yearly.assumptions] == ["2,080 hours a year"]
    assert [plain(text) for text in pieces.assumptions] == [
        "24 charts an hour, as stated",
        "at least $18.00 an hour is guaranteed",
    ]
    assert (pieces.low_cents, pieces.high_cents) == (1800, 2400)


@given(st.sampled_from(PIECES), ends(st.integers(1, 200_000)), paces, st.none() | hourly)
def test_a_floor_is_stated_even_where_it_changes_no_figure(unit, amounts, pace, floor):
    said = " ".join(hourly_range(Pay(unit, *amounts, pace, floor)).assumptions)
    guaranteed = f"at least ${(floor or 0) / 100:,.2f} an hour is guaranteed"
    assert (guaranteed in plain(said)) == (floor is not None)


def test_no_floor_is_no_assumption():
    assert len(hourly_range(Pay("per-chart", 92, 92, Decimal(30))).assumptions) == 1


@pytest.mark.parametrize(
    ("pay", "field", "says"),
    [
        (Pay("hour", 0, 2400), "low_cents", "more than zero"),
        (Pay("hour", -1, -1), "low_cents", "more than zero"),
        (Pay("hour", 3100, 2400), "high_cents", "above the upper end"),
        (Pay("hour", 24, 31), "low_cents", "Pay per hour must be $7.25 to $300.00."),
        (Pay("hour", 2400, 5_200_000), "high_cents", "Pay per hour must be"),
        (Pay("year", 2400, 3100), "low_cents", "Pay per year must be $15,000 to $624,000."),
        (Pay("per-chart", 92, 92), "pace", "Say how many charts an hour are expected."),
        (Pay("per-chart", 92, 92, Decimal(0)), "pace", "above 0"),
        (Pay("per-chart", 92, 92, Decimal("NaN")), "pace", "above 0"),
        (Pay("per-chart", 92, 92, Decimal("Infinity")), "pace", "above 0"),
        (Pay("per-chart", 92, 92, Decimal(2)), "pace", "This comes to $1.84 an hour."),
        (Pay("per-chart", 9200, 9200, Decimal(30)), "pace", "This comes to $2,760.00 an hour."),
        (Pay("per-chart", 92, 92, Decimal(30), 18), "floor_cents", "guaranteed floor"),
        (Pay("per-audit", 92, 10**9, Decimal(1)), "high_cents", "Pay per audit must be"),
        (Pay("project", 500_000, 900_000), "floor_cents", "Say what an hour is sure to pay"),
        (Pay("percent-of-collections", 450, 600), "floor_cents", "what an hour is sure to pay"),
        (Pay("percent-of-collections", 5, 6000, None, 2000), "low_cents", "0.1 to 50 percent"),
        (Pay("project", 500, 900, None, 2000), "low_cents", "Pay per project must be $100 to"),
        (Pay("project", 500_000, 900_000, None, 500), "floor_cents", "guaranteed floor"),
        (Pay("fortnight", 5000, 9000), "unit", "Say what the pay is for."),
    ],
)
def test_pay_that_cannot_be_right_is_refused(pay, field, says):
    with pytest.raises(Invalid) as refusal:
        check(pay)
    assert says in plain(str(refusal.value))
    assert refusal.value.field == field


@pytest.mark.parametrize("unit", PIECES)
def test_every_unit_paid_by_the_piece_needs_its_pace(unit):
    with pytest.raises(Invalid, match="an hour are expected"):
        check(Pay(unit, 500, 500))
    check(Pay(unit, 500, 500, Decimal(5)))


@given(st.sampled_from(FLOORS), st.data(), hourly)
def test_the_guaranteed_floor_is_the_range_where_no_pace_makes_pay_hourly(unit, data, floor):
    low, high = data.draw(ends(st.integers(*BOUNDS[unit])))
    pay = Pay(unit, low, high, None, floor)
    check(pay)
    found = hourly_range(pay)
    assert (found.low_cents, found.high_cents, found.derived) == (floor, floor, True)
    assert plain(found.assumptions[0]) == f"the guaranteed ${floor / 100:,.2f} an hour alone"


@given(st.sampled_from([*PAY_UNITS]), ends(st.integers(1, 200_000)), st.none() | paces, hourly)
def test_every_unit_that_passes_becomes_an_hourly_range(unit, amounts, pace, floor):
    pay = Pay(unit, *amounts, pace, floor)
    try:
        check(pay)
    except Invalid:
        return
    assert HOURLY_BOUNDS[0] <= hourly_range(pay).low_cents <= hourly_range(pay).high_cents
    assert bool(describe_origin(pay)) == (unit != "hour")


@given(st.sampled_from(PIECES), st.sampled_from([*EMPLOYMENT_TYPES]), st.none() | hourly)
def test_only_contractors_go_without_a_floor(unit, employment, floor):
    pay = Pay(unit, 100, 100, Decimal(20), floor)
    if floor is not None or EMPLOYMENT_TYPES[employment].tax_form == "1099":
        check_terms(pay, "coder", employment)
        return
    with pytest.raises(Invalid, match="sure to pay") as refusal:
        check_terms(pay, "coder", employment)
    assert refusal.value.field == "floor_cents"


def test_a_share_of_collections_is_for_those_who_bill():
    pay = Pay("percent-of-collections", 400, 600, None, 2000)
    check_terms(pay, "biller", "full-time-w2")
    with pytest.raises(Invalid, match="billing roles only"):
        check_terms(pay, "coder", "full-time-w2")


def test_what_a_contractor_bears_is_said():
    pieces = Pay("per-chart", 92, 92, Decimal(30))
    assert notes(pieces, "contract-1099") == (
        "Contractor: no hourly floor is guaranteed.",
        "A contractor pays both halves of the payroll tax.",
    )
    assert len(notes(Pay("hour", 2400, 3000), "contract-c2c")) == 1
    assert notes(Pay("hour", 2400, 3000), "full-time-w2") == ()
    shares = Pay("percent-of-collections", 400, 600, None, 2000)
    assert notes(shares, "full-time-w2") == ("Some states limit pay by a share of collections.",)
