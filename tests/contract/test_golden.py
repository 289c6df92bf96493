"""Every engine answers the golden set as its rules demand."""

import pytest

from tests.contract.golden import CASES, DOCUMENTS, NOW

EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def test_the_set_is_large_enough_and_its_names_are_its_own():
    assert len(DOCUMENTS) >= 80
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)
    assert len({document.id for document in DOCUMENTS}) == len(DOCUMENTS)


@EACH
def test_a_query_finds_what_the_rules_demand(case, engine, golden_board):
    failures = [*case.failures(golden_board.search(case.query, NOW))]
    if case.server and engine.name != "embedded":
        assert failures or engine.name == "server", "it can after all"
        pytest.skip(f"Meilisearch cannot: {case.server}")
    assert not failures
