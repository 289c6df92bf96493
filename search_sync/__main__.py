"""``python -m search_sync run | rebuild | status | verify``."""

import os
import sys

import click
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from careercenter.config import Settings, SettingsError
from careercenter.database import make_engine, readonly
from careercenter.listings.feed import Cursor
from search_sync.sync import Difference, Sync
from search_sync.writer import MemoryIndex

EMBEDDED = "MEILI_URL is not set: the search index is embedded in the web processes."


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Keep the search index in agreement with the database."""
    try:
        settings = Settings.from_env(os.environ)
    except SettingsError as error:
        click.echo(str(error), err=True)
        raise SystemExit(2) from error
    if settings.meili_url:
        click.echo("MEILI_URL is set, but this version cannot write to Meilisearch yet.", err=True)
        raise SystemExit(2)
    click.echo(EMBEDDED)
    context.obj = settings


@main.command()
def run() -> None:
    """Follow the feed, for ever."""
    click.echo("There is nothing to run: they follow the feed themselves.")


@main.command()
def rebuild() -> None:
    """Write the index anew."""
    click.echo("There is nothing to rebuild: each builds its index when it starts.")


@main.command()
@click.pass_obj
def status(settings: Settings) -> None:
    """Say how far the feed is, and how much is live."""
    sync, difference = _followed(settings)
    click.echo(f"The feed is at {sync.cursor.seq:,}. Live listings: {difference.compared:,}.")


@main.command()
@click.pass_obj
def verify(settings: Settings) -> None:
    """Follow the feed from its start, and compare where it leads with what is live."""
    _, found = _followed(settings)
    click.echo(f"Live listings: {found.compared:,}. Missing from the feed: {len(found.missing):,}.")
    if found:
        click.echo(f"Too many: {len(found.extra):,}. In another version: {len(found.stale):,}.")
        raise SystemExit(1)


def _followed(settings: Settings) -> tuple[Sync, Difference]:
    engine: Engine = make_engine(settings.database_url)
    sync = Sync(sessionmaker(readonly(engine)), MemoryIndex())
    sync.cursor = Cursor.after(0)  # what was never promised is not in the feed
    try:
        sync.drain()
        return sync, sync.verify()
    except SQLAlchemyError as error:
        click.echo(f"The database does not answer: {type(error).__name__}.", err=True)
        raise SystemExit(1) from error
    finally:
        engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
