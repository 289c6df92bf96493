from careercenter.demo.geography import towns
from careercenter.demo.organizations import DEMO_EMPLOYER, organizations, real_names
from careercenter.taxonomy.vocabularies import EMPLOYER_KINDS


def test_no_two_employers_have_the_same_name() -> None:
    names = [employer.name for employer in organizations(2500, 1)]
    assert len(set(names)) == 2500


def test_no_name_holds_that_of_a_real_organization() -> None:
    for employer in organizations(2500, 1):
        found = [real for real in real_names() if real in employer.name.lower()]
        assert not found, employer.name


def test_kinds_and_towns_are_known() -> None:
    employers = organizations(100, 3)
    assert {employer.kind for employer in employers} <= set(EMPLOYER_KINDS)
    assert {employer.home for employer in employers} <= set(towns())


def test_the_first_is_the_demo_employer_whatever_the_seed() -> None:
    assert {organizations(1, seed)[0].name for seed in (1, 2)} == {DEMO_EMPLOYER}
