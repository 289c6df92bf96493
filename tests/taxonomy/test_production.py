from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.taxonomy.production import describe_usual, hourly_units, usual_production
from careercenter.taxonomy.vocabularies import CODING_TYPES, PRODUCTIVITY, ROLES, SPECIALTIES


@pytest.mark.parametrize(
    ("types", "specialties", "role", "piece", "low", "high"),
    [
        (("profee",), ("urology",), "coder", "encounter", 15, 25),
        (("profee",), ("diagnostic-radiology",), "coder", "report", 40, 60),
        (("profee",), ("interventional-radiology",), "coder", "case", 4, 8),
        (("facility-inpatient",), (), "coder", "chart", "1.5", 3),
        (("facility-inpatient",), (), "cdi-specialist", "review", "1.875", "3.125"),
        (("ed-profee",), (), "coder", "encounter", 10, 16),
        (("risk-adjustment",), (), "coder", "chart", "2.5", "7.5"),
    ],
)
def test_what_is_common_depends_on_the_work(types, specialties, role, piece, low, high):
    usual = usual_production(types, specialties, role, piece)
    assert (usual.low, usual.high) == (Decimal(low), Decimal(high))


def test_nothing_is_common_where_nothing_is_known_or_something_else_is_counted():
    assert usual_production(("rhc-fqhc",), (), "coder", "chart") is None
    assert usual_production(("profee",), (), "coder", "page") is None
    assert usual_production((), (), "coder", "chart") is None
    assert usual_production(("profee",), (), "denials-specialist", "account") is None


def test_a_source_that_was_not_confirmed_is_marked_so():
    risk = usual_production(("risk-adjustment",), (), "coder", "chart")
    assert "a trade report, 2026)" in describe_usual(risk)
    assert "our estimate; not confirmed" in describe_usual(
        usual_production(("observation",), (), "coder", "record")
    )


def test_a_day_has_eight_hours():
    assert hourly_units(Decimal(100), "day") == Decimal("12.5")
    assert hourly_units(Decimal(100), "hour") == 100


@given(
    st.sampled_from([*CODING_TYPES]),
    st.sampled_from([*SPECIALTIES]),
    st.sampled_from([*ROLES]),
    st.sampled_from([row.unit for row in PRODUCTIVITY]),
)
def test_what_is_common_holds_its_own_typical_figure(coding_type, specialty, role, piece):
    usual = usual_production((coding_type,), (specialty,), role, piece)
    assert usual is None or (
        usual.low <= usual.typical <= usual.high and usual.holds(usual.typical)
    )
