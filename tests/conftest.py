"""The database, the app and the client. A test's changes are rolled back when it ends."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from careercenter import clock
from careercenter.app import create_app
from careercenter.config import Settings
from careercenter.database import make_engine
from careercenter.extensions import db
from careercenter.insights.reach_log import ReachLog
from careercenter.insights.search_log import SearchLog
from careercenter.taxonomy.places import build_reference
from careercenter.web.logs import configure_logs
from tests import postgres
from tests.client import StrictClient
from tests.factories import create_board
from tests.fakes import FakePayments, FakeResolver, FakeStorage
from tests.guard import TransactionGuard, loopback_only
from tests.live import Board, board

DATABASES = {"database_url", "fresh_url", "fresh_postgres_url"}  # the fixtures that lead to one

configure_logs(production=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs no database is the same beside either: it runs once, with SQLite."""
    if config.getoption("--database") == "postgresql":
        needs = {item: bool(DATABASES & {*getattr(item, "fixturenames", ())}) for item in items}
        config.hook.pytest_deselected(items=[item for item in items if not needs[item]])
        items[:] = [item for item in items if needs[item]]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server of our own. Under CI its absence is a failure, elsewhere a skip that says how."""
    if postgres.binaries() is None:
        if os.environ.get("CI"):
            pytest.fail(postgres.HOW_TO)
        pytest.skip(postgres.HOW_TO)
    with postgres.server() as url:
        yield url


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> str:
    return empty_database(postgres_url)


def empty_database(postgres_url: str) -> str:
    """Another one on the tests' server."""
    name = f"fresh_{secrets.token_hex(6)}"
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return postgres_url.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of the kind that this run is about, for tests that really commit."""
    if request.config.getoption("--database") == "postgresql":
        url: str = request.getfixturevalue("fresh_postgres_url")
        return url
    return f"sqlite:///{tmp_path / 'fresh.db'}"


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The table of places and codes, which takes a board three seconds to make."""
    path = tmp_path_factory.mktemp("reference") / "reference.db"
    build_reference(path)
    return path


@pytest.fixture
def live(fresh_url: str, tmp_path: Path, reference: Path) -> Iterator[Board]:
    """A whole board, with a worker and a payment simulator behind it."""
    with furnished(fresh_url, tmp_path, reference) as running:
        yield running


@contextmanager
def furnished(url: str, folder: Path, reference: Path) -> Iterator[Board]:
    (folder / "data").mkdir()
    shutil.copy(reference, folder / "data")
    with board(url, folder / "data") as running:
        yield running


@pytest.fixture(scope="session")
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database that this run is about."""
    if request.config.getoption("--database") == "postgresql":
        url: str = request.getfixturevalue("postgres_url")
        return url
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'test.db'}"


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return make_settings(database_url, tmp_path_factory.mktemp("data"))


def make_settings(database_url: str, data_dir: Path, **more: str) -> Settings:
    env = {
        "SECRET_KEY": "a-secret-for-tests-of-forty-characters-xx",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(data_dir),
        "BASE_URL": "http://localhost",
        "STRIPE_SECRET_KEY": "sk_test_for_tests",
        "STRIPE_WEBHOOK_SECRET": "whsec_for_tests",
    }
    return Settings.from_env(env | more)


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Iterator[Engine]:
    engine = make_engine(settings.database_url)
    create_board(engine)
    yield engine
    engine.dispose()


class KeptSession(Session):
    """Stands in for Flask-SQLAlchemy's, and is not closed when a request ends."""

    def remove(self) -> None:
        pass


@pytest.fixture
def session(engine: Engine) -> Iterator[KeptSession]:
    with engine.connect() as connection:
        outer = connection.begin()
        with KeptSession(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


@pytest.fixture
def payments() -> FakePayments:
    return FakePayments()


@pytest.fixture(scope="session")
def made_app(settings: Settings, engine: Engine) -> Iterator[Flask]:
    app = create_app(settings)
    app.config.update(TESTING=False, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    app.test_client_class = StrictClient
    yield app
    app.extensions["listings"].close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(
    made_app: Flask,
    settings: Settings,
    session: KeptSession,
    payments: FakePayments,
    monkeypatch: pytest.MonkeyPatch,
) -> Flask:
    monkeypatch.setattr(db, "session", session)
    monkeypatch.setitem(made_app.extensions, "payments", payments)
    monkeypatch.setitem(made_app.extensions, "storage", FakeStorage())
    monkeypatch.setitem(made_app.extensions, "resolver", FakeResolver())
    keep_counts_apart(made_app, session, monkeypatch, ZoneInfo(settings.board_zone))
    return made_app


def keep_counts_apart(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, zone: ZoneInfo
) -> None:
    """What one test counts in memory is never written down in another."""

    def sessions() -> Session:
        return Session(session.connection(), join_transaction_mode="create_savepoint")

    monkeypatch.setitem(app.extensions, "search_log", SearchLog(sessions))
    monkeypatch.setitem(app.extensions, "reach", ReachLog(sessions, zone))


@pytest.fixture
def guards(monkeypatch: pytest.MonkeyPatch) -> list[TransactionGuard]:
    guards: list[TransactionGuard] = []
    loopback_only(monkeypatch, guards)
    return guards


@pytest.fixture
def client(
    app: Flask, session: KeptSession, engine: Engine, guards: list[TransactionGuard]
) -> Iterator[StrictClient]:
    with app.test_client() as client:
        assert isinstance(client, StrictClient)
        client.guard, client.session = TransactionGuard(session), session
        guards.append(client.guard)
        client.watch(engine)
        yield client


@pytest.fixture
def now() -> "clock.datetime":
    return clock.now()
