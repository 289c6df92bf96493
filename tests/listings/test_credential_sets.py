"""Which sets of credentials meet a requirement."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careercenter.listings.credential_sets import credential_sets
from careercenter.listings.index import NOTHING, credential_set
from careercenter.taxonomy.requirements import Requirement, Status, explain, parse
from careercenter.taxonomy.vocabularies import PICKABLE_CREDENTIALS

SOME = ("cpc", "cpc-a", "ccs", "ccs-p", "crc", "coc", "rhit", "rhia", "cca", "cic")


@pytest.mark.parametrize(
    ("asked", "fit", "nearly"),
    [
        ("", (NOTHING,), ()),
        ("CRC", ("crc",), (NOTHING,)),
        ("CPC or CRC", ("cpc", "crc"), (NOTHING,)),
        ("CPC and CRC", ("cpc+crc",), ("cpc", "crc")),
        ("CPC and CRC within 6 months", ("cpc",), (NOTHING,)),
        ("CRC within 6 months", (NOTHING,), ()),
    ],
)
def test_fit_and_nearly(asked, fit, nearly):
    found = credential_sets(parse(asked), apprentices_welcome=False)
    assert set(found.fit) == set(fit)
    assert set(found.nearly) == set(nearly)
    assert found.lane == ()


def test_the_lane_takes_an_apprentices_credential_where_they_are_welcome():
    found = credential_sets(parse("CPC"), apprentices_welcome=True)
    assert set(found.fit) == {"cpc"}
    assert set(found.lane) == {"cpc", "cpc-a"}


def requirements() -> st.SearchStrategy[Requirement]:
    groups = st.lists(st.sampled_from(SOME), min_size=1, max_size=3, unique=True)
    texts = st.lists(groups.map(lambda slugs: "(" + " or ".join(slugs) + ")"), max_size=3)
    return texts.map(lambda parts: parse(" and ".join(parts)))


def subsets(held: frozenset[str]) -> set[str]:
    found = [frozenset[str]()]
    for credential in held:
        found += [some | {credential} for some in found]
    return set(map(credential_set, found))


def met(requirement: Requirement, held: frozenset[str]) -> bool:
    return all(line.status is not Status.MISSING for line in explain(requirement, held))


@given(requirements(), st.frozensets(st.sampled_from(SOME), max_size=5))
def test_a_holder_fits_where_every_line_is_met(requirement, held):
    found = credential_sets(requirement, apprentices_welcome=False)
    assert bool(subsets(held) & set(found.fit)) is met(requirement, held)


@given(requirements(), st.frozensets(st.sampled_from(SOME), max_size=4))
def test_nearly_is_where_one_credential_more_would_do(requirement, held):
    found = credential_sets(requirement, apprentices_welcome=False)
    fits = met(requirement, held)
    one_more = any(met(requirement, held | {slug}) for slug in PICKABLE_CREDENTIALS)
    nearly = bool(subsets(held) & set(found.nearly))
    assert (nearly and not fits) is (one_more and not fits)
