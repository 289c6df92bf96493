"""The database's write lock is held by somebody else: reads go on, writes say so, nothing leaks."""

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careercenter import clock, database
from careercenter.accounts.usecases import open_session
from careercenter.app import create_app
from careercenter.database import Base, make_engine
from careercenter.extensions import db
from tests.conftest import make_settings
from tests.factories import make_user


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """A board whose write lock is taken, and the token of somebody who is signed in."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.2)
    settings = make_settings(f"sqlite:///{tmp_path / 'board.db'}", tmp_path / "data")
    engine: Engine = make_engine(settings.database_url)
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        user = make_user(session, confirmed_at=None)
        token = open_session(session, user, "tests", clock.now())
        session.commit()
        app = create_app(settings)
        app.config["WTF_CSRF_ENABLED"] = False
        link = app.extensions["tokens"].confirm(user)
    with engine.connect() as holder:
        holder.exec_driver_sql("PRAGMA query_only=0")
        yield app, token, link
    app.extensions["listings"].close()
    with app.app_context():
        db.engine.dispose()
    engine.dispose()


def signed_in(app, token):
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    return client


def test_a_signed_in_write_is_a_503_that_says_when_to_come_back(locked):
    app, token, _ = locked
    response = signed_in(app, token).post("/account/sign-outs")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "no-store"


def test_reads_go_on(locked):
    app, token, _ = locked
    assert signed_in(app, token).get("/account").status_code == 200


def test_a_link_that_could_not_be_used_is_in_no_log(locked, capsys):
    app, _, link = locked
    response = app.test_client().post(f"/account/confirmations/{link}")
    log = capsys.readouterr().out
    assert (response.status_code, link in log) == (503, False)
    assert "database.failed" in log
