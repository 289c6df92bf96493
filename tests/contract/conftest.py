"""The engines. A real server is one of them where MEILI_URL and MEILI_MASTER_KEY are set."""

import pytest

from tests.contract import engines, golden
from tests.contract.standin.server import StandIn

SERVER = pytest.param(
    "server",
    marks=pytest.mark.skipif(not engines.URL, reason="MEILI_URL names no Meilisearch to ask"),
)


@pytest.fixture(scope="session")
def standin():
    """As a real server is, with habits that no setting turns off."""
    with StandIn(habits=True) as meili:
        yield engines.Meilisearch(meili.url, meili.master_key, "stand-in")


@pytest.fixture(scope="session")
def docile():
    """A server without those habits: it follows the settings alone."""
    with StandIn() as meili:
        yield engines.Meilisearch(meili.url, meili.master_key, "docile stand-in")


@pytest.fixture(scope="session", params=["embedded", "standin", SERVER])
def engine(request):
    if request.param == "embedded":
        return engines.Embedded()
    if request.param == "server":
        return engines.Meilisearch(engines.URL, engines.MASTER_KEY, "server")
    return request.getfixturevalue("standin")


@pytest.fixture(scope="session")
def golden_board(engine):
    with engine.board(golden.DOCUMENTS) as board:
        yield board
