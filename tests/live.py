"""A whole board for a test: database, web server, worker and payment simulator, all real."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.serving import make_server

from careercenter.app import create_app
from careercenter.config import Settings
from careercenter.database import make_engine
from careercenter.duties import task_handlers
from careercenter.extensions import db
from careercenter.mail import FolderMailer
from careercenter.migrating import migrate_database
from careercenter.tasks import Runner
from careercenter.web.dev_mail import read
from tests.postgres import free_port
from tests.stripesim.running import Running

SECRET = "whsec_for_a_live_board"


@dataclass
class Board:
    """A running board; ``url`` is its address."""

    url: str
    app: Flask
    settings: Settings
    sessions: sessionmaker[Session]
    simulator: Running

    def link_in_letter(self, to: str, part: str) -> str:
        """The newest link whose address holds ``part`` in a letter to ``to``; waits for it."""
        for _ in range(100):
            for path in self._letters():
                letter = read(path)
                found = re.findall(r"https?://\S+", letter.text)
                if letter.to == to and (links := [link for link in found if part in link]):
                    return links[0]
            threading.Event().wait(0.1)
        raise AssertionError(f"no letter to {to} with {part}")

    def subjects_to(self, to: str) -> list[str]:
        return [letter.subject for letter in map(read, self._letters()) if letter.to == to]

    def _letters(self) -> list[Path]:
        folder = self.settings.data_dir / "mail"
        return sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)


@contextmanager
def board(database_url: str, data_dir: Path) -> Iterator[Board]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with Running(webhook=(f"{url}/webhooks/stripe", SECRET)) as simulator:
        settings = Settings.from_env(
            {
                "SECRET_KEY": "a-secret-for-tests-of-forty-characters-xx",
                "DATABASE_URL": database_url,
                "DATA_DIR": str(data_dir),
                "BASE_URL": url,
                "STRIPE_SECRET_KEY": "sk_test_live_board",
                "STRIPE_WEBHOOK_SECRET": SECRET,
                "STRIPE_API_BASE": simulator.url,
            }
        )
        migrate_database(database_url)
        app = create_app(settings)
        engine = make_engine(database_url)
        sessions = sessionmaker(engine, expire_on_commit=False)
        with _serving(app, port), _working(app, settings, sessions):
            yield Board(url, app, settings, sessions, simulator)
        engine.dispose()
        app.extensions["listings"].close()
        with app.app_context():
            db.engine.dispose()


@contextmanager
def _serving(app: Flask, port: int) -> Iterator[None]:
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def _working(app: Flask, settings: Settings, sessions: sessionmaker[Session]) -> Iterator[None]:
    handlers = task_handlers(app, FolderMailer(settings.data_dir / "mail"))
    stop = threading.Event()
    runner = Runner(sessions, handlers)
    thread = threading.Thread(target=runner.run_forever, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
