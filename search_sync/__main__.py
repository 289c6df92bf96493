"""``python -m search_sync run | rebuild | status | verify | keys``."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from careercenter.config import Settings, SettingsError
from careercenter.database import make_engine, readonly
from careercenter.listings.feed import Cursor, clock_seq
from careercenter.listings.meili.server import Refused, Server, ServerDown, WrongVersion
from careercenter.listings.meilisearch import INDEX
from search_sync.keys import make_keys
from search_sync.lease import Held, sole_writer
from search_sync.meili import TIMEOUTS, MeiliIndex
from search_sync.running import Follower, rebuild_now
from search_sync.sync import Difference, Sync
from search_sync.writer import IndexDown, MemoryIndex

EMBEDDED = "MEILI_URL is not set: the search index is embedded in the web processes."


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Keep the search index in agreement with the database."""
    if context.invoked_subcommand == "keys":
        return  # these are what the settings lack
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        raise Trouble(str(error), 2) from error
    _log_as(json=settings.production)
    if not settings.meili_url:
        click.echo(EMBEDDED)
    context.obj = settings


class Trouble(click.ClickException):
    """One line on the terminal, and an exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]  # as click's own do


@main.command()
@click.pass_obj
def run(settings: Settings) -> None:
    """Follow the feed, for ever."""
    if not settings.meili_url:
        click.echo("There is nothing to run: they follow the feed themselves.")
        return
    with _index(settings) as (index, sessions), _lease(settings):
        Follower(sessions, index).run(_until_signal())


@main.command()
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Write the index anew, beside the old one, and put it in its place."""
    if not settings.meili_url:
        click.echo("There is nothing to rebuild: each builds its index when it starts.")
        return
    with _index(settings) as (index, sessions), _lease(settings):
        click.echo(f"The index holds {rebuild_now(sessions, index):,} listings.")


@main.command()
@click.pass_obj
def status(settings: Settings) -> None:
    """Say how far the feed and the index are."""
    if not settings.meili_url:
        sync, difference = _followed(settings)
        click.echo(f"The feed is at {sync.cursor.seq:,}. Live listings: {difference.compared:,}.")
        return
    with _index(settings) as (index, sessions):
        click.echo(f"Meilisearch {index.server.version()}, index {index.uid}")
        mark = index.bookmark()
        if mark is None:
            raise Trouble("It was never filled: start the sync.")
        with sessions() as session:
            seq = clock_seq(session)
        click.echo(f"Listings: {index.size():,}. Tasks waiting: {index.server.waiting(index.uid)}.")
        click.echo(f"The feed is at {seq:,}, the index at {mark.seq:,}: {seq - mark.seq:,} behind.")
        click.echo(f"Settings {mark.settings}, filled as {mark.build}.")


@main.command()
@click.option("--repair", is_flag=True, help="Write what differs; not while the sync runs.")
@click.pass_obj
def verify(settings: Settings, repair: bool) -> None:
    """Compare the index with what is live."""
    if not settings.meili_url:
        _, found = _followed(settings)
        click.echo(
            f"Live listings: {found.compared:,}. Missing from the feed: {len(found.missing):,}."
        )
    else:
        with _index(settings) as (index, sessions):
            sync = Sync(sessions, index)
            if repair:
                with _lease(settings):
                    sync.verify(repair=True)
            found = sync.verify()
        click.echo(f"Live listings: {found.compared:,}. Missing: {len(found.missing):,}.")
    if found:
        click.echo(f"Too many: {len(found.extra):,}. In another version: {len(found.stale):,}.")
        raise SystemExit(1)


@main.command()
def keys() -> None:
    """Make the two keys at MEILI_URL with MEILI_MASTER_KEY and print them, once."""
    url, master = os.environ.get("MEILI_URL", ""), os.environ.get("MEILI_MASTER_KEY", "")
    if not url or not master:
        raise Trouble("Set MEILI_URL and MEILI_MASTER_KEY for this one command.", 2)
    with _as_trouble():
        server = Server(url.rstrip("/"), master, TIMEOUTS)
        server.version()
        for name, key in make_keys(server, INDEX).items():
            click.echo(f"{name}={key}")
        server.close()


@contextmanager
def _index(settings: Settings) -> Iterator[tuple[MeiliIndex, sessionmaker[Session]]]:
    """The index on a server that is of use, and a database that is only read."""
    if not settings.meili_sync_key and settings.production:
        raise Trouble("MEILI_SYNC_KEY must be set: see `python -m search_sync keys`.", 2)
    engine = make_engine(settings.database_url)
    server = Server(settings.meili_url, settings.meili_sync_key, TIMEOUTS)
    try:
        with _as_trouble():
            yield MeiliIndex(server, INDEX), sessionmaker(readonly(engine))
    finally:
        server.close()
        engine.dispose()


@contextmanager
def _as_trouble() -> Iterator[None]:
    try:
        yield
    except WrongVersion as error:
        raise Trouble(str(error), 2) from error
    except ServerDown as error:
        raise Trouble(f"Meilisearch does not answer: {error}.") from error
    except Refused as error:
        raise Trouble(f"Meilisearch refuses ({error.code}).", 2) from error
    except IndexDown as error:
        raise Trouble(str(error)) from error
    except SQLAlchemyError as error:
        raise Trouble(f"The database does not answer: {type(error).__name__}.") from error


@contextmanager
def _lease(settings: Settings) -> Iterator[None]:
    try:
        with sole_writer(settings.database_url):
            yield
    except Held as error:
        raise Trouble("Another sync is at work on this board: stop it first.") from error


def _followed(settings: Settings) -> tuple[Sync, Difference]:
    engine = make_engine(settings.database_url)
    sync = Sync(sessionmaker(readonly(engine)), MemoryIndex())
    sync.cursor = Cursor.after(0)  # what was never promised is not in the feed
    try:
        with _as_trouble():
            sync.drain()
            return sync, sync.verify()
    finally:
        engine.dispose()


def _log_as(*, json: bool) -> None:
    """Lines of JSON in production, words in development."""
    written = (
        structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    )
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
    structlog.configure(processors=[structlog.processors.add_log_level, stamp, written])


def _until_signal() -> threading.Event:
    stop = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return stop


if __name__ == "__main__":
    sys.exit(main())
