"""A board that really commits, with a simulator of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from careercenter.extensions import db
from tests.faults.till import SECRET, Till
from tests.stripesim.running import Running


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kept between tests, for the place table in it takes a second to build."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def sim() -> Iterator[Running]:
    with Running() as running:
        yield running


@pytest.fixture
def till(fresh_url: str, data_dir: Path, sim: Running) -> Iterator[Till]:
    till = Till(
        {
            "SECRET_KEY": "a-secret-for-tests-of-forty-characters-xx",
            "DATABASE_URL": fresh_url,
            "DATA_DIR": str(data_dir),
            "BASE_URL": "http://localhost",
            "STRIPE_SECRET_KEY": "sk_test_for_tests",
            "STRIPE_WEBHOOK_SECRET": SECRET,
            "STRIPE_API_BASE": sim.url,
        }
    )
    yield till
    with till.app.app_context():
        db.engine.dispose()
    till.engine.dispose()
