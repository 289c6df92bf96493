import pytest

from careercenter.taxonomy.pay import Pay, check
from careercenter.taxonomy.pay_bands import BANDS, STATE_FACTORS, band
from careercenter.taxonomy.vocabularies import ROLES, STATES


@pytest.mark.parametrize(
    ("words", "cents"),
    [
        (("coder", "cpc", "profee"), (2200, 2900)),
        (("coder", "coc", "facility-outpatient"), (2300, 3200)),
        (("coder", "cpc", "ed-profee", "emergency-medicine"), (2300, 3200)),
        (("coder", "cpc", "profee", "interventional-radiology"), (2800, 4000)),
        (("coder", "ccs", "facility-inpatient"), (2700, 4000)),
        (("coder-trainee", "cpc-a", "profee"), (1750, 2200)),
        (("cdi-specialist",), (3800, 5400)),
    ],
)
def test_the_closest_band_is_found(words, cents):
    assert band(*words) == cents


def test_a_state_moves_the_band():
    assert band("coder", "cpc", "profee", state="CA") == (2464, 3625)
    assert band("coder", "cpc", "profee", state="IA") == (2090, 2958)
    assert band("coder", "cpc", "profee", state="PR") == band("coder", "cpc", "profee")


def test_a_role_without_a_band_is_taken_for_its_family():
    assert band("drg-validator") == band("coding-auditor")


def test_of_other_roles_nothing_is_known():
    assert band("data-analyst") is None


def test_every_band_would_pass_as_pay_in_every_state():
    for known in BANDS:
        for state in STATES:
            check(Pay("hour", *band(known.role, known.credential, state=state)))


def test_every_state_of_the_union_has_a_factor():
    union = {s.code for s in STATES.values() if s.kind in {"state", "district"}}
    assert set(STATE_FACTORS) == union


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_an_answer(role):
    found = band(role)
    assert found is None or found[0] < found[1]
